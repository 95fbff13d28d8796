// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { event, notes, RESUMED, World } from './fakes/world.js';

function data(world: World): unknown[] {
  return world.messages.map((message) => message.data);
}

describe('The numbers of messages', () => {
  it('are counted through frames of every size', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 1));
    world.socket.receive(notes(2, 5));
    assert.deepEqual(world.messages.map(({ data, seq }) => [data, seq]), [1, 2, 3, 4, 5].map((n) => [n, n]));
  });

  it('pass over what was seen before, also at the start of a batch', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 3));
    world.socket.receive(notes(2, 4));
    world.socket.receive(notes(1, 2));
    assert.deepEqual(data(world), [1, 2, 3, 4]);
  });

  it('do not move for volatile messages, control messages, and frames without a number', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(event('cursor', 'a', { volatile: true }));
    world.socket.receive([event('cursor', 'b', { volatile: true }), event('hub/tomorrow')]);
    const cursor = event('cursor', 'c', { volatile: true });
    world.socket.receive([1, event('note', 1), cursor, event('hub/tomorrow'), event('note', 2)]);
    assert.deepEqual(world.messages.map(({ data, seq, volatile }) => [data, seq, volatile]), [
      ['a', undefined, true],
      ['b', undefined, true],
      [1, 1, false],
      ['c', undefined, true],
      [2, 2, false],
    ]);
  });

  it('show a hole: nothing behind it is applied, the client closes with 4204 and resumes before it', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 2));
    world.socket.receive(notes(4, 5));
    assert.equal(world.socket.closedWith?.code, 4204);
    world.socket.receive(notes(3, 3));
    assert.deepEqual(data(world), [1, 2]);
    await world.clock.advance(1_000);
    assert.deepEqual((await world.reach() as any).data.resume, { session: 'secret-1', seq: 2 });
    world.answerHello(RESUMED);
    world.socket.receive(notes(3, 5));
    assert.deepEqual(data(world), [1, 2, 3, 4, 5]);
  });

  it('are lost in a frame that cannot be read: the client resumes', async () => {
    for (const text of ['[1,{"event":"no', '42', new ArrayBuffer(3)]) {
      const world = new World();
      await world.open();
      world.socket.receiveText(text);
      assert.equal(world.socket.closedWith?.code, 4204);
      assert.equal(world.client.state.name, 'waiting');
    }
  });

  it('go on behind a gap, of which the application is told in its place', async () => {
    const world = new World();
    await world.open();
    const heard: unknown[] = [];
    world.client.on('note', (number) => heard.push(number));
    world.client.on('hub/gap', (gap) => heard.push(gap));
    const gap = { from: 3, to: 90, reason: 'overflow' };
    world.socket.receive(notes(1, 2));
    world.socket.receive(event('hub/gap', gap));
    world.socket.receive(event('hub/gap', gap));
    world.socket.receive(notes(91, 91));
    assert.deepEqual(heard, [1, 2, gap, 91]);
    await world.clock.advance(1_000);
    assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/ack', data: { seq: 91 } }]);
  });

  it('are acknowledged behind a gap, also when nothing follows it', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(event('hub/gap', { from: 1, to: 90, reason: 'overflow' }));
    await world.clock.advance(1_000);
    assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/ack', data: { seq: 90 } }]);
  });

  it('show a hole in front of a gap too', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(event('hub/gap', { from: 3, to: 90, reason: 'overflow' }));
    assert.equal(world.socket.closedWith?.code, 4204);
  });

  it('are acknowledged after 32 messages, or a second', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 40));
    assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/ack', data: { seq: 32 } }]);
    await world.clock.advance(1_000);
    assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/ack', data: { seq: 40 } }]);
    await world.clock.advance(10_000);
    assert.deepEqual(world.socket.takeAll(), []);
  });

  it('are not acknowledged to a hub that reads nothing', async () => {
    const world = new World();
    await world.open();
    world.socket.bufferedAmount = 1_048_576;
    world.socket.receive(notes(1, 64));
    assert.deepEqual(world.socket.sent, []);
    world.socket.bufferedAmount = 0;
    world.socket.receive(notes(65, 96));
    assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/ack', data: { seq: 96 } }]);
  });

  it('are not acknowledged on a later connection than they came on: its hello has said it', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 3));
    await world.comeBack();
    await world.clock.advance(5_000);
    assert.deepEqual(world.socket.takeAll(), []);
  });

  it('stop for a client that a listener closes in the middle of a frame', async () => {
    const world = new World();
    await world.open();
    world.client.on('note', (number) => number === 2 && world.client.close());
    world.socket.receive(notes(1, 4));
    assert.deepEqual(data(world), [1, 2]);
    assert.equal(world.clock.timers, 0);
  });

  it('count a message whose listener throws', async () => {
    const world = new World();
    await world.open();
    world.client.once('note', () => {
      throw new Error('mine');
    });
    world.socket.receive(notes(1, 2));
    assert.deepEqual(data(world), [1, 2]);
    assert.equal(world.reported.length, 1);
  });
});

describe('Messages', () => {
  it('reach a listener until it is taken off, or once', async () => {
    const world = new World();
    await world.open();
    const heard: unknown[] = [];
    const always = (data: unknown) => heard.push(['always', data]);
    world.client.on('note', always);
    world.client.once('note', (data) => heard.push(['once', data]));
    world.socket.receive(notes(1, 2));
    world.client.off('note', always);
    world.socket.receive(notes(3, 3));
    assert.deepEqual(heard, [['always', 1], ['once', 1], ['always', 2]]);
  });

  it('reach the listeners of their event with the data and the whole message, and then those of all', async () => {
    const world = new World();
    await world.open();
    const heard: unknown[] = [];
    world.client.on('*', (message) => heard.push(['*', message.event]));
    world.client.on('note', (data, message) => heard.push(['note', data, message]));
    world.socket.receive([1, event('note', { a: 1 })]);
    const envelope = { event: 'note', data: { a: 1 }, code: 0, timestamp: 1 };
    const message = { ...envelope, errorMsg: undefined, volatile: false, seq: 1 };
    assert.deepEqual(heard, [['note', { a: 1 }, message], ['*', 'note']]);
  });

  it('that tell an error are errors, not events', async () => {
    const world = new World();
    await world.open();
    world.note('hub/error');
    world.client.on('say', () => assert.fail('an error is no payload'));
    world.socket.receive([1, event('say', { path: 'text' }, { code: 1002, errorMsg: 'invalid payload' })]);
    world.socket.receive(event('hub/error', undefined, { code: 1000, errorMsg: 'malformed message' }));
    const errors = world.seen.map(({ code, message, event, data }: any) => ({ code, message, event, data }));
    assert.deepEqual(errors, [
      { code: 1002, message: 'invalid payload', event: 'say', data: { path: 'text' } },
      { code: 1000, message: 'malformed message', event: 'hub/error', data: undefined },
    ]);
    assert.deepEqual(world.messages.map(({ code }) => code), [1002]);
  });
});
