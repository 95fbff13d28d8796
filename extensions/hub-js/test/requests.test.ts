// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HubError } from '../src/index.js';
import { event, follow, HELLO, RESUMED, World } from './fakes/world.js';
import { settled } from './fakes/virtual-clock.js';

let answers = 0;

function answer(world: World, id: string | undefined, data?: unknown, more: object = {}): void {
  world.socket.receive(event('any', data, { id, volatile: true, answers: ++answers, ...more }));
}

describe('A request', () => {
  it('has an id and ends with the answer that has the same', async () => {
    const world = new World();
    await world.open();
    const first = follow(world.client.request('a', 1));
    const second = follow(world.client.request('b', 2));
    await settled();
    const [a, b] = world.socket.takeAll();
    assert.notEqual(a?.id, b?.id);
    answer(world, b?.id, 'two');
    answer(world, a?.id, 'one');
    await settled();
    assert.deepEqual([first.result, second.result], ['one', 'two']);
  });

  it('fails with the code, text and data of an error', async () => {
    const world = new World();
    await world.open();
    const request = follow(world.client.request('bid', 5));
    await settled();
    const error = { code: 10_001, errorMsg: 'bid too low' };
    world.socket.receive([1, event('bid', { last: 7 }, { ...error, id: world.socket.take()?.id })]);
    await settled();
    assert.ok(request.result instanceof HubError);
    const { code, data, event: name, message } = request.result;
    assert.deepEqual([code, message, data, name], [10_001, 'bid too low', { last: 7 }, 'bid']);
  });

  it('fails when the hub could not read it', async () => {
    const world = new World();
    await world.open();
    world.note('hub/error');
    const request = follow(world.client.request('a'));
    await settled();
    world.socket.receive(event('hub/error', undefined, { code: 1001, errorMsg: 'invalid envelope', id: 'c-1' }));
    await settled();
    assert.equal(request.result?.code, 1001);
    assert.deepEqual(world.seen, []);
  });

  it('is not told to listeners, and an answer that nobody awaits is told to nobody', async () => {
    const world = new World();
    await world.open();
    void world.client.request('a');
    await settled();
    answer(world, 'c-1');
    answer(world, 'c-1');
    answer(world, 'c-99', undefined, { code: 1403, errorMsg: 'answer no longer kept' });
    assert.deepEqual(world.messages, []);
    assert.deepEqual(world.reported, []);
  });

  it('fails after 30 seconds unless told otherwise, also without a connection', async () => {
    const world = new World({ requestTimeout: 50_000 });
    const other = new World();
    const requests = [
      follow(world.client.request('a')),
      follow(world.client.request('a', 1, { timeout: 2_000 })),
      follow(world.client.request('a', 1, { timeout: Infinity })),
      follow(other.client.request('a')),
    ];
    await world.clock.advance(49_999);
    await other.clock.advance(30_000);
    assert.deepEqual(requests.map(({ end }) => end), ['pending', 'rejected', 'pending', 'rejected']);
    await world.clock.advance(1);
    assert.deepEqual(requests.map(({ result }) => result?.code), ['timeout', 'timeout', undefined, 'timeout']);
  });

  it('is not sent any more once it has failed', async () => {
    const world = new World();
    follow(world.client.request('a', 1, { timeout: 1_000 }));
    await world.clock.advance(1_000);
    const socket = await world.open();
    assert.deepEqual(socket.sent, []);
  });

  it('ends with its signal, whose reason it fails with', async () => {
    const world = new World();
    await world.open();
    const abort = new AbortController();
    const request = follow(world.client.request('a', 1, { signal: abort.signal }));
    await settled();
    abort.abort(new Error('no longer wanted'));
    await settled();
    assert.equal(request.result?.message, 'no longer wanted');
    await assert.rejects(world.client.request('a', 1, { signal: abort.signal }), { message: 'no longer wanted' });
    assert.equal(world.socket.takeAll().length, 1);
  });

  it('leaves no timer and no signal listener behind', async () => {
    const world = new World();
    await world.open();
    const before = world.clock.timers;
    const { signal } = new AbortController();
    let listeners = 0;
    const counted = Object.assign(signal, {
      addEventListener: () => listeners++,
      removeEventListener: () => listeners--,
    });
    void world.client.request('a', 1, { signal: counted });
    await settled();
    assert.deepEqual([world.clock.timers, listeners], [before + 1, 1]);
    answer(world, 'c-1');
    assert.deepEqual([world.clock.timers, listeners], [before, 0]);
  });

  it('fails when its data is no JSON', async () => {
    const world = new World();
    await assert.rejects(world.client.request('a', 1n), TypeError);
  });
});

describe('A request that is open when the connection breaks', () => {
  it('is sent again in a resumed session, with its id, in order, before what has waited', async () => {
    const world = new World();
    await world.open();
    const requests = ['a', 'b', 'c'].map((name) => follow(world.client.request(name)));
    await settled();
    const sent = world.socket.takeAll();
    answer(world, sent[1]?.id, 'two');
    world.socket.end(1006);
    world.client.send('waited');
    const socket = await world.openAgain(RESUMED);
    assert.deepEqual(socket.takeAll(), [sent[0], sent[2], { event: 'waited' }]);
    answer(world, sent[0]?.id, 'one');
    answer(world, sent[2]?.id, 'three');
    await settled();
    assert.deepEqual(requests.map(({ result }) => result), ['one', 'two', 'three']);
  });

  it('takes the answer that was replayed, and ignores the one to the repetition', async () => {
    const world = new World();
    await world.open();
    const request = follow(world.client.request('a'));
    await settled();
    await world.comeBack();
    world.socket.receive([1, event('a', 'replayed', { id: 'c-1' })]);
    world.socket.receive([2, event('a', 'kept', { id: 'c-1' })]);
    await settled();
    assert.equal(request.result, 'replayed');
  });

  it('fails as outcome unknown in a new session, but not if it was never sent', async () => {
    const world = new World();
    await world.open();
    const sent = follow(world.client.request('sent'));
    await settled();
    world.socket.end(1006);
    const waiting = follow(world.client.request('waiting'));
    const socket = await world.openAgain({ ...HELLO, reason: 'expired' });
    assert.equal(sent.result?.code, 'outcome-unknown');
    assert.equal(waiting.end, 'pending');
    assert.deepEqual(socket.takeAll().map((envelope) => envelope.event), ['waiting']);
  });

  it('fails as outcome unknown when the hub may have forgotten its id after two minutes', async () => {
    const world = new World();
    await world.open();
    const old = follow(world.client.request('old', 1, { timeout: Infinity }));
    await settled();
    world.socket.receive(event('hub/drain', { reconnectInMs: 99_000 }));
    world.socket.end(4202);
    await world.openAgain();
    assert.equal(old.end, 'pending');
    world.socket.receive(event('hub/drain', { reconnectInMs: 2_000 }));
    world.socket.end(4202);
    await world.openAgain();
    assert.equal(old.result?.code, 'outcome-unknown');
    assert.deepEqual(world.socket.sent, []);
  });

  it('fails as outcome unknown when there were 256 newer ids', async () => {
    const world = new World();
    await world.open();
    const [first, second] = [follow(world.client.request('first')), follow(world.client.request('second'))];
    for (let i = 0; i < 255; i++) {
      void world.client.request('a');
      await settled();
      answer(world, `c-${i + 3}`);
    }
    await world.comeBack();
    assert.deepEqual([first.result?.code, second.end], ['outcome-unknown', 'pending']);
    assert.deepEqual(world.socket.takeAll().map((envelope) => envelope.event), ['second']);
  });

  it('fails as outcome unknown when the client is closed for good', async () => {
    const world = new World();
    await world.open();
    const sent = follow(world.client.request('sent'));
    await settled();
    world.socket.beginClose();
    const waiting = follow(world.client.request('waiting'));
    await settled();
    world.socket.end(4004);
    await settled();
    assert.deepEqual([sent.result?.code, waiting.result?.code], ['outcome-unknown', 'closed']);
  });
});
