// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** An action that will run later unless it is cancelled. */
export interface Timer {
  cancel(): void;
}

/** Time as the client sees it; tests replace it. */
export interface Clock {
  /** Milliseconds from any fixed moment; never goes back. */
  now(): number;
  after(delayMs: number, action: () => void): Timer;
}

/** A browser runs a longer timer at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Beyond this a clock on the wall that runs ahead means that the machine slept. */
const SLEPT_MS = 1_000;

/** A monotonic time that stands still while the machine sleeps, on some systems, made to count the sleep as well. */
export function countingSleep(monotonic: () => number, wall: () => number): () => number {
  let asleepMs = 0;
  let aheadMs = wall() - monotonic();
  return () => {
    const nowAheadMs = wall() - monotonic();
    if (nowAheadMs - aheadMs > SLEPT_MS) {
      asleepMs += nowAheadMs - aheadMs;
      aheadMs = nowAheadMs;
    }
    aheadMs = Math.min(aheadMs, nowAheadMs);
    return monotonic() + asleepMs;
  };
}

export const systemClock: Clock = {
  now: countingSleep(() => performance.now(), Date.now),
  after(delayMs, action) {
    const handle = setTimeout(action, Math.min(delayMs, LONGEST_MS));
    return { cancel: () => clearTimeout(handle) };
  },
};

/** More than a hidden tab's usual second: the page was throttled hard, or the machine slept. */
const LATE_MS = 2_000;

/**
 * Runs the action when nobody cancels it for `delayMs`. A timer that comes late proves nothing about the hub, whose
 * messages may be waiting behind it: it starts again with the whole delay.
 */
export function deadline(clock: Clock, delayMs: number, action: () => void): Timer {
  let timer = arm();
  return { cancel: () => timer.cancel() };

  function arm(): Timer {
    const due = clock.now() + delayMs;
    return clock.after(delayMs, () => {
      if (clock.now() - due > LATE_MS) {
        timer = arm();
      } else {
        action();
      }
    });
  }
}
