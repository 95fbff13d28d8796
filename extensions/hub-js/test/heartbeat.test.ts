// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Heartbeat } from '../src/heartbeat.js';
import { VirtualClock } from './fakes/virtual-clock.js';

function setUp() {
  const clock = new VirtualClock();
  const happened: string[] = [];
  const note = (what: string) => happened.push(`${what} ${clock.now()}`);
  const heartbeat = new Heartbeat(clock, () => note('ping'), () => {
    note('dead');
    heartbeat.stop();
  });
  heartbeat.start({ intervalMs: 25_000, timeoutMs: 10_000 });
  return { clock, happened, heartbeat };
}

describe('The heartbeat', () => {
  it('asks a hub that was silent for the interval, and gives it up after the timeout', async () => {
    const { clock, happened } = setUp();
    await clock.advance(100_000);
    assert.deepEqual(happened, ['ping 25000', 'dead 35000']);
    assert.equal(clock.timers, 0);
  });

  it('asks nothing while the hub speaks', async () => {
    const { clock, happened, heartbeat } = setUp();
    for (let i = 0; i < 10; i++) {
      await clock.advance(20_000);
      heartbeat.heard();
    }
    assert.deepEqual(happened, []);
  });

  it('counts the interval from the last frame', async () => {
    const { clock, happened, heartbeat } = setUp();
    await clock.advance(20_000);
    heartbeat.heard();
    await clock.advance(24_999);
    assert.deepEqual(happened, []);
    await clock.advance(1);
    assert.deepEqual(happened, ['ping 45000']);
  });

  it('takes any frame as an answer', async () => {
    const { clock, happened, heartbeat } = setUp();
    await clock.advance(34_999);
    heartbeat.heard();
    await clock.advance(24_999);
    assert.deepEqual(happened, ['ping 25000']);
    await clock.advance(1);
    assert.deepEqual(happened, ['ping 25000', 'ping 59999']);
  });

  it('does not kill because a timer was late: the hub gets its whole time again', async () => {
    const { clock, happened, heartbeat } = setUp();
    await clock.advance(25_000);
    clock.sleep(60_000);
    await clock.advance(9_999);
    assert.deepEqual(happened, ['ping 25000']);
    heartbeat.heard();
    await clock.advance(20_000);
    assert.deepEqual(happened, ['ping 25000']);
  });

  it('survives an hour in a tab whose timers come once a minute, and finds a dead hub behind it', async () => {
    const { clock, happened } = setUp();
    for (let minute = 0; minute < 60; minute++) {
      clock.sleep(60_000);
      await clock.advance(0);
    }
    assert.deepEqual(happened, ['ping 60000']);
    await clock.advance(10_000);
    assert.deepEqual(happened, ['ping 60000', 'dead 3610000']);
  });

  it('forgives the usual second of a hidden tab without another round', async () => {
    const { clock, happened } = setUp();
    await clock.advance(25_000);
    clock.sleep(11_000);
    await clock.advance(0);
    assert.deepEqual(happened, ['ping 25000', 'dead 36000']);
  });

  it('asks at once on a check, but not a hub that has just spoken', async () => {
    const { clock, happened, heartbeat } = setUp();
    await clock.advance(500);
    heartbeat.check();
    assert.deepEqual(happened, []);
    await clock.advance(1_500);
    heartbeat.check();
    heartbeat.check();
    assert.deepEqual(happened, ['ping 2000']);
    await clock.advance(10_000);
    assert.deepEqual(happened, ['ping 2000', 'dead 12000']);
  });

  it('asks again on a check after the hub has answered', async () => {
    const { clock, happened, heartbeat } = setUp();
    await clock.advance(2_000);
    heartbeat.check();
    heartbeat.heard();
    await clock.advance(2_000);
    heartbeat.check();
    assert.deepEqual(happened, ['ping 2000', 'ping 4000']);
  });

  it('begins anew with each connection', async () => {
    const { clock, happened, heartbeat } = setUp();
    await clock.advance(24_000);
    heartbeat.start();
    await clock.advance(24_000);
    assert.deepEqual(happened, []);
    await clock.advance(1_000);
    assert.deepEqual(happened, ['ping 49000']);
  });

  it('does nothing while it is stopped', async () => {
    const { clock, happened, heartbeat } = setUp();
    heartbeat.stop();
    await clock.advance(5_000);
    heartbeat.check();
    await clock.advance(100_000);
    assert.deepEqual(happened, []);
    assert.equal(clock.timers, 0);
  });

  it('is off when the hub advises an interval of 0', async () => {
    const { clock, happened, heartbeat } = setUp();
    heartbeat.start({ intervalMs: 0 });
    await clock.advance(1_000_000);
    assert.deepEqual(happened, []);
  });
});
