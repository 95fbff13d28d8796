// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TokenCause } from '../src/index.js';
import { event, HELLO, World } from './fakes/world.js';
import { settled } from './fakes/virtual-clock.js';

/** A client whose application gives a new token each time, and notes why it was asked. */
function setUp(give: (count: number) => Promise<string> = (count) => Promise.resolve(`token-${count}`)) {
  const causes: TokenCause[] = [];
  const world = new World({ token: (cause) => give(causes.push(cause)) });
  world.note('hub/error');
  return { causes, world };
}

function offline(): never {
  throw new Error('offline');
}

describe('Credentials', () => {
  it('are asked for before each connection', async () => {
    const { causes, world } = setUp();
    await world.open();
    world.socket.end(1006);
    await world.nextAttempt();
    assert.equal((await world.reach() as any).data.token, 'token-2');
    assert.deepEqual(causes, ['connect', 'connect']);
  });

  it('that have expired are replaced, and the client comes back within a second with its claim', async () => {
    const { causes, world } = setUp();
    await world.open();
    world.socket.end(4300);
    await world.clock.advance(1_000);
    const resume = { session: 'secret-1', seq: 0 };
    assert.deepEqual(await world.reach(), { event: 'hub/hello', data: { token: 'token-2', resume } });
    assert.deepEqual(causes, ['connect', 'expired']);
  });

  it('that were replaced are good for more than one connection', async () => {
    const causes: TokenCause[] = [];
    const world = new World({ token: (cause) => (causes.push(cause) === 1 ? 'old' : 'new') });
    await world.open();
    world.socket.end(4300);
    await world.openAgain();
    world.socket.end(1006);
    await world.openAgain();
    assert.equal(world.client.state.name, 'open');
    assert.deepEqual(causes, ['connect', 'expired', 'connect']);
  });

  for (const code of [4300, 4301]) {
    it(`that are the same after ${code} are not tried again`, async () => {
      const world = new World();
      await world.open();
      world.socket.end(code);
      await world.clock.advance(10_000);
      assert.deepEqual(world.client.state, { name: 'closed', code, reason: 'no new credentials' });
      assert.equal(world.network.sockets.length, 1);
    });
  }

  for (const none of [undefined, null, '']) {
    it(`that are none (${none}) may be none again: the handshake has others`, async () => {
      const world = new World({ token: () => none });
      await world.open();
      world.socket.end(4300);
      await world.openAgain(HELLO);
      assert.equal(world.client.state.name, 'open');
    });
  }

  it('that were revoked are replaced once', async () => {
    const { causes, world } = setUp();
    await world.open();
    world.socket.end(4301);
    await world.nextAttempt();
    assert.deepEqual(await world.reach(), { event: 'hub/hello', data: { token: 'token-2' } });
    world.answerHello();
    world.socket.end(4301, 'revoked');
    assert.deepEqual(world.client.state, { name: 'closed', code: 4301, reason: 'revoked' });
    assert.deepEqual(causes, ['connect', 'revoked']);
  });

  it('that were revoked are replaced once, also when the network breaks in between', async () => {
    const { world } = setUp();
    await world.open();
    world.socket.end(4301);
    await world.openAgain(HELLO);
    await world.comeBack(HELLO);
    world.socket.end(4301, 'revoked');
    assert.deepEqual(world.client.state, { name: 'closed', code: 4301, reason: 'revoked' });
  });

  it('that were revoked long after the last time are replaced again', async () => {
    const { world } = setUp();
    await world.open();
    world.socket.end(4301);
    await world.openAgain(HELLO);
    await world.clock.advance(5_000);
    world.socket.end(4301);
    assert.equal(world.client.state.name, 'waiting');
  });

  it('that cannot be had are asked for again later, for the same cause, and the application hears of it', async () => {
    const { causes, world } = setUp(async (count) => (count === 2 ? offline() : `t${count}`));
    await world.open();
    world.socket.end(4300);
    await world.clock.advance(500);
    assert.equal((world.seen[0] as any).code, 'token');
    assert.equal((world.seen[0] as any).cause.message, 'offline');
    assert.equal(world.client.state.name, 'waiting');
    await world.nextAttempt();
    assert.deepEqual(causes, ['connect', 'expired', 'expired']);
  });

  it('that do not come in thirty seconds are asked for again, and not used when they come', async () => {
    const waiting: ((token: string) => void)[] = [];
    const { causes, world } = setUp(() => new Promise<string>((resolve) => waiting.push(resolve)));
    await world.clock.advance(30_000);
    assert.deepEqual(world.client.state, { name: 'waiting', delayMs: 250, code: 1006, reason: 'no token' });
    assert.equal((world.seen[0] as any).cause.message, 'none in 30000 ms');
    waiting[0]?.('late');
    await world.clock.advance(250);
    assert.equal(world.network.sockets.length, 0);
    waiting[1]?.('in time');
    assert.equal((await world.reach() as any).data.token, 'in time');
    assert.deepEqual(causes, ['connect', 'connect']);
  });

  it('may be asked for by a function that closes the client', async () => {
    let again = () => {};
    const world = new World({ token: () => again() as undefined });
    await world.open();
    again = () => world.client.close();
    world.socket.end(1006);
    await world.clock.advance(10_000);
    assert.equal(world.client.state.name, 'closed');
    assert.deepEqual(world.states.map(({ name }) => name), ['open', 'waiting', 'closed']);
    assert.equal(world.network.sockets.length, 1);
    assert.equal(world.clock.timers, 0);
  });

  it('may be thrown for as well as promised', async () => {
    const world = new World({
      token: () => {
        throw new Error('mine');
      },
    });
    world.note('hub/error');
    await settled();
    assert.equal((world.seen[0] as any).code, 'token');
  });

  it('that come when the client is closed are not used', async () => {
    let give = (_: string) => {};
    const world = new World({ token: () => new Promise<string>((resolve) => (give = resolve)) });
    world.client.close();
    give('late');
    await settled();
    assert.equal(world.network.sockets.length, 0);
  });
});

describe('Credentials that are about to expire', () => {
  it('are replaced on the open connection', async () => {
    const { causes, world } = setUp();
    await world.open();
    world.socket.receive(event('hub/auth-expiring', { inMs: 60_000 }));
    await settled();
    assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/auth', data: { token: 'token-2' }, id: 'c-1' }]);
    world.socket.receive(event('hub/auth', undefined, { id: 'c-1' }));
    world.socket.receive(event('hub/auth-expiring', { inMs: 60_000 }));
    await settled();
    assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/auth', data: { token: 'token-3' }, id: 'c-2' }]);
    assert.deepEqual(causes, ['connect', 'expiring', 'expiring']);
    assert.deepEqual(world.seen, []);
  });

  it('are no use when the hub says later that the new ones have expired', async () => {
    const { causes, world } = setUp(async (count) => (count === 1 ? 'first' : 'second'));
    await world.open();
    world.socket.receive(event('hub/auth-expiring', { inMs: 60_000 }));
    await settled();
    world.socket.end(4300);
    await world.clock.advance(1_000);
    assert.deepEqual(world.client.state, { name: 'closed', code: 4300, reason: 'no new credentials' });
    assert.deepEqual(causes, ['connect', 'expiring', 'expired']);
  });

  it('are not replaced by none', async () => {
    const { world } = setUp(async (count) => (count === 1 ? 'first' : ''));
    await world.open();
    world.socket.receive(event('hub/auth-expiring', { inMs: 60_000 }));
    await settled();
    assert.deepEqual(world.socket.takeAll(), []);
    assert.deepEqual(world.seen, []);
  });

  it('are an error when the hub refuses the new ones', async () => {
    const { world } = setUp();
    await world.open();
    world.socket.receive(event('hub/auth-expiring', { inMs: 60_000 }));
    await settled();
    world.socket.receive(event('hub/auth', undefined, { id: 'c-1', code: 1100, errorMsg: 'not authenticated' }));
    assert.equal((world.seen[0] as any).code, 1100);
  });

  it('are asked for once at a time, and not sent on another connection', async () => {
    const waiting: ((token: string) => void)[] = [];
    const { causes, world } = setUp((count) =>
      count === 2 ? new Promise<string>((resolve) => waiting.push(resolve)) : Promise.resolve(`t${count}`),
    );
    await world.open();
    world.socket.receive(event('hub/auth-expiring', { inMs: 60_000 }));
    world.socket.receive(event('hub/auth-expiring', { inMs: 59_000 }));
    await world.comeBack();
    waiting[0]?.('late');
    await settled();
    assert.deepEqual(world.socket.sent, []);
    assert.deepEqual(causes, ['connect', 'expiring', 'connect']);
  });

  it('are asked for on the next connection although those of the last one never came', async () => {
    const never = new Promise<string>(() => {});
    const { causes, world } = setUp((count) => (count === 2 ? never : Promise.resolve(`t${count}`)));
    await world.open();
    world.socket.receive(event('hub/auth-expiring', { inMs: 60_000 }));
    await world.comeBack();
    world.socket.receive(event('hub/auth-expiring', { inMs: 60_000 }));
    await settled();
    assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/auth', data: { token: 't4' }, id: 'c-1' }]);
    assert.deepEqual(causes, ['connect', 'expiring', 'connect', 'expiring']);
  });

  it('are an error when there are none', async () => {
    const { world } = setUp(async (count) => (count === 2 ? offline() : 't'));
    await world.open();
    world.socket.receive(event('hub/auth-expiring', { inMs: 60_000 }));
    await settled();
    assert.equal((world.seen[0] as any).code, 'token');
    assert.equal(world.client.state.name, 'open');
  });
});
