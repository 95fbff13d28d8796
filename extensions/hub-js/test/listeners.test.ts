// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { Listeners, reportGlobally } from '../src/listeners.js';

function setUp() {
  const heard: unknown[] = [];
  const reported: unknown[] = [];
  const listeners = new Listeners((error) => reported.push(error));
  const hear = (data: unknown) => heard.push(data);
  return { heard, reported, listeners, hear };
}

describe('Listeners', () => {
  it('hear their event in the order in which they were added', () => {
    const { heard, listeners } = setUp();
    listeners.add('a', () => heard.push('first'), false);
    listeners.add('a', () => heard.push('second'), false);
    listeners.add('b', () => heard.push('other'), false);
    listeners.emit('a');
    assert.deepEqual(heard, ['first', 'second']);
  });

  it('hear once what they want to hear once', () => {
    const { heard, hear, listeners } = setUp();
    listeners.add('a', hear, true);
    listeners.emit('a', 1);
    listeners.emit('a', 2);
    assert.deepEqual(heard, [1]);
  });

  it('hear once what they were added for twice', () => {
    const { heard, hear, listeners } = setUp();
    listeners.add('a', hear, false);
    listeners.add('a', hear, false);
    listeners.emit('a', 1);
    assert.deepEqual(heard, [1]);
  });

  it('end one by one, all together, and by what adding returned', () => {
    const { heard, hear, listeners } = setUp();
    const end = listeners.add('a', hear, false);
    listeners.add('a', () => heard.push('other'), false);
    end();
    listeners.emit('a', 1);
    assert.deepEqual(heard, ['other']);
    listeners.remove('a');
    listeners.remove('never-heard-of', hear);
    listeners.emit('a', 2);
    assert.deepEqual(heard, ['other']);
  });

  it('are not called when another one removed them before their turn', () => {
    const { heard, hear, listeners } = setUp();
    listeners.add('a', () => listeners.remove('a', hear), false);
    listeners.add('a', hear, false);
    listeners.emit('a', 1);
    assert.deepEqual(heard, []);
  });

  it('do not hear what was under way when they were added', () => {
    const { heard, hear, listeners } = setUp();
    listeners.add('a', () => listeners.add('a', hear, false), false);
    listeners.emit('a', 1);
    assert.deepEqual(heard, []);
  });

  it('may be asynchronous, and what becomes of them is reported', async () => {
    const { hear, heard, listeners, reported } = setUp();
    listeners.add('a', async () => Promise.reject(new Error('later')), false);
    listeners.add('a', () => ({ get then() { throw new Error('no promise'); } }), false);
    listeners.add('a', hear, false);
    listeners.emit('a', 1);
    await new Promise(setImmediate);
    assert.deepEqual(heard, [1]);
    assert.deepEqual(reported.map((error) => (error as Error).message), ['no promise', 'later']);
  });

  it('may listen for names that every object has', () => {
    const { hear, heard, listeners } = setUp();
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
    names.forEach((name) => listeners.emit(name, 'before'));
    names.forEach((name) => listeners.add(name, hear, false));
    names.forEach((name) => listeners.emit(name, name));
    assert.deepEqual(heard, names);
    assert.equal(({} as any).emit, undefined);
  });

  it('do not disturb each other when one throws', () => {
    const { heard, hear, reported, listeners } = setUp();
    const error = new Error('mine');
    listeners.add('a', () => { throw error; }, false);
    listeners.add('a', hear, false);
    listeners.emit('a', 1);
    assert.deepEqual(heard, [1]);
    assert.deepEqual(reported, [error]);
  });
});

describe('What a listener throws', () => {
  const original = console.error;
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'reportError');
    console.error = original;
  });

  it('is seen where uncaught errors are, or on the console where there is no such place', () => {
    const seen: unknown[] = [];
    console.error = (error) => seen.push(['console', error]);
    reportGlobally(1);
    Object.assign(globalThis, { reportError: (error: unknown) => seen.push(['global', error]) });
    reportGlobally(2);
    assert.deepEqual(seen, [['console', 1], ['global', 2]]);
  });
});
