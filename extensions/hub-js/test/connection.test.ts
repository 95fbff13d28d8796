// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { event, HELLO, notes, RESUMED, World } from './fakes/world.js';

/** The waits so far. */
function delaysOf({ states }: World): number[] {
  return states.flatMap((state) => (state.name === 'waiting' ? state.delayMs : []));
}

describe('A client that connects', () => {
  it('offers the protocol and speaks first, with its token', async () => {
    const world = new World();
    const hello = await world.reach();
    assert.equal(world.socket.url, 'ws://hub.test/ws');
    assert.deepEqual(world.socket.protocols, ['hubwire.v1']);
    assert.deepEqual(hello, { event: 'hub/hello', data: { token: 'token-1' } });
    assert.equal(world.client.state.name, 'connecting');
  });

  it('says hello without a token when it is anonymous', async () => {
    for (const token of [undefined, () => null, async () => undefined]) {
      const world = new World(token === undefined ? { token: async () => undefined } : { token });
      assert.deepEqual(await world.reach(), { event: 'hub/hello', data: {} });
    }
  });

  it('sends nothing else until the hello is answered, and then in order', async () => {
    const world = new World();
    world.client.send('a');
    await world.reach();
    world.client.send('b', { x: 1 });
    assert.deepEqual(world.socket.sent, []);
    world.answerHello();
    assert.deepEqual(world.socket.takeAll(), [{ event: 'a' }, { event: 'b', data: { x: 1 } }]);
  });

  it('is open then, and tells of the new session', async () => {
    const world = new World();
    world.note('hub/session');
    await world.open();
    const user = { id: '42', name: 'Ann' };
    assert.deepEqual(world.client.state, { name: 'open', resumed: false, client: 'public-1', user });
    assert.deepEqual(world.seen, [{ client: 'public-1', user, reason: 'none' }]);
  });

  it('sends what listeners send at the opening behind what has waited', async () => {
    const world = new World();
    world.client.send('waited');
    world.client.on('hub/session', () => world.client.send('fetch'));
    const socket = await world.open();
    assert.deepEqual(socket.takeAll(), [{ event: 'waited' }, { event: 'fetch' }]);
  });

  it('ignores messages in front of the answer', async () => {
    const world = new World();
    await world.reach();
    world.socket.receive(notes(1, 1));
    world.socket.receive(event('hub/gap', { from: 1, to: 9, reason: 'overflow' }));
    world.answerHello();
    world.socket.receive(notes(1, 1));
    assert.deepEqual(world.messages.map(({ seq }) => seq), [1]);
  });

  it('ignores control messages in front of the answer to a claim', async () => {
    const world = new World();
    await world.open();
    world.socket.end(1006);
    await world.nextAttempt();
    await world.reach();
    world.socket.receive(event('hub/gap', { from: 1, to: 9, reason: 'overflow' }));
    world.answerHello(RESUMED);
    world.socket.receive(notes(1, 1));
    assert.deepEqual(world.messages.map(({ seq }) => seq), [1]);
  });

  it('takes no second answer, and none that tells an error', async () => {
    const world = new World();
    await world.reach();
    world.socket.receive(event('hub/hello', HELLO, { code: 1100, errorMsg: 'not authenticated' }));
    assert.equal(world.client.state.name, 'connecting');
    world.answerHello();
    world.socket.receive(notes(1, 2));
    world.answerHello();
    world.socket.receive(notes(2, 3));
    assert.deepEqual(world.messages.map(({ seq }) => seq), [1, 2, 3]);
    assert.equal(world.states.filter(({ name }) => name === 'open').length, 1);
  });

  it('takes an answer that is the first of a batch', async () => {
    const world = new World();
    await world.reach();
    world.socket.receive([1, event('hub/hello', HELLO), event('note', 1)]);
    assert.deepEqual(world.messages.map(({ seq }) => seq), [1]);
  });
});

describe('A client that has lost its connection', () => {
  it('waits, comes back and claims its session', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 3));
    world.socket.end(1006);
    assert.deepEqual(world.client.state, { name: 'waiting', delayMs: 250, code: 1006, reason: '' });
    await world.clock.advance(249);
    assert.equal(world.network.sockets.length, 1);
    await world.clock.advance(1);
    assert.equal(world.client.state.name, 'connecting');
    const resume = { session: 'secret-1', seq: 3 };
    assert.deepEqual(await world.reach(), { event: 'hub/hello', data: { token: 'token-1', resume } });
  });

  it('goes on with the secret of the last resume', async () => {
    const world = new World();
    await world.open();
    await world.comeBack();
    world.socket.end(1006);
    await world.nextAttempt();
    assert.deepEqual((await world.reach() as any).data.resume, { session: 'secret-2', seq: 0 });
  });

  it('keeps its own position when the hub goes on from an earlier one', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 3));
    await world.comeBack({ ...RESUMED, seq: 1 });
    world.socket.receive(notes(2, 4));
    assert.deepEqual(world.messages.map(({ seq }) => seq), [1, 2, 3, 4]);
  });

  it('tells that it has resumed, and of no new session', async () => {
    const world = new World();
    await world.open();
    world.note('hub/session');
    await world.comeBack();
    assert.equal(world.client.state.name === 'open' && world.client.state.resumed, true);
    assert.deepEqual(world.seen, []);
  });

  it('tells of a new session with its reason, and counts from its beginning', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 3));
    world.note('hub/session');
    await world.comeBack({ ...HELLO, client: 'public-2', reason: 'expired' });
    world.socket.receive(notes(1, 1));
    assert.deepEqual(world.seen, [{ client: 'public-2', user: HELLO.user, reason: 'expired' }]);
    assert.deepEqual(world.messages.map(({ seq }) => seq), [1, 2, 3, 1]);
  });

  it('hears nothing of a socket that was replaced', async () => {
    const world = new World();
    const old = await world.open();
    await world.clock.advance(35_000);
    await world.openAgain();
    old.receive(notes(1, 1));
    old.end(4005);
    assert.equal(world.client.state.name, 'open');
    assert.deepEqual(world.messages, []);
  });

  it('tries again when the handshake fails, later each time', async () => {
    const world = new World();
    world.network.isDown = true;
    await world.clock.advance(60_000);
    assert.deepEqual(delaysOf(world), [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000, 10_000]);
  });

  it('tries again when no socket can be made', async () => {
    const sockets = { tries: 0 };
    const WebSocket = class {
      constructor() {
        sockets.tries++;
        throw new Error('not here');
      }
    } as never;
    const world = new World({ WebSocket });
    await world.clock.advance(749);
    assert.equal(sockets.tries, 2);
  });

  it('begins with short waits again when a connection is cut that has brought a message', async () => {
    const world = new World();
    await world.open();
    world.socket.end(1006);
    await world.openAgain();
    world.socket.receive(notes(1, 1));
    world.socket.end(1006);
    await world.openAgain();
    world.socket.receive(event('hub/gap', { from: 2, to: 3, reason: 'overflow' }));
    world.socket.end(1006);
    assert.deepEqual(delaysOf(world), [250, 250, 250]);
  });

  it('waits longer each time when connections are cut that have brought nothing', async () => {
    const world = new World();
    await world.open();
    world.socket.end(1006);
    await world.openAgain();
    world.socket.receive(notes(0, 0));
    world.socket.receive(event('cursor', 1, { volatile: true }));
    world.socket.end(1006);
    await world.openAgain();
    world.socket.end(1006);
    assert.deepEqual(delaysOf(world), [250, 500, 1_000]);
  });

  it('begins with short waits again when the hub has kept it for five seconds before it sends it away', async () => {
    const world = new World();
    await world.open();
    world.socket.end(4100);
    await world.openAgain();
    world.socket.end(4100);
    await world.openAgain();
    await world.clock.advance(5_000);
    world.socket.end(4100);
    assert.deepEqual(delaysOf(world), [1_500, 2_000, 1_500]);
  });

  it('obeys hub/drain', async () => {
    const world = new World();
    await world.open();
    world.note('hub/drain');
    world.socket.receive(event('hub/drain', { reconnectInMs: 7_342 }));
    world.socket.end(4202);
    assert.deepEqual(world.seen, [{ reconnectInMs: 7_342 }]);
    await world.clock.advance(7_341);
    assert.equal(world.network.sockets.length, 1);
    await world.clock.advance(1);
    assert.equal(world.network.sockets.length, 2);
  });

  it('takes the bounds of the wait from the hub', async () => {
    const world = new World();
    await world.open({ ...HELLO, reconnect: { minMs: 3_000, maxMs: 4_000 } });
    world.socket.end(1006);
    assert.equal(world.client.state.name === 'waiting' && world.client.state.delayMs, 1_500);
  });
});

describe('A client that is told to stay away', () => {
  for (const code of [1000, 1008, 1009, 4000, 4001, 4004, 4005, 4500]) {
    it(`is closed after ${code} and keeps nothing running`, async () => {
      const world = new World();
      await world.open();
      world.socket.receive(notes(1, 1));
      world.socket.end(code, 'why');
      assert.deepEqual(world.client.state, { name: 'closed', code, reason: 'why' });
      await world.clock.advance(3_600_000);
      assert.equal(world.network.sockets.length, 1);
      assert.equal(world.clock.timers, 0);
      assert.equal(world.wakers, 0);
    });
  }
});

describe('A hub that does not answer', () => {
  it('has ten seconds for the hello', async () => {
    const world = new World();
    await world.reach();
    await world.clock.advance(9_999);
    assert.equal(world.client.state.name, 'connecting');
    await world.clock.advance(1);
    assert.equal(world.socket.closedWith?.code, 4105);
    assert.equal(world.client.state.name, 'waiting');
  });

  it('has the whole time again when the timer came late', async () => {
    const world = new World();
    await world.reach();
    world.clock.sleep(60_000);
    await world.clock.advance(0);
    assert.equal(world.client.state.name, 'connecting');
    world.answerHello();
    assert.equal(world.client.state.name, 'open');
  });

  it('has fifteen seconds for the handshake', async () => {
    const world = new World();
    await world.clock.advance(15_000);
    assert.deepEqual(world.client.state, { name: 'waiting', delayMs: 1_500, code: 4105, reason: 'no connection' });
    assert.notEqual(world.socket.closedWith, undefined);
  });

  it('is pinged with the position when it is silent, and left when it stays silent', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 2));
    await world.clock.advance(25_000);
    assert.deepEqual(world.socket.takeAll(), [
      { event: 'hub/ack', data: { seq: 2 } },
      { event: 'hub/ping', data: { seq: 2 } },
    ]);
    await world.clock.advance(10_000);
    assert.equal(world.socket.closedWith?.code, 4201);
    assert.equal(world.client.state.name, 'waiting');
  });

  it('is left alone when it answers', async () => {
    const world = new World();
    await world.open();
    for (let i = 0; i < 20; i++) {
      await world.clock.advance(25_000);
      assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/ping', data: { seq: 0 } }]);
      world.socket.receive(event('hub/ping'));
    }
    assert.equal(world.network.sockets.length, 1);
  });
});
