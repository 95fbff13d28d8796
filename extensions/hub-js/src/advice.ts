// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

const HOUR_MS = 3_600_000;

/** What the hub advises, at most an hour; what is no number, or below the least one, counts as not said. */
export function advised(value: unknown, otherwise: number, least: number, most = HOUR_MS): number {
  return typeof value === 'number' && value >= least ? Math.min(value, most) : otherwise;
}
