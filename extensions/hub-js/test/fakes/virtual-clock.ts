// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { setImmediate } from 'node:timers/promises';
import type { Clock, Timer } from '../../src/clock.js';

interface Planned {
  due: number;
  action: () => void;
}

/** Time that passes only when it is told to. */
export class VirtualClock implements Clock {
  #now = 0;
  #planned: Planned[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): Timer {
    const planned = { due: this.#now + delayMs, action };
    this.#planned.push(planned);
    return { cancel: () => this.#remove(planned) };
  }

  /** The timers that wait. */
  get timers(): number {
    return this.#planned.length;
  }

  /** Lets time pass, timer by timer, and every promise settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.due);
      this.#run(next);
      await settled();
    }
    this.#now = end;
  }

  /** Time passes and no timer comes, as in a throttled tab or a machine that sleeps. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  #next(end: number): Planned | undefined {
    const due = this.#planned.filter((planned) => planned.due <= end);
    return due.sort((a, b) => a.due - b.due)[0];
  }

  #run(planned: Planned): void {
    this.#remove(planned);
    planned.action();
  }

  #remove(planned: Planned): void {
    this.#planned = this.#planned.filter((other) => other !== planned);
  }
}

/** Comes back when no promise is left to settle. */
export async function settled(): Promise<void> {
  await setImmediate();
}
