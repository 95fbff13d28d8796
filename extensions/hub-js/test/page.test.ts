// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { browserPage } from '../src/page.js';
import { event, HELLO, World } from './fakes/world.js';

describe('A page that is seen again, or whose network came or went', () => {
  it('makes a client come back at once that waited for the network', async () => {
    const world = new World();
    await world.open();
    world.socket.end(1006);
    await world.wake();
    assert.equal(world.network.sockets.length, 2);
    await world.clock.advance(14_000);
    assert.equal(world.network.sockets.length, 2);
  });

  it('makes it ask for one token, and not again while it waits for that', async () => {
    let asked = 0;
    const world = new World({ token: () => (asked++ === 0 ? 'token-1' : new Promise<string>(() => {})) });
    await world.open();
    world.socket.end(1006);
    await world.wake();
    await world.clock.advance(29_000);
    await world.wake();
    assert.equal(asked, 2);
  });

  it('makes a client come back at once that left a silent hub by itself', async () => {
    const world = new World();
    await world.reach();
    await world.clock.advance(10_000);
    assert.deepEqual(world.client.state, { name: 'waiting', delayMs: 1_500, code: 4105, reason: 'hello timeout' });
    await world.wake();
    assert.equal(world.network.sockets.length, 2);
  });

  for (const code of [1012, 1013, 4100, 4101, 4400]) {
    it(`does not make a client come back early that was asked to wait by ${code}`, async () => {
      const world = new World();
      await world.open();
      world.socket.end(code);
      await world.wake();
      assert.equal(world.network.sockets.length, 1);
    });
  }

  it('does not make a client come back before its time after hub/drain', async () => {
    const world = new World();
    await world.open();
    world.socket.receive(event('hub/drain', { reconnectInMs: 5_000 }));
    world.socket.end(1006);
    await world.wake();
    assert.equal(world.network.sockets.length, 1);
  });

  it('makes a client look after an open connection', async () => {
    const world = new World();
    await world.open();
    await world.clock.advance(5_000);
    await world.wake();
    assert.deepEqual(world.socket.takeAll(), [{ event: 'hub/ping', data: { seq: 0 } }]);
    await world.clock.advance(10_000);
    assert.equal(world.socket.closedWith?.code, 4201);
  });

  it('finds a healthy connection healthy after a night with the lid closed', async () => {
    const world = new World();
    await world.open();
    world.clock.sleep(8 * 3_600_000);
    await world.wake();
    await world.clock.advance(9_999);
    world.socket.receive(event('hub/ping'));
    await world.clock.advance(20_000);
    assert.equal(world.client.state.name, 'open');
    assert.equal(world.network.sockets.length, 1);
  });

  it('makes a client begin anew an attempt that hangs, with the socket and with the hello', async () => {
    const world = new World();
    await world.clock.advance(2_999);
    await world.wake();
    assert.equal(world.network.sockets.length, 1);
    await world.clock.advance(1);
    await world.wake();
    assert.equal(world.network.sockets.length, 2);
    await world.reach();
    await world.clock.advance(3_000);
    await world.wake();
    assert.equal(world.network.sockets.length, 3);
    assert.equal(world.network.sockets.filter(({ closedWith }) => closedWith !== undefined).length, 2);
    await world.open();
    assert.deepEqual(world.states.map(({ name }) => name), ['connecting', 'connecting', 'open']);
  });

  it('makes it begin anew once, however long the token takes', async () => {
    let asked = 0;
    const world = new World({ token: () => (asked++ === 0 ? 'token-1' : new Promise<string>(() => {})) });
    await world.clock.advance(3_000);
    await world.wake();
    await world.wake();
    assert.equal(asked, 2);
  });

  it('means nothing to a client that has just begun to connect, or is closed', async () => {
    const world = new World();
    await world.wake();
    await world.reach();
    await world.wake();
    assert.equal(world.network.sockets.length, 1);
    world.answerHello(HELLO);
    world.client.close();
    await world.wake();
    assert.equal(world.network.sockets.length, 1);
  });
});

describe('The page of a browser', () => {
  const names = ['document', 'addEventListener', 'removeEventListener'] as const;
  afterEach(() => names.forEach((name) => Reflect.deleteProperty(globalThis, name)));

  it('reports that it is visible, shown again, online and offline, until the end', () => {
    const windowEvents = new EventTarget();
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    Object.assign(globalThis, {
      document,
      addEventListener: windowEvents.addEventListener.bind(windowEvents),
      removeEventListener: windowEvents.removeEventListener.bind(windowEvents),
    });
    let wakes = 0;
    const end = browserPage.onWake(() => wakes++);

    document.dispatchEvent(new Event('visibilitychange'));
    ['online', 'offline', 'pageshow'].forEach((name) => windowEvents.dispatchEvent(new Event(name)));
    assert.equal(wakes, 4);

    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    assert.equal(wakes, 4);

    end();
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    windowEvents.dispatchEvent(new Event('online'));
    assert.equal(wakes, 4);
  });

  it('is none in Node', () => assert.doesNotThrow(() => browserPage.onWake(() => assert.fail())()));
});
