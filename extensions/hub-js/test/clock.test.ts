// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countingSleep, deadline, systemClock } from '../src/clock.js';
import { VirtualClock } from './fakes/virtual-clock.js';

describe('The clock of the system', () => {
  it('runs what is due, in order, and not what was cancelled or is far away', async () => {
    const happened: string[] = [];
    const begin = systemClock.now();
    const far = systemClock.after(2 ** 40, () => happened.push('far'));
    systemClock.after(5, () => happened.push('cancelled')).cancel();
    await new Promise<void>((resolve) => {
      systemClock.after(10, () => happened.push('due')); // first: time may pass before the other
      systemClock.after(20, resolve);
    });
    far.cancel();
    assert.deepEqual(happened, ['due']);
    assert.ok(systemClock.now() - begin >= 19);
  });
});

describe('Time that counts sleep', () => {
  function setUp() {
    const time = { monotonic: 100, wall: 1_000_000 };
    const now = countingSleep(() => time.monotonic, () => time.wall);
    const pass = (monotonic: number, wall: number) => {
      time.monotonic += monotonic;
      time.wall += wall;
      return now();
    };
    return { now, pass };
  }

  it('passes as both clocks do', () => {
    const { now, pass } = setUp();
    assert.equal(now(), 100);
    assert.equal(pass(5_000, 5_000), 5_100);
  });

  it('counts what passed on the wall only, once', () => {
    const { now, pass } = setUp();
    assert.equal(pass(10, 60_010), 60_110);
    assert.equal(now(), 60_110);
    assert.equal(pass(10, 10), 60_120);
  });

  it('does not mind a wall clock that trembles, and is set back', () => {
    const { pass } = setUp();
    for (let i = 0; i < 1_000; i++) {
      pass(1, i % 2 === 0 ? 0 : 2);
    }
    assert.equal(pass(0, 0), 1_100);
    assert.equal(pass(1_000, -3_600_000), 2_100);
    assert.equal(pass(0, 60_000), 62_100);
  });
});

describe('A deadline', () => {
  it('is over at its time, unless it is cancelled', async () => {
    const clock = new VirtualClock();
    const over: number[] = [];
    deadline(clock, 1_000, () => over.push(clock.now()));
    deadline(clock, 2_000, () => over.push(clock.now())).cancel();
    await clock.advance(10_000);
    assert.deepEqual(over, [1_000]);
  });

  it('begins anew each time its timer is more than two seconds late', async () => {
    const clock = new VirtualClock();
    const over: number[] = [];
    deadline(clock, 1_000, () => over.push(clock.now()));
    clock.sleep(3_001);
    await clock.advance(0);
    clock.sleep(60_000);
    await clock.advance(0);
    assert.deepEqual(over, []);
    clock.sleep(3_000);
    await clock.advance(0);
    assert.deepEqual(over, [66_001]);
  });

  it('can be cancelled after it began anew', async () => {
    const clock = new VirtualClock();
    const limit = deadline(clock, 1_000, () => assert.fail());
    clock.sleep(10_000);
    await clock.advance(0);
    limit.cancel();
    assert.equal(clock.timers, 0);
  });
});
