// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { settled } from './fakes/virtual-clock.js';
import { event, follow, HELLO, notes, World } from './fakes/world.js';

const NONSENSE = [NaN, Infinity, -1, 1e300, '9', null, [], {}, true];

describe('A hub that says nonsense', () => {
  for (const advice of NONSENSE) {
    const shown = typeof advice === 'object' ? JSON.stringify(advice) : String(advice);

    it(`in its answer to the hello (${shown}) is talked to, and looked after, all the same`, async () => {
      const world = new World();
      await world.reach();
      const all = { intervalMs: advice, timeoutMs: advice, minMs: advice, maxMs: advice, messageBytes: advice };
      world.answerHello({ ...HELLO, heartbeat: all, reconnect: all, limits: all, seq: advice, groups: advice });
      void follow(world.client.request('a', 'b'));
      await settled();
      assert.equal(world.socket.take()?.event, 'a');
      world.socket.end(1006);
      const state = world.states.at(-1);
      assert.ok(state?.name === 'waiting' && state.delayMs >= 1 && state.delayMs <= 3_600_000, JSON.stringify(state));
      await world.clock.advance(4_000_000);
      assert.ok(world.network.sockets.length > 1);
    });

    it(`as a part of its answer (${shown}) is talked to`, async () => {
      const world = new World();
      await world.reach();
      world.answerHello({ ...HELLO, heartbeat: advice, reconnect: advice, limits: advice });
      assert.equal(world.client.state.name, 'open');
      await world.clock.advance(25_000);
      assert.equal(world.socket.take()?.event, 'hub/ping');
    });

    it(`in a control message (${shown}) is not believed`, async () => {
      const world = new World();
      await world.open();
      for (const name of ['hub/left', 'hub/drain', 'hub/unknown', 'hub/hello']) {
        world.socket.receive(event(name, advice));
      }
      world.socket.receive(notes(1, 1));
      assert.equal(world.client.state.name, 'open');
      world.socket.receive(event('hub/gap', advice));
      assert.equal(world.socket.closedWith?.code, 4204);
      await world.openAgain();
      world.socket.receive(notes(2, 2));
      assert.deepEqual(world.messages.map(({ seq }) => seq), [1, 2]);
      assert.deepEqual(world.reported, []);
    });
  }

  it('as its whole answer begins a session that cannot be resumed', async () => {
    for (const answer of [undefined, null, 7, 'x']) {
      const world = new World();
      await world.reach();
      world.socket.receive({ event: 'hub/hello', data: answer, code: 0, timestamp: 1 });
      assert.equal(world.client.state.name, 'open');
      world.socket.end(1006);
      await world.nextAttempt();
      assert.deepEqual(await world.reach(), { event: 'hub/hello', data: { token: 'token-1' } });
    }
  });

  it('in its names changes nothing of what every object has', async () => {
    const world = new World();
    await world.open();
    world.socket.receiveText('[1,{"event":"__proto__","data":{"__proto__":{"polluted":true}},"code":0,"timestamp":1}]');
    world.socket.receiveText('{"__proto__":{"polluted":true},"event":"constructor","volatile":true}');
    assert.deepEqual(world.messages.map((message) => message.event), ['__proto__', 'constructor']);
    assert.equal(({} as any).polluted, undefined);
  });
});

describe('An application that fails', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'reportError'));

  it('in what hears of failures too disturbs nobody', async () => {
    const seen: unknown[] = [];
    Object.assign(globalThis, { reportError: (error: Error) => seen.push(error.message) });
    const world = new World({
      report: () => {
        throw new Error('report');
      },
    });
    for (const name of ['hub/state', 'hub/session', 'note'] as const) {
      world.client.on(name, () => {
        throw new Error(name);
      });
    }
    await world.open();
    world.socket.receive(notes(1, 2));
    assert.equal(world.client.state.name, 'open');
    assert.deepEqual(world.messages.map(({ seq }) => seq), [1, 2]);
    assert.deepEqual(new Set(seen), new Set(['report']));
  });

  it('to say how much may wait has the bounds of the documentation', () => {
    const world = new World({ queue: { messages: undefined } as never });
    for (let count = 0; count < 64; count++) {
      world.client.send('a');
    }
    assert.throws(() => world.client.send('a'), /queue/);
  });
});
