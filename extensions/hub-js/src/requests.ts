// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from './clock.js';
import type { LocalFailure } from './errors.js';
import { HubError } from './errors.js';
import type { Envelope } from './frames.js';
import type { Outbound, Outgoing, Wire } from './outgoing.js';
import { outbound } from './outgoing.js';
import type { RequestOptions } from './types.js';

/** A hub knows the last 256 ids of a session, for two minutes: what is older might run a second time. */
const KNOWN_IDS = 256;
const KNOWN_MS = 100_000;

/** How a request of the client itself differs from one of the application. */
export interface Manner {
  /** To run it twice does no harm: it is sent again in a new session too. */
  isRepeatable?: boolean;
  /** It goes out before what waits. */
  isFirst?: boolean;
  /** Called before what comes behind the answer is looked at, which is earlier than the promise is heard. */
  succeeded?: () => void;
}

interface OpenRequest {
  readonly number: number;
  readonly message: Outbound;
  readonly isRepeatable: boolean;
  readonly succeeded: (() => void) | undefined;
  sentAt: number | undefined;
  readonly resolve: (data: unknown) => void;
  readonly reject: (reason: unknown) => void;
  /** Ends timer and signal. */
  release: () => void;
}

/** The requests that wait for their answers, in the order in which they were made. */
export class Requests {
  #clock: Clock;
  #wire: Wire;
  #outgoing: Outgoing;
  #timeoutMs: number;
  #open = new Map<string, OpenRequest>();
  #counter = 0;

  constructor(clock: Clock, wire: Wire, outgoing: Outgoing, timeoutMs = 30_000) {
    this.#clock = clock;
    this.#wire = wire;
    this.#outgoing = outgoing;
    this.#timeoutMs = timeoutMs;
  }

  nextId(): string {
    return `c-${++this.#counter}`;
  }

  request(event: string, data: unknown, options: RequestOptions = {}, manner: Manner = {}): Promise<unknown> {
    const { isFirst, isRepeatable = false, succeeded } = manner;
    return new Promise((resolve, reject) => {
      options.signal?.throwIfAborted();
      const id = this.nextId();
      const message = outbound({ event, data, id }, { isFirst, isFree: isRepeatable });
      const request: OpenRequest = {
        number: this.#counter,
        message,
        isRepeatable,
        succeeded,
        sentAt: undefined,
        resolve,
        reject,
        release: () => {},
      };
      message.written = () => (request.sentAt = this.#clock.now());
      message.refused = (error) => this.#end(id)?.reject(error);
      this.#outgoing.offer(message);
      this.#open.set(id, request);
      request.release = this.#watch(id, options);
    });
  }

  /** Whether somebody waited for this. */
  answered(envelope: Envelope): boolean {
    const request = this.#end(envelope.id ?? '');
    if (envelope.code) {
      request?.reject(new HubError(envelope.code, envelope.errorMsg ?? '', envelope));
    } else {
      request?.succeeded?.();
      request?.resolve(envelope.data);
    }
    return request !== undefined;
  }

  /** The session goes on: asks again, under the same ids. */
  resumed(): void {
    for (const [id, request] of this.#sent()) {
      if (request.isRepeatable || this.#isKnown(request)) {
        this.#wire.send(request.message.text);
      } else {
        this.#fail(id, 'outcome-unknown', 'too old to be sent again');
      }
    }
  }

  /** The session is a new one: what was sent in the earlier one stays unknown. */
  restarted(): void {
    for (const [id, request] of this.#sent()) {
      if (request.isRepeatable) {
        this.#wire.send(request.message.text);
      } else {
        this.#fail(id, 'outcome-unknown', 'the session ended before the answer');
      }
    }
  }

  closed(): void {
    for (const [id, { sentAt }] of [...this.#open]) {
      this.#fail(id, sentAt === undefined ? 'closed' : 'outcome-unknown', 'the client is closed');
    }
  }

  /** The others wait for the first time, and have their place in the queue. */
  #sent(): [string, OpenRequest][] {
    return [...this.#open].filter(([, { sentAt }]) => sentAt !== undefined);
  }

  #isKnown({ number, sentAt }: OpenRequest): boolean {
    return this.#clock.now() - (sentAt ?? 0) < KNOWN_MS && this.#counter - number < KNOWN_IDS;
  }

  #watch(id: string, { timeout = this.#timeoutMs, signal }: RequestOptions): () => void {
    const aborted = () => this.#withdraw(id)?.reject(signal?.reason);
    signal?.addEventListener('abort', aborted);
    let timer: Timer | undefined;
    if (Number.isFinite(timeout)) {
      timer = this.#clock.after(timeout, () => this.#fail(id, 'timeout', `no answer in ${timeout} ms`));
    }
    return () => {
      timer?.cancel();
      signal?.removeEventListener('abort', aborted);
    };
  }

  #fail(id: string, code: LocalFailure, message: string): void {
    const request = this.#withdraw(id);
    request?.reject(new HubError(code, message, { event: request.message.event }));
  }

  #withdraw(id: string): OpenRequest | undefined {
    const request = this.#end(id);
    if (request !== undefined) {
      this.#outgoing.withdraw(request.message);
    }
    return request;
  }

  #end(id: string): OpenRequest | undefined {
    const request = this.#open.get(id);
    this.#open.delete(id);
    request?.release();
    return request;
  }
}
