// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { HubError } from './errors.js';
import type { Envelope } from './frames.js';
import { sizeOf } from './frames.js';
import type { QueueLimits } from './types.js';

/** The current connection as a sender sees it. */
export interface Wire {
  /** Whether what is sent now goes out. */
  readonly writable: boolean;
  readonly waitingBytes: number;
  send(text: string): void;
}

/** One message on its way, and what its sender wants to know. */
export interface Outbound {
  readonly event: string;
  readonly text: string;
  readonly bytes: number;
  /** Goes out before what waits. */
  readonly isFirst?: boolean | undefined;
  /** Waits beside the limits: it is not a message of the application. */
  readonly isFree?: boolean | undefined;
  written?: () => void;
  /** It waited, and the hub turned out not to take it. */
  refused?: (error: HubError) => void;
  /** Whether it has become pointless while it waited. */
  stale?: () => boolean;
}

type Manner = Pick<Outbound, 'isFirst' | 'isFree' | 'written' | 'refused' | 'stale'>;

export function outbound(envelope: Envelope, manner: Manner = {}): Outbound {
  const text = JSON.stringify(envelope);
  return { event: envelope.event, text, bytes: sizeOf(text), ...manner };
}

/** What the client sends, in order: at once, or when the connection is open again. Bounded. */
export class Outgoing {
  #wire: Wire;
  #limits: QueueLimits;
  #messageBytes = Infinity;
  #queue: Outbound[] = [];
  /** Of what counts. */
  #messages = 0;
  #bytes = 0;

  constructor(wire: Wire, { messages = 64, bytes = 262_144 }: Partial<QueueLimits> = {}) {
    this.#wire = wire;
    this.#limits = { messages, bytes };
  }

  /** What the hub takes in one message. */
  limitTo(messageBytes: number): void {
    this.#messageBytes = messageBytes;
  }

  offer(message: Outbound): void {
    if (message.bytes > this.#messageBytes) {
      throw this.#tooBig(message);
    }
    if (this.#wire.writable && (message.isFirst || this.#queue.length === 0)) {
      this.#write(message);
    } else {
      this.#wait(message);
    }
  }

  /** Takes a message back that may still be waiting. */
  withdraw(message: Outbound): void {
    const position = this.#queue.indexOf(message);
    if (position >= 0) {
      this.#queue.splice(position, 1);
      this.#count(message, -1);
    }
  }

  flush(): void {
    while (this.#wire.writable) {
      const message = this.#queue.shift();
      if (message === undefined) {
        return;
      }
      this.#count(message, -1);
      this.#sendLate(message);
    }
  }

  clear(): void {
    this.#queue = [];
    this.#messages = 0;
    this.#bytes = 0;
  }

  #sendLate(message: Outbound): void {
    if (message.stale?.()) {
      return;
    }
    if (message.bytes > this.#messageBytes) {
      message.refused?.(this.#tooBig(message));
    } else {
      this.#send(message);
    }
  }

  #write(message: Outbound): void {
    if (this.#wire.waitingBytes >= this.#limits.bytes) {
      throw new HubError('queue-full', `${this.#wire.waitingBytes} bytes wait in the socket`, message);
    }
    this.#send(message);
  }

  #send(message: Outbound): void {
    this.#wire.send(message.text);
    message.written?.();
  }

  #wait(message: Outbound): void {
    const { messages, bytes } = this.#limits;
    const isFull = this.#messages >= messages || this.#bytes + message.bytes > bytes;
    if (isFull && !message.isFree) {
      const waiting = `${this.#messages} messages with ${this.#bytes} bytes wait for a connection`;
      throw new HubError('queue-full', `${waiting}, ${messages} and ${bytes} may (queue)`, { event: message.event });
    }
    this.#queue.push(message);
    this.#count(message, 1);
  }

  #count(message: Outbound, sign: 1 | -1): void {
    if (!message.isFree) {
      this.#messages += sign;
      this.#bytes += sign * message.bytes;
    }
  }

  #tooBig({ event, bytes }: Outbound): HubError {
    return new HubError('too-big', `${bytes} bytes, the hub takes ${this.#messageBytes}`, { event });
  }
}
