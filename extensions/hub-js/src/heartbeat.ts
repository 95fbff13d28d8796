// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { advised } from './advice.js';
import { deadline } from './clock.js';
import type { Clock, Timer } from './clock.js';

/** What the hub advises. */
export interface HeartbeatAdvice {
  /** How long the hub may be silent before it is asked; 0 for ever. */
  intervalMs: number;
  /** How long it has to say anything after that. */
  timeoutMs: number;
}

/** A check this soon after the last message learns nothing. */
const FRESH_MS = 1_000;

/**
 * Finds out that the hub has gone silent. Only an idle connection is pinged; any frame is a sign of life. A timer that
 * comes late ends nothing (see {@link deadline}).
 */
export class Heartbeat {
  #clock: Clock;
  #ping: () => void;
  #dead: () => void;
  #advice: HeartbeatAdvice = { intervalMs: 25_000, timeoutMs: 10_000 };
  #heardAt = 0;
  #asked = false;
  #timer: Timer | undefined;

  constructor(clock: Clock, ping: () => void, dead: () => void) {
    this.#clock = clock;
    this.#ping = ping;
    this.#dead = dead;
  }

  start(advice: Partial<HeartbeatAdvice> = {}): void {
    const { intervalMs, timeoutMs } = this.#advice;
    this.#advice = {
      intervalMs: advised(advice.intervalMs, intervalMs, 0),
      timeoutMs: advised(advice.timeoutMs, timeoutMs, 1),
    };
    this.#heardAt = this.#clock.now();
    this.#waitForSilence();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#asked = false;
  }

  heard(): void {
    this.#heardAt = this.#clock.now();
    if (this.#asked) {
      this.#waitForSilence();
    }
  }

  /** Asks the hub now, if the connection is open and it has not just spoken. */
  check(): void {
    if (this.#timer !== undefined && !this.#asked && this.#clock.now() - this.#heardAt >= FRESH_MS) {
      this.#ask();
    }
  }

  #waitForSilence(): void {
    this.stop();
    const { intervalMs } = this.#advice;
    if (intervalMs > 0) {
      const leftMs = this.#heardAt + intervalMs - this.#clock.now();
      this.#timer = this.#clock.after(Math.max(0, leftMs), () => this.#idle());
    }
  }

  #idle(): void {
    if (this.#clock.now() - this.#heardAt < this.#advice.intervalMs) {
      this.#waitForSilence();
    } else {
      this.#ask();
    }
  }

  #ask(): void {
    this.stop();
    this.#asked = true;
    this.#timer = deadline(this.#clock, this.#advice.timeoutMs, () => this.#dead());
    this.#ping();
  }
}
