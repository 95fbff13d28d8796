// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';
import type { AddressInfo } from 'node:net';
import { connect } from '../src/index.js';
import type { HubClient } from '../src/index.js';
import { Chance } from './fakes/chance.js';
import { CuttingProxy } from './fakes/cutting-proxy.js';
import { ScriptedHub } from './fakes/scripted-hub.js';

const NOTES = 2_000;
const REQUESTS = 400;

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

async function opened(client: HubClient): Promise<void> {
  await new Promise<void>((resolve) => client.once('hub/session', () => resolve()));
}

/** Gives way to the sockets a few times, so that the work is spread over many connections. */
async function rest(chance: Chance): Promise<void> {
  if (chance.oneIn(10)) {
    await after(chance.between(1, 5));
  }
}

async function sendNotes(hub: ScriptedHub, chance: Chance): Promise<void> {
  for (const number of upTo(NOTES)) {
    hub.send('note', number);
    await rest(chance);
  }
}

async function sendRequests(client: HubClient, chance: Chance): Promise<unknown[]> {
  const answers: Promise<unknown>[] = [];
  for (const number of upTo(REQUESTS)) {
    answers.push(client.request('count', number, { timeout: Infinity }));
    await Promise.race([answers[Math.max(0, number - 20)], answers.at(-1)]);
    await rest(chance);
  }
  return Promise.all(answers);
}

describe('Connections that are cut at random bytes while both sides send', () => {
  for (const seed of [1, 2, 3]) {
    it(`lose, double and reorder nothing (seed ${seed})`, async () => {
      const chance = new Chance(seed);
      const hub = new ScriptedHub(seed);
      const proxy = new CuttingProxy(await hub.port(), seed);
      const applied: unknown[] = [];
      const client = connect(`ws://127.0.0.1:${await proxy.listen()}/ws`, { WebSocket, queue: { messages: 1_000 } });
      const all = new Promise<void>((resolve) => {
        client.on('note', (number) => applied.push(number) === NOTES && resolve());
      });
      await opened(client);
      proxy.isCutting = true;
      proxy.cutAll();

      const [, answers] = await Promise.all([sendNotes(hub, chance), sendRequests(client, chance)]);
      proxy.isCutting = false;
      await all;
      await client.request('count', 'the end: nothing of before can come behind its answer');
      client.close();
      await proxy.close();
      await hub.close();

      assert.deepEqual(applied, upTo(NOTES));
      assert.deepEqual(answers, upTo(REQUESTS));
      assert.deepEqual(hub.handled.slice(0, -1), upTo(REQUESTS));
      assert.deepEqual(hub.offences, []);
      assert.equal(hub.sessions, 1);
      assert.ok(proxy.cuts > 50 && proxy.stalls > 0, `${proxy.cuts} cuts, ${proxy.stalls} stalls`);
    });
  }
});

describe('A real socket', () => {
  it('that is refused is tried again', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', verifyClient: () => false });
    await once(server, 'listening');
    const client = connect(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, { WebSocket, random: () => 1 });
    const [state] = await new Promise<unknown[]>((resolve) => client.once('hub/state', (...all) => resolve(all)));
    client.close();
    server.close();
    assert.deepEqual(state, { name: 'waiting', delayMs: 500, code: 1006, reason: '' });
  });

  it('that is closed while it connects is quiet', async () => {
    const hub = new ScriptedHub(1);
    const address = `ws://127.0.0.1:${await hub.port()}/`;
    let client: HubClient | undefined;
    const Closed = class extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        queueMicrotask(() => client?.close());
      }
    };
    client = connect(address, { WebSocket: Closed });
    const other = connect(address, { WebSocket });
    await opened(other);
    other.close();
    await hub.close();
    assert.equal(client.state.name, 'closed');
    assert.equal(hub.sessions, 1);
  });
});
