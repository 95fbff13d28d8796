// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What travels in both directions. */
export interface Envelope {
  event: string;
  data?: unknown;
  code?: number;
  errorMsg?: string;
  timestamp?: number;
  id?: string;
  ask?: string;
  volatile?: boolean;
}

/** One text frame of the hub; `first` is the number of its first counted envelope. */
export interface Frame {
  first: number | undefined;
  envelopes: Envelope[];
}

const encoder = new TextEncoder();

/** Fails when the text is none of the three forms of a frame. */
export function parseFrame(text: unknown): Frame {
  const root: unknown = JSON.parse(text as string);
  const [first, ...others]: unknown[] = Array.isArray(root) ? root : [undefined, root];
  const envelopes = first === undefined || typeof first === 'number' ? others : [first, ...others];
  if (!envelopes.every(isEnvelope)) {
    throw new TypeError('not a frame');
  }
  return { first: typeof first === 'number' ? first : undefined, envelopes };
}

function isEnvelope(part: unknown): part is Envelope {
  return typeof (part as Envelope | null)?.event === 'string';
}

/** Whether this is the protocol's own and not the application's. */
export function isControl(event: string): boolean {
  return event.startsWith('hub/');
}

export function isCounted(envelope: Envelope): boolean {
  return !envelope.volatile && !isControl(envelope.event);
}

/** The hub would count a bad name as a malformed message. */
export function checkEvent(event: string): void {
  if (!/^[A-Za-z0-9._/:-]{1,128}$/.test(event) || isControl(event)) {
    throw new TypeError(`${event} is no name of an event: 1 to 128 of A-Z a-z 0-9 . _ / : - and not hub/…`);
  }
}

/** The bytes of a text on the wire. */
export function sizeOf(text: string): number {
  return encoder.encode(text).length;
}
