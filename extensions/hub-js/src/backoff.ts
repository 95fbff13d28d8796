// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { advised } from './advice.js';
import type { Clock } from './clock.js';
import { adviceOf, CLOSE, isAskedToWait } from './close-codes.js';

/** The bounds that the hub advises. */
export interface ReconnectAdvice {
  minMs: number;
  maxMs: number;
}

const NOW_MS = 1_000;
/** So many times in a row the client comes back at once; a hub that goes on asking for it is given time. */
const QUICK_ATTEMPTS = 3;
const ASKED_MIN_MS = 1_000;
const RESTART_MIN_MS = 1_000;
const RESTART_MAX_MS = 10_000;

/** How long to stay away: at random, up to a bound that doubles with each attempt in a row. */
export class Backoff {
  #clock: Clock;
  #random: () => number;
  #advice: ReconnectAdvice = { minMs: 500, maxMs: 20_000 };
  #attempts = 0;
  /** When to come back after the close that the hub plans. */
  #drainedAt: number | undefined;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  advise(advice: Partial<ReconnectAdvice> = {}): void {
    const { minMs, maxMs } = this.#advice;
    this.#advice = { minMs: advised(advice.minMs, minMs, 1), maxMs: advised(advice.maxMs, maxMs, 1) };
  }

  /** The hub says when to come back after the close that it plans. */
  drain(reconnectInMs: unknown): void {
    this.#drainedAt = this.#clock.now() + advised(reconnectInMs, 0, 0);
  }

  /** Whether it is not yet time to come back after that. */
  get isDraining(): boolean {
    return this.#drainingMs > 0;
  }

  /** The last connection was a good one. */
  reset(): void {
    this.#attempts = 0;
  }

  /** The wait after a connection ended with this code. */
  next(code: number): number {
    const attempt = this.#attempts++;
    const drainingMs = this.#drainingMs;
    const isDrained = this.#drainedAt !== undefined;
    this.#drainedAt = undefined;
    return drainingMs > 0 ? drainingMs : this.#after(isDrained ? CLOSE.DRAIN : code, attempt);
  }

  #after(code: number, attempt: number): number {
    const isBackOff = adviceOf(code) === 'back-off';
    if (!isBackOff && attempt < QUICK_ATTEMPTS) {
      return this.#between(0, NOW_MS);
    }
    if (code === CLOSE.RESTART && attempt === 0) {
      return this.#between(RESTART_MIN_MS, RESTART_MAX_MS);
    }
    const isAsked = isBackOff && isAskedToWait(code) && code !== CLOSE.RESTART;
    const leastMs = isAsked ? ASKED_MIN_MS : 0;
    const bound = leastMs + Math.max(this.#advice.minMs, leastMs) * 2 ** attempt;
    return this.#between(leastMs, Math.max(leastMs, Math.min(this.#advice.maxMs, bound)));
  }

  get #drainingMs(): number {
    return this.#drainedAt === undefined ? 0 : this.#drainedAt - this.#clock.now();
  }

  #between(minMs: number, maxMs: number): number {
    return minMs + this.#random() * (maxMs - minMs);
  }
}
