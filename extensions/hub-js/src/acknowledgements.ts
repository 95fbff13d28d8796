// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from './clock.js';

const MESSAGES = 32;
const DELAY_MS = 1_000;

/**
 * Says when it is time to tell the hub what was applied. That only frees the hub's memory, so a lost one does no harm.
 */
export class Acknowledgements {
  #clock: Clock;
  #send: () => void;
  #count = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, send: () => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** One more counted message was applied. */
  applied(): void {
    if (++this.#count >= MESSAGES) {
      this.#due();
    } else {
      this.#timer ??= this.#clock.after(DELAY_MS, () => this.#due());
    }
  }

  /** The connection is gone: the next hello tells the hub. */
  done(): void {
    this.#count = 0;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #due(): void {
    this.done();
    this.#send();
  }
}
