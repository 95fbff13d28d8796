// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { HubError } from './errors.js';
import type { Envelope } from './frames.js';
import type { Outgoing } from './outgoing.js';
import { outbound } from './outgoing.js';

export type QuestionHandler = (data: any) => unknown;

type Reply = Pick<Envelope, 'code' | 'data' | 'errorMsg'>;

const UNKNOWN_EVENT: Reply = { code: 1300, errorMsg: 'unknown event' };
const FAILED: Reply = { code: 1400, errorMsg: 'internal error' };

/** Answers what the hub asks. */
export class Questions {
  #outgoing: Outgoing;
  #report: (error: unknown) => void;
  #handlers = new Map<string, QuestionHandler>();
  #session = 0;

  constructor(outgoing: Outgoing, report: (error: unknown) => void) {
    this.#outgoing = outgoing;
    this.#report = report;
  }

  handle(event: string, handler: QuestionHandler): () => void {
    if (this.#handlers.has(event)) {
      throw new TypeError(`There is already an answer to ${event}`);
    }
    this.#handlers.set(event, handler);
    return () => {
      if (this.#handlers.get(event) === handler) {
        this.#handlers.delete(event);
      }
    };
  }

  /** The questions so far are nobody's any more; answers to them are not sent. */
  restarted(): void {
    this.#session++;
  }

  async asked({ event, ask, data }: Envelope): Promise<void> {
    const session = this.#session;
    const reply = await this.#replyTo(event, data);
    const stale = () => session !== this.#session;
    if (stale()) {
      return;
    }
    try {
      this.#send({ event, ask, ...reply } as Envelope, stale);
    } catch (error) {
      this.#report(error);
      this.#sendIfRoom({ event, ask, ...FAILED } as Envelope, stale);
    }
  }

  async #replyTo(event: string, data: unknown): Promise<Reply> {
    const handler = this.#handlers.get(event);
    if (handler === undefined) {
      return UNKNOWN_EVENT;
    }
    try {
      return { code: 0, data: await handler(data) };
    } catch (error) {
      if (error instanceof HubError && typeof error.code === 'number') {
        return { code: error.code, errorMsg: error.message, data: error.data };
      }
      this.#report(error);
      return FAILED;
    }
  }

  #send(envelope: Envelope, stale: () => boolean): void {
    this.#outgoing.offer(outbound(envelope, { isFree: true, stale }));
  }

  /** Without room the hub's question runs into its timeout. */
  #sendIfRoom(envelope: Envelope, stale: () => boolean): void {
    try {
      this.#send(envelope, stale);
    } catch (error) {
      this.#report(error);
    }
  }
}
