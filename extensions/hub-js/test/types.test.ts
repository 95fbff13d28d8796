// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer, HubClient, Payload } from '../src/index.js';
import { connect } from '../src/index.js';
import { FakeNetwork } from './fakes/fake-socket.js';
import { VirtualClock } from './fakes/virtual-clock.js';

interface ServerEvents {
  'chat/said': { from: string; text: string };
  pong: undefined;
  invite: (room: string) => boolean;
}

interface ClientEvents {
  'chat/say': { text: string };
  ping: undefined;
  'order/create': (order: { item: string }) => { id: number };
  'order/list': () => number[];
}

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** What the compiler accepts and refuses; it never runs. */
export async function compiles(client: HubClient<ServerEvents, ClientEvents>): Promise<void> {
  client.on('chat/said', ({ from, text }, message) => [from.length, text.length, message.data.text]);
  client.on('hub/gap', ({ from, to }) => from + to);
  client.on('*', ({ event }) => event.length);
  client.send('chat/say', { text: 'hello' });
  client.send('ping');
  client.answer('invite', (room) => room.length > 0);
  client.answer('invite', async () => true);
  const { id } = await client.request('order/create', { item: 'tea' }, { timeout: 1_000 });
  const list = await client.request('order/list');
  list.push(id);

  // @ts-expect-error: no such event
  client.on('chat/sad', () => {});
  // @ts-expect-error: no such field
  client.on('chat/said', ({ txt }) => txt);
  // @ts-expect-error: the payload is missing
  client.send('chat/say');
  // @ts-expect-error: another payload
  client.send('chat/say', 'hello');
  // @ts-expect-error: an event of the other side
  client.send('chat/said', { from: 'a', text: 'b' });
  // @ts-expect-error: another answer
  client.answer('invite', () => 'yes');
  // @ts-expect-error: another payload
  await client.request('order/create', { article: 'tea' });
}

/** Without maps everything goes, and answers are unknown. */
export async function untyped(client: HubClient): Promise<unknown> {
  client.on('any', (data) => data.x);
  client.send('any', { x: 1 });
  client.answer('any', (data) => data);
  return client.request('any', { x: 1 });
}

const payloads: [
  Same<Payload<{ a: 1 }>, { a: 1 }>,
  Same<Payload<(order: string) => number>, string>,
  Same<Payload<() => number>, undefined>,
  Same<Answer<(order: string) => Promise<number>>, number>,
  Same<Answer<{ a: 1 }>, unknown>,
] = [true, true, true, true, true];

describe('Typed event maps', () => {
  it('give payloads and answers their types', () => assert.ok(payloads.every(Boolean)));

  it('are the type of what connect returns', () => {
    const options = { WebSocket: new FakeNetwork().WebSocket, clock: new VirtualClock() };
    const client: HubClient<ServerEvents, ClientEvents> = connect('ws://hub.test/', options);
    client.close();
    assert.equal(client.state.name, 'closed');
  });
});
