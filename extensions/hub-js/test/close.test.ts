// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { connect, HubError } from '../src/index.js';
import { FakeNetwork } from './fakes/fake-socket.js';
import { settled, VirtualClock } from './fakes/virtual-clock.js';
import { follow, notes, World } from './fakes/world.js';

function isClosed(error: unknown): boolean {
  return error instanceof HubError && error.code === 'closed';
}

describe('close()', () => {
  it('closes the connection with 1000 and leaves no timer and no hook behind', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(notes(1, 1));
    void follow(world.client.request('a'));
    await settled();
    world.client.close();
    assert.equal(world.socket.closedWith?.code, 1000);
    assert.deepEqual(world.client.state, { name: 'closed', code: 1000, reason: 'closed by the application' });
    assert.equal(world.clock.timers, 0);
    assert.equal(world.wakers, 0);
  });

  it('ends everything in every state', async () => {
    const steps: ((world: World) => unknown)[] = [
      () => {},
      () => settled(),
      (world) => world.reach(),
      (world) => world.open(),
      async (world) => (await world.open()).end(1006),
    ];
    for (const step of steps) {
      const world = new World();
      await step(world);
      world.client.close();
      await world.clock.advance(100_000);
      assert.equal(world.client.state.name, 'closed');
      assert.equal(world.clock.timers, 0);
      assert.ok(world.network.sockets.length <= 1);
    }
  });

  it('fails what waits, and all that comes later', async () => {
    const world = new World();
    const waiting = [follow(world.client.request('a')), follow(world.client.join('g'))];
    const leaving = follow(world.client.leave('h'));
    await settled();
    world.client.close();
    await settled();
    assert.deepEqual(waiting.map(({ result }) => result?.code), ['closed', 'closed']);
    assert.deepEqual(leaving.result, []);
    assert.throws(() => world.client.send('a'), isClosed);
    await assert.rejects(world.client.request('a'), isClosed);
    await assert.rejects(world.client.join('g'), isClosed);
    await assert.rejects(world.client.leave('g'), isClosed);
  });

  it('lets nobody hear anything any more', async () => {
    const world = new World();
    await world.open();
    world.client.close();
    world.socket.receive(notes(1, 1));
    world.socket.end(1006);
    await world.clock.advance(10_000);
    assert.deepEqual(world.messages, []);
    assert.equal(world.states.at(-1)?.name, 'closed');
  });

  it('may be called twice, and by a listener of any state', async () => {
    for (const name of ['connecting', 'open', 'waiting', 'closed']) {
      const world = new World();
      world.note('hub/session');
      world.client.on('hub/state', (state) => state.name === name && world.client.close());
      await world.open();
      world.socket.end(1006);
      await world.clock.advance(1_000);
      world.client.close();
      assert.equal(world.client.state.name, 'closed');
      assert.equal(world.states.filter((state) => state.name === 'closed').length, 1);
      assert.equal(world.clock.timers, 0);
      assert.equal(world.seen.length, name === 'open' ? 0 : 1);
    }
  });
});

describe('The address of a hub', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'location'));

  async function addressOf(url: string | URL): Promise<string> {
    const network = new FakeNetwork();
    const client = connect(url, { WebSocket: network.WebSocket, clock: new VirtualClock() });
    await settled();
    client.close();
    return network.last.url;
  }

  it('may be one of http', async () => {
    assert.equal(await addressOf('https://hub.test/ws?x=1#part'), 'wss://hub.test/ws?x=1');
    assert.equal(await addressOf(new URL('http://hub.test:8080')), 'ws://hub.test:8080/');
  });

  it('may be relative to the page', async () => {
    Object.assign(globalThis, { location: { href: 'https://app.test/shop/page?x=1' } });
    assert.equal(await addressOf('/ws'), 'wss://app.test/ws');
    assert.equal(await addressOf('ws'), 'wss://app.test/shop/ws');
  });

  it('is refused when it is none', () => {
    assert.throws(() => connect('/ws'), TypeError);
    assert.throws(() => connect('ftp://hub.test/', { WebSocket: new FakeNetwork().WebSocket }), TypeError);
  });

  it('needs a WebSocket class', { skip: 'WebSocket' in globalThis }, () => {
    assert.throws(() => connect('ws://hub.test/'), /option WebSocket/);
  });
});
