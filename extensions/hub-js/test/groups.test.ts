// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HubError } from '../src/errors.js';
import type { Envelope } from '../src/frames.js';
import { event, follow, HELLO, RESUMED, World } from './fakes/world.js';
import { settled } from './fakes/virtual-clock.js';

const NEW_SESSION = { ...HELLO, reason: 'expired' };

/** Answers every join and quit that has come; returns what they were. */
async function answerAll(world: World, more: object = {}): Promise<string[]> {
  const envelopes = world.socket.takeAll();
  for (const { event: name, id } of envelopes) {
    world.socket.receive(event(name, ['some'], { id, volatile: true, ...more }));
  }
  await settled();
  return envelopes.map(({ data, event: name }: Envelope) => `${name} ${(data as { id: string }).id}`);
}

async function joined(...groups: string[]): Promise<World> {
  const world = new World();
  await world.open();
  groups.forEach((group) => void world.client.join(group));
  await settled();
  await answerAll(world);
  return world;
}

describe('A group', () => {
  it('is joined and left with the standard events, whose answers the promises have', async () => {
    const world = new World();
    await world.open();
    const promises = [follow(world.client.join('room-1')), follow(world.client.leave('room-1'))];
    await settled();
    assert.deepEqual(await answerAll(world), ['join room-1', 'quit room-1']);
    assert.deepEqual(promises.map(({ result }) => result), [['some'], ['some']]);
  });

  it('is one of those that the client wants until it is left', async () => {
    const world = await joined('a', 'b');
    assert.deepEqual(world.client.groups, ['a', 'b']);
    void world.client.leave('a');
    assert.deepEqual(world.client.groups, ['b']);
    world.client.close();
    assert.deepEqual(world.client.groups, []);
  });

  it('is not joined again in a resumed session that is in it', async () => {
    const world = await joined('a');
    await world.comeBack({ ...RESUMED, groups: ['a'] });
    assert.deepEqual(await answerAll(world), []);
    assert.deepEqual(world.client.groups, ['a']);
  });

  it('is forgotten, with a word, when a resumed session is not in it', async () => {
    for (const groups of [['b', 'x'], { b: 1 }, undefined]) {
      const world = await joined('a', 'b');
      world.note('hub/left');
      world.client.on('hub/state', (state) => world.seen.push(state.name));
      await world.comeBack({ ...RESUMED, groups });
      const lost = Array.isArray(groups) ? ['a'] : ['a', 'b'];
      const told = lost.map((group) => ({ group, reason: '' }));
      assert.deepEqual(world.seen, ['waiting', 'connecting', 'open', ...told]);
      assert.deepEqual(world.client.groups, Array.isArray(groups) ? ['b'] : []);
    }
  });

  it('is told no more when a listener closes the client', async () => {
    const world = await joined('a', 'b');
    world.note('hub/left');
    world.client.on('hub/left', () => world.client.close());
    await world.comeBack(RESUMED);
    assert.deepEqual(world.seen, [{ group: 'a', reason: '' }]);
  });

  it('is not forgotten in a resumed session while it is asked for', async () => {
    const world = new World();
    await world.open();
    const join = follow(world.client.join('a'));
    await settled();
    world.note('hub/left');
    await world.comeBack(RESUMED);
    assert.deepEqual(world.client.groups, ['a']);
    assert.deepEqual(await answerAll(world), ['join a']);
    assert.equal(join.end, 'fulfilled');
    assert.deepEqual(world.seen, []);
  });

  it('is joined again in a new session, before what has waited', async () => {
    const world = await joined('a', 'b');
    world.socket.end(1006);
    world.client.send('say');
    const socket = await world.openAgain(NEW_SESSION);
    assert.deepEqual(socket.takeAll().map((envelope) => envelope.event), ['join', 'join', 'say']);
  });

  it('is joined again in each new session', async () => {
    const world = await joined('a');
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), ['join a']);
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), ['join a']);
  });

  it('is not joined again once it is left', async () => {
    const world = await joined('a', 'b');
    void world.client.leave('a');
    await settled();
    await answerAll(world);
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), ['join b']);
  });

  it('is forgotten when the hub takes the client out, and the application hears of it', async () => {
    const world = await joined('a', 'b');
    world.note('hub/left');
    world.socket.receive(event('hub/left', { id: 'a', reason: 'denied' }));
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), ['join b']);
    assert.deepEqual(world.seen, [{ group: 'a', reason: 'denied' }]);
  });

  it('is forgotten when the hub takes the client out in the frame that has let it in', async () => {
    const world = new World();
    await world.open();
    const join = follow(world.client.join('a'));
    await settled();
    world.socket.receive([1, event('join', ['a'], { id: 'c-1' }), event('hub/left', { id: 'a', reason: 'closed' })]);
    assert.deepEqual(world.client.groups, []);
    await settled();
    assert.equal(join.end, 'fulfilled');
  });

  it('is not forgotten when the hub takes the client out while it asks to be let in', async () => {
    const world = await joined('a');
    void world.client.join('a');
    await settled();
    world.socket.receive(event('hub/left', { id: 'a', reason: 'closed' }));
    assert.deepEqual(await answerAll(world), ['join a']);
    assert.deepEqual(world.client.groups, ['a']);
  });

  it('is asked for anew, and left anew, when the hub has not kept its answer', async () => {
    const world = new World();
    await world.open();
    const ends = [follow(world.client.join('a')), follow(world.client.leave('b'))];
    await settled();
    assert.deepEqual(await answerAll(world, { code: 1403, errorMsg: 'answer not kept' }), ['join a', 'quit b']);
    assert.deepEqual(world.socket.sent.map((text) => JSON.parse(text).id), ['c-3', 'c-4']);
    assert.deepEqual(await answerAll(world), ['join a', 'quit b']);
    assert.deepEqual(ends.map(({ end }) => end), ['fulfilled', 'fulfilled']);
  });

  it('is joined when one of two joins was let in and the other refused', async () => {
    const world = new World();
    await world.open();
    void world.client.join('a');
    const second = follow(world.client.join('a'));
    await settled();
    world.socket.receive(event('join', ['a'], { id: 'c-1', volatile: true }));
    world.socket.receive(event('join', undefined, { id: 'c-2', volatile: true, code: 1200, errorMsg: 'no' }));
    await settled();
    assert.equal(second.end, 'rejected');
    assert.deepEqual(world.client.groups, ['a']);
  });

  it('is asked for once when the application asks while the client waits to ask', async () => {
    const world = await joined('a');
    await world.comeBack(NEW_SESSION);
    await answerAll(world, { code: 1200, errorMsg: 'rate limit exceeded' });
    void world.client.join('a');
    await world.clock.advance(5_000);
    assert.deepEqual(await answerAll(world), ['join a']);
  });

  it('is forgotten when the hub refuses it', async () => {
    const world = new World();
    await world.open();
    const join = follow(world.client.join('a'));
    await settled();
    await answerAll(world, { code: 1103, errorMsg: 'not allowed' });
    assert.equal(join.result?.code, 1103);
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), []);
  });

  it('is left, with a word, when the hub does not let the client in again', async () => {
    const world = await joined('a');
    world.note('hub/left');
    await world.comeBack(NEW_SESSION);
    await answerAll(world, { code: 1103, errorMsg: 'not allowed' });
    assert.deepEqual(world.seen, [{ group: 'a', reason: 'not allowed' }]);
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), []);
  });

  it('is asked for again when the hub had no room just then', async () => {
    const world = await joined('a');
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world, { code: 1200, errorMsg: 'rate limit exceeded' }), ['join a']);
    await world.clock.advance(999);
    assert.deepEqual(await answerAll(world), []);
    await world.clock.advance(1);
    assert.deepEqual(await answerAll(world), ['join a']);
    await world.clock.advance(10_000);
    assert.deepEqual(await answerAll(world), []);
  });

  it('is joined and left however long it takes', async () => {
    const world = new World();
    const promises = [follow(world.client.join('a')), follow(world.client.leave('b'))];
    await world.clock.advance(600_000);
    await world.nextAttempt();
    await world.open();
    assert.deepEqual(await answerAll(world), ['join a', 'quit b']);
    assert.deepEqual(promises.map(({ end }) => end), ['fulfilled', 'fulfilled']);
  });

  it('is joined and left however much waits for the connection', async () => {
    const world = new World({ queue: { messages: 1 } });
    const promises = [follow(world.client.join('a')), follow(world.client.join('b')), follow(world.client.leave('c'))];
    await settled();
    world.client.send('d', { id: 'e' });
    assert.throws(() => world.client.send('f'));
    await world.open();
    assert.deepEqual(await answerAll(world), ['join a', 'join b', 'quit c', 'd e']);
    assert.deepEqual(promises.map(({ end }) => end), ['fulfilled', 'fulfilled', 'fulfilled']);
  });

  for (const code of [1103, 1202, 1300, 1400]) {
    it(`is not asked for again after ${code}`, async () => {
      const world = await joined('a');
      await world.comeBack(NEW_SESSION);
      await answerAll(world, { code, errorMsg: 'no' });
      await world.clock.advance(5_000);
      assert.deepEqual(await answerAll(world), []);
      assert.deepEqual(world.client.groups, []);
    });
  }

  it('is asked for once when a new session begins while it is to be asked for again', async () => {
    const world = await joined('a');
    await world.comeBack(NEW_SESSION);
    await answerAll(world, { code: 1201, errorMsg: 'too many messages waiting' });
    world.socket.end(4200);
    await world.openAgain(NEW_SESSION);
    await world.clock.advance(5_000);
    assert.deepEqual(await answerAll(world), ['join a']);
  });

  it('that nobody waits for ends no process when the client is closed', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const world = new World();
    await world.open();
    void world.client.join('a');
    const awaited = follow(world.client.join('b'));

    world.client.close();
    await new Promise((resolve) => setImmediate(resolve));

    process.off('unhandledRejection', note);
    assert.deepEqual(unhandled, []);
    assert.equal((awaited.result as HubError).code, 'outcome-unknown');
  });

  it('leaves nothing behind when the client is closed while it is joined again', async () => {
    for (const isAnswered of [false, true]) {
      const world = await joined('a');
      await world.comeBack(NEW_SESSION);
      if (isAnswered) {
        await answerAll(world, { code: 1200, errorMsg: 'rate limit exceeded' });
      }
      world.client.close();
      await settled();
      assert.equal(world.clock.timers, 0);
    }
  });

  it('that was about to be left when a session ended is left in the new one too, and the promise ends', async () => {
    const world = await joined('a');
    const leave = follow(world.client.leave('a'));
    await settled();
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), ['quit a']);
    assert.deepEqual(leave.result, ['some']);
  });

  it('is asked for once in a new session when its join was on its way, and the promise still ends', async () => {
    const world = new World();
    await world.open();
    const join = follow(world.client.join('a'));
    await settled();
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), ['join a']);
    assert.deepEqual(join.result, ['some']);
  });

  it('is asked for once when its join waited for the connection', async () => {
    const world = new World();
    const join = follow(world.client.join('a'));
    await world.open();
    assert.deepEqual(await answerAll(world), ['join a']);
    assert.equal(join.end, 'fulfilled');
  });

  it('stays joined when further joins are refused', async () => {
    const world = await joined('a');
    for (const errorMsg of ['rate limit exceeded', 'again']) {
      const further = follow(world.client.join('a'));
      await settled();
      await answerAll(world, { code: 1200, errorMsg });
      assert.equal(further.result?.message, errorMsg);
    }
    assert.deepEqual(world.client.groups, ['a']);
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), ['join a']);
  });

  it('that was joined in an earlier session is forgotten when a second join is refused in the next one', async () => {
    const world = await joined('a');
    void follow(world.client.join('a'));
    await settled();
    await world.comeBack(NEW_SESSION);
    await answerAll(world, { code: 1103, errorMsg: 'not allowed' });
    assert.deepEqual(world.client.groups, []);
  });

  it('that is joined again while an earlier join is refused stays wanted', async () => {
    const world = new World();
    await world.open();
    const first = follow(world.client.join('a'));
    void world.client.join('a');
    await settled();
    const refusal = { code: 1200, errorMsg: 'rate limit exceeded' };
    world.socket.receive(event('join', undefined, { id: 'c-1', volatile: true, ...refusal }));
    world.socket.receive(event('join', ['a'], { id: 'c-2', volatile: true }));
    await settled();
    assert.equal(first.result?.code, 1200);
    world.socket.takeAll();
    await world.comeBack(NEW_SESSION);
    assert.deepEqual(await answerAll(world), ['join a']);
  });
});
