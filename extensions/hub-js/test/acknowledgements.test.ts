// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Acknowledgements } from '../src/acknowledgements.js';
import { VirtualClock } from './fakes/virtual-clock.js';

function setUp() {
  const clock = new VirtualClock();
  const sentAt: number[] = [];
  const acknowledgements = new Acknowledgements(clock, () => sentAt.push(clock.now()));
  const apply = (count: number) => {
    for (let i = 0; i < count; i++) {
      acknowledgements.applied();
    }
  };
  return { clock, sentAt, acknowledgements, apply };
}

describe('An acknowledgement', () => {
  it('is sent a second after the first message', async () => {
    const { clock, sentAt, apply } = setUp();
    apply(1);
    await clock.advance(600);
    apply(1);
    await clock.advance(10_000);
    assert.deepEqual(sentAt, [1_000]);
  });

  it('is sent at once after 32 messages, and the second begins anew', async () => {
    const { clock, sentAt, apply } = setUp();
    apply(31);
    assert.deepEqual(sentAt, []);
    apply(1);
    assert.deepEqual(sentAt, [0]);
    await clock.advance(5_000);
    apply(1);
    await clock.advance(5_000);
    assert.deepEqual(sentAt, [0, 6_000]);
  });

  it('is not sent any more when the connection is gone', async () => {
    const { clock, sentAt, acknowledgements, apply } = setUp();
    apply(5);
    acknowledgements.done();
    await clock.advance(5_000);
    assert.deepEqual(sentAt, []);
    assert.equal(clock.timers, 0);
  });
});
