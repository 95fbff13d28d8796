// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HubError } from '../src/index.js';
import { follow, HELLO, World } from './fakes/world.js';
import { settled } from './fakes/virtual-clock.js';

function failsWith(code: string): (error: unknown) => boolean {
  return (error) => error instanceof HubError && error.code === code;
}

describe('What is sent without a connection', () => {
  it('waits and goes out in order, events and requests alike', async () => {
    const world = new World();
    world.client.send('a', 1);
    void world.client.request('b', 2);
    world.client.send('c', 3);
    const socket = await world.open();
    assert.deepEqual(socket.takeAll(), [
      { event: 'a', data: 1 },
      { event: 'b', data: 2, id: 'c-1' },
      { event: 'c', data: 3 },
    ]);
  });

  it('is refused beyond 64 messages', async () => {
    const world = new World();
    for (let i = 0; i < 64; i++) {
      world.client.send('a', i);
    }
    assert.throws(() => world.client.send('a', 64), failsWith('queue-full'));
    await assert.rejects(world.client.request('a', 65), failsWith('queue-full'));
    const socket = await world.open();
    assert.deepEqual(socket.takeAll().map(({ data }) => data), Array.from({ length: 64 }, (_, i) => i));
    world.client.send('a', 66);
    assert.equal(socket.take()?.data, 66);
  });

  it('is refused beyond its bytes, with the numbers and the setting in the message', () => {
    const world = new World({ queue: { bytes: 100 } });
    world.client.send('a', 'x'.repeat(70));
    assert.throws(() => world.client.send('a', 'ä'.repeat(20)), {
      message: '1 messages with 93 bytes wait for a connection, 64 and 100 may (queue)',
    });
  });

  it('makes room for as many bytes as have gone', async () => {
    const text = 'x'.repeat(77); // 100 bytes on the wire
    const world = new World({ queue: { bytes: 200 } });
    const abort = new AbortController();
    void follow(world.client.request('a', text.slice(11), { signal: abort.signal }));
    world.client.send('a', text);
    await settled();
    assert.throws(() => world.client.send('b'), failsWith('queue-full'));
    abort.abort();
    await settled();
    world.client.send('a', text);
    const socket = await world.open();
    assert.equal(socket.takeAll().length, 2);
    socket.end(1006);
    world.client.send('a', text);
    world.client.send('a', text);
    assert.throws(() => world.client.send('b'), failsWith('queue-full'));
  });

  it('makes room when a request is given up', async () => {
    const world = new World({ queue: { messages: 1 } });
    const abort = new AbortController();
    const request = follow(world.client.request('a', 1, { signal: abort.signal }));
    await settled();
    abort.abort();
    world.client.send('b');
    await settled();
    assert.equal(request.end, 'rejected');
    const socket = await world.open();
    assert.deepEqual(socket.takeAll(), [{ event: 'b' }]);
  });

  it('waits too while a socket closes, instead of being thrown away by it', async () => {
    const world = new World();
    await world.open();
    world.socket.beginClose();
    world.client.send('a', 1);
    world.client.send('a', 2);
    const socket = await world.comeBack();
    assert.deepEqual(socket.takeAll().map(({ data }) => data), [1, 2]);
  });
});

describe('A client that is closed because of what it could not send', () => {
  it('stays closed', async () => {
    const world = new World();
    world.client.on('hub/error', () => world.client.close());
    world.client.send('large', 'x'.repeat(100));
    world.client.send('small');
    await world.open({ ...HELLO, limits: { messageBytes: 100 } });
    assert.equal(world.client.state.name, 'closed');
    assert.deepEqual(world.states.map(({ name }) => name), ['closed']);
    assert.deepEqual(world.socket.sent, []);
  });
});

describe('What is sent on a connection', () => {
  it('is refused while too much waits in the socket', async () => {
    const world = new World();
    await world.open();
    world.socket.bufferedAmount = 262_144;
    assert.throws(() => world.client.send('a'), failsWith('queue-full'));
    world.socket.bufferedAmount = 262_143;
    assert.doesNotThrow(() => world.client.send('a'));
  });

  it('is refused when it is larger than the hub takes', async () => {
    const world = new World();
    await world.open({ ...HELLO, limits: { messageBytes: 100 } });
    assert.throws(() => world.client.send('a', 'x'.repeat(100)), failsWith('too-big'));
    await assert.rejects(world.client.request('a', 'x'.repeat(100)), failsWith('too-big'));
    assert.deepEqual(world.socket.sent, []);
    world.client.send('a', 'x'.repeat(77)); // 100 bytes on the wire
    assert.equal(world.socket.takeAll().length, 1);
  });

  it('is refused late when it waited for a hub that does not take it, and what is behind it goes on', async () => {
    const world = new World();
    world.note('hub/error');
    world.client.send('large', 'x'.repeat(100));
    const request = follow(world.client.request('large', 'x'.repeat(100)));
    world.client.send('small');
    const socket = await world.open({ ...HELLO, limits: { messageBytes: 100 } });
    assert.deepEqual(socket.takeAll(), [{ event: 'small' }]);
    assert.deepEqual(world.seen.map((error: any) => error.code), ['too-big']);
    assert.equal(request.result?.code, 'too-big');
  });

  it('must have a name that the hub takes', () => {
    const world = new World();
    assert.throws(() => world.client.send('hub/ack', { seq: 9 }), TypeError);
    assert.throws(() => world.client.send('a b'), TypeError);
  });

  it('leaves out data that there is none of', async () => {
    const world = new World();
    await world.open();
    world.client.send('a');
    world.client.send('b', null);
    assert.deepEqual(world.socket.sent, ['{"event":"a"}', '{"event":"b","data":null}']);
  });
});
