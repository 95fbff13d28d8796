// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { advised } from './advice.js';
import type { Envelope } from './frames.js';
import { isCounted } from './frames.js';

/** What a hello says to go on with a session. */
export interface Claim {
  session: string;
  seq: number;
}

/** What to do with a message: it is the next one, it was seen before, or one before it is missing. */
export type Verdict = 'apply' | 'ignore' | 'hole';

/** The session's secret, kept in memory only, and the position in its numbered messages. */
export class Session {
  #secret: string | undefined;
  #last = 0;

  /** The number of the last message applied. */
  get last(): number {
    return this.#last;
  }

  claim(): Claim | undefined {
    return this.#secret === undefined ? undefined : { session: this.#secret, seq: this.#last };
  }

  /** The hub goes on with the session that was claimed, under a new secret. The position stays the client's own. */
  resume(secret: string): void {
    this.#secret = secret;
  }

  begin(secret: string, position: number): void {
    this.#secret = secret;
    this.#last = advised(position, 0, 0, Number.MAX_SAFE_INTEGER);
  }

  forget(): void {
    this.#secret = undefined;
  }

  /** Counts one number. */
  accept(seq: number): Verdict {
    if (seq <= this.#last) {
      return 'ignore';
    }
    if (seq !== this.#last + 1) {
      return 'hole';
    }
    this.#last = seq;
    return 'apply';
  }

  /** The hub dropped the numbers `from` to `to`. What makes no sense hides a hole. */
  skip(from: number, to: number): Verdict {
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) {
      return 'hole';
    }
    if (to <= this.#last) {
      return 'ignore';
    }
    if (from > this.#last + 1) {
      return 'hole';
    }
    this.#last = to;
    return 'apply';
  }
}

/** Gives the counted envelopes of one frame their numbers. */
export class Numbering {
  #next: number | undefined;

  constructor(first: number | undefined) {
    this.#next = first;
  }

  next(envelope: Envelope): number | undefined {
    return this.#next !== undefined && isCounted(envelope) ? this.#next++ : undefined;
  }
}
