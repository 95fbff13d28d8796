// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What a close code tells the client to do:
 * - `stop`: do not come back on your own
 * - `back-off`: come back later, and later each time
 * - `now`: come back within a second
 * - `credentials`: come back within a second, with new credentials
 */
export type Advice = 'stop' | 'back-off' | 'now' | 'credentials';

export const CLOSE = {
  NORMAL: 1000,
  ABNORMAL: 1006,
  RESTART: 1012,
  PROTOCOL: 4000,
  HELLO_TIMEOUT: 4105,
  HEARTBEAT_TIMEOUT: 4201,
  DRAIN: 4202,
  POSITION_LOST: 4204,
  EXPIRED: 4300,
  REVOKED: 4301,
} as const;

/** Codes of containers after which the same client would only fail again. */
const FINAL = [CLOSE.NORMAL, 1002, 1003, 1007, 1008, 1009, 1010];

/** The range is the verdict, so that codes of later hubs are understood. */
export function adviceOf(code: number): Advice {
  if (FINAL.includes(code) || (code >= 4000 && code < 4100) || code >= 4500) {
    return 'stop';
  }
  if (code >= 4200 && code < 4300) {
    return 'now';
  }
  return code >= 4300 && code < 4400 ? 'credentials' : 'back-off';
}

/** Whether the hub, or the application on it, wants the client to stay away for a while; else the network failed. */
export function isAskedToWait(code: number): boolean {
  return code === CLOSE.RESTART || code === 1013 || code >= 4000;
}
