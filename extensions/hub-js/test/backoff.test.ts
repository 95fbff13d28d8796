// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReconnectAdvice } from '../src/backoff.js';
import { Backoff } from '../src/backoff.js';
import { VirtualClock } from './fakes/virtual-clock.js';

/** The shortest and the longest waits of several attempts in a row. */
function waits(code: number, attempts: number, prepare: (backoff: Backoff) => void = () => {}): number[][] {
  const bounds = [0, 1].map((random) => {
    const backoff = new Backoff(new VirtualClock(), () => random);
    prepare(backoff);
    return Array.from({ length: attempts }, () => backoff.next(code));
  });
  return Array.from({ length: attempts }, (_, i) => bounds.map((all) => all[i] ?? NaN));
}

describe('The wait before the next attempt', () => {
  it('is up to a bound that doubles, from the advised minimum to the advised maximum, when the network failed', () => {
    assert.deepEqual(waits(1006, 7), [
      [0, 500],
      [0, 1_000],
      [0, 2_000],
      [0, 4_000],
      [0, 8_000],
      [0, 16_000],
      [0, 20_000],
    ]);
  });

  it('is anywhere between its bounds', () => {
    const delays = [0.1, 0.9].map((random) => new Backoff(new VirtualClock(), () => random).next(1006));
    assert.deepEqual(delays, [50, 450]);
  });

  it('keeps to what the hub advises', () => {
    const advised = (backoff: Backoff) => backoff.advise({ minMs: 2_000, maxMs: 5_000 });
    assert.deepEqual(waits(1006, 3, advised), [
      [0, 2_000],
      [0, 4_000],
      [0, 5_000],
    ]);
  });

  for (const nonsense of [NaN, -1, 0, '7', null, {}]) {
    it(`does not keep to advice that is none: ${String(nonsense)}`, () => {
      const advised = (backoff: Backoff) => backoff.advise({ minMs: nonsense, maxMs: nonsense } as ReconnectAdvice);
      assert.deepEqual(waits(1006, 2, advised), waits(1006, 2));
    });
  }

  it('is an hour at most, whatever the hub advises', () => {
    const advised = (backoff: Backoff) => backoff.advise({ minMs: 1e300, maxMs: Infinity });
    assert.deepEqual(waits(1006, 2, advised), [
      [0, 3_600_000],
      [0, 3_600_000],
    ]);
    assert.deepEqual(waits(4202, 1, (backoff) => backoff.drain(1e300)), [[3_600_000, 3_600_000]]);
  });

  it('stays within bounds after very many attempts', () => {
    assert.deepEqual(waits(1006, 2_000).at(-1), [0, 20_000]);
  });

  for (const code of [1013, 4100, 4101, 4102, 4104, 4105, 4400]) {
    it(`is at least a second after ${code}`, () => {
      assert.deepEqual(waits(code, 6), [
        [1_000, 2_000],
        [1_000, 3_000],
        [1_000, 5_000],
        [1_000, 9_000],
        [1_000, 17_000],
        [1_000, 20_000],
      ]);
    });
  }

  for (const code of [4200, 4201, 4203, 4204, 4300, 4301]) {
    it(`is at most a second after ${code}, but not for a hub that says it again and again`, () => {
      assert.deepEqual(waits(code, 4), [
        [0, 1_000],
        [0, 1_000],
        [0, 1_000],
        [0, 4_000],
      ]);
    });
  }

  it('is spread over ten seconds when the hub restarts', () => {
    assert.deepEqual(waits(1012, 2), [
      [1_000, 10_000],
      [0, 1_000],
    ]);
  });

  for (const code of [1001, 1006, 1013, 4202]) {
    it(`is what hub/drain said, once, when ${code} follows it`, () => {
      const [first, second] = waits(code, 2, (backoff) => backoff.drain(7_342));
      assert.deepEqual(first, [7_342, 7_342]);
      assert.notDeepEqual(second, [7_342, 7_342]);
    });
  }

  it('ends when hub/drain said, however long the connection went on', async () => {
    const clock = new VirtualClock();
    const backoff = new Backoff(clock, () => 1);
    backoff.drain(7_000);
    await clock.advance(5_000);
    assert.equal(backoff.next(1006), 2_000);
  });

  for (const reconnectInMs of [4_000, -1, NaN, undefined]) {
    it(`is at most a second when hub/drain said ${reconnectInMs} and that is past`, async () => {
      const clock = new VirtualClock();
      const backoff = new Backoff(clock, () => 1);
      backoff.drain(reconnectInMs);
      await clock.advance(4_000);
      assert.equal(backoff.isDraining, false);
      assert.equal(backoff.next(1012), 1_000);
    });
  }

  it('begins anew after a good connection', () => {
    const backoff = new Backoff(new VirtualClock(), () => 1);
    backoff.next(1006);
    backoff.next(1006);
    backoff.reset();
    assert.equal(backoff.next(1006), 500);
  });
});
