// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HubError } from '../src/index.js';
import { event, HELLO, World } from './fakes/world.js';
import { settled } from './fakes/virtual-clock.js';

function ask(world: World, seq: number, name = 'invite', data: unknown = 'room-1'): void {
  world.socket.receive([seq, event(name, data, { ask: `s-${seq}` })]);
}

describe('A question of the hub', () => {
  it('is answered with what the handler returns or promises', async () => {
    const world = new World();
    await world.open();
    world.client.answer('now', (data) => `${data}!`);
    world.client.answer('later', async () => undefined);
    ask(world, 1, 'now', 'yes');
    ask(world, 2, 'later');
    await settled();
    assert.deepEqual(world.socket.takeAll(), [
      { event: 'now', ask: 's-1', code: 0, data: 'yes!' },
      { event: 'later', ask: 's-2', code: 0 },
    ]);
  });

  it('is no message to listen to', async () => {
    const world = new World();
    await world.open();
    world.client.on('invite', () => assert.fail());
    ask(world, 1);
    assert.deepEqual(world.messages, []);
  });

  it('fails with 1400 when the handler does, and the hub does not learn why', async () => {
    const world = new World();
    await world.open();
    const error = new Error('secret');
    world.client.answer('invite', () => {
      throw error;
    });
    ask(world, 1);
    await settled();
    assert.deepEqual(world.socket.takeAll(), [{ event: 'invite', ask: 's-1', code: 1400, errorMsg: 'internal error' }]);
    assert.deepEqual(world.reported, [error]);
  });

  it('fails with the code, text and data of a HubError with a number, and with 1400 for one without', async () => {
    const world = new World();
    await world.open();
    world.client.answer('busy', () => Promise.reject(new HubError(10_007, 'busy', { data: { until: 9 } })));
    world.client.answer('late', () => Promise.reject(new HubError('timeout', 'no answer')));
    ask(world, 1, 'busy');
    ask(world, 2, 'late');
    await settled();
    assert.deepEqual(world.socket.takeAll(), [
      { event: 'busy', ask: 's-1', code: 10_007, errorMsg: 'busy', data: { until: 9 } },
      { event: 'late', ask: 's-2', code: 1400, errorMsg: 'internal error' },
    ]);
  });

  it('that nobody answers is unknown', async () => {
    const world = new World();
    await world.open();
    const end = world.client.answer('invite', () => true);
    end();
    ask(world, 1);
    await settled();
    assert.deepEqual(world.socket.takeAll(), [{ event: 'invite', ask: 's-1', code: 1300, errorMsg: 'unknown event' }]);
  });

  it('keeps its handler when an earlier one is ended once more', async () => {
    const world = new World();
    await world.open();
    const end = world.client.answer('invite', () => 'first');
    end();
    world.client.answer('invite', () => 'second');
    end();
    ask(world, 1);
    await settled();
    assert.equal(world.socket.take()?.data, 'second');
  });

  it('runs into its timeout when there is no room for the answer, which is reported', async () => {
    const world = new World();
    await world.open();
    world.client.answer('invite', () => true);
    ask(world, 1);
    world.socket.bufferedAmount = 262_144;
    await settled();
    assert.deepEqual(world.reported.map((error: any) => error.code), ['queue-full', 'queue-full']);
  });

  it('is answered after a resume however much the application has to send', async () => {
    const world = new World({ queue: { messages: 1 } });
    await world.open();
    world.client.answer('invite', () => true);
    ask(world, 1);
    world.socket.beginClose();
    world.client.send('a');
    await settled();
    const socket = await world.comeBack();
    assert.deepEqual(socket.takeAll().map(({ event }) => event), ['a', 'invite']);
    assert.deepEqual(world.reported, []);
  });

  it('has one handler', () => {
    const world = new World();
    world.client.answer('invite', () => true);
    assert.throws(() => world.client.answer('invite', () => false), TypeError);
  });

  it('is asked once when it is replayed', async () => {
    const world = new World();
    await world.open();
    let asked = 0;
    world.client.answer('invite', () => ++asked);
    ask(world, 1);
    await world.comeBack();
    ask(world, 1);
    await settled();
    assert.equal(asked, 1);
  });

  it('is answered after a resume when the answer was not ready before', async () => {
    const world = new World();
    await world.open();
    let decide = (_: boolean) => {};
    world.client.answer('invite', () => new Promise<boolean>((resolve) => (decide = resolve)));
    ask(world, 1);
    world.socket.end(1006);
    decide(true);
    const socket = await world.openAgain();
    assert.deepEqual(socket.takeAll(), [{ event: 'invite', ask: 's-1', code: 0, data: true }]);
  });

  it('of an earlier session is not answered, whether the answer waited or came later', async () => {
    const world = new World();
    await world.open();
    const decisions: ((answer: boolean) => void)[] = [];
    world.client.answer('invite', () => new Promise<boolean>((resolve) => decisions.push(resolve)));
    ask(world, 1);
    ask(world, 2);
    world.socket.end(1006);
    decisions[0]?.(true);
    const socket = await world.openAgain({ ...HELLO, reason: 'expired' });
    decisions[1]?.(true);
    await settled();
    assert.deepEqual(socket.sent, []);
  });

  it('fails with 1400 when the answer is too large', async () => {
    const world = new World();
    await world.open({ ...HELLO, limits: { messageBytes: 100 } });
    world.client.answer('invite', () => 'x'.repeat(100));
    ask(world, 1);
    await settled();
    assert.deepEqual(world.socket.takeAll().map(({ code }) => code), [1400]);
    assert.equal(world.reported.length, 1);
  });
});
