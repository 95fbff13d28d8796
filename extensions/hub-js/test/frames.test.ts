// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkEvent, isCounted, parseFrame, sizeOf } from '../src/frames.js';

describe('A frame', () => {
  it('is one envelope', () => {
    assert.deepEqual(parseFrame('{"event":"a"}'), { first: undefined, envelopes: [{ event: 'a' }] });
  });

  it('is a batch of envelopes', () => {
    assert.deepEqual(parseFrame('[{"event":"a"},{"event":"b"}]'), {
      first: undefined,
      envelopes: [{ event: 'a' }, { event: 'b' }],
    });
  });

  it('is a batch that begins with the number of its first counted envelope', () => {
    assert.deepEqual(parseFrame('[42,{"event":"a"}]'), { first: 42, envelopes: [{ event: 'a' }] });
  });

  const others = ['', 'x', '1', 'null', '"a"', '[null]', '[1,2]', '[{"event":"a"},1]', '{"event":1}', '{}', undefined];
  for (const text of others) {
    it(`is not ${JSON.stringify(text)}`, () => assert.throws(() => parseFrame(text)));
  }

  it('counts what is neither volatile nor of the protocol', () => {
    assert.equal(isCounted({ event: 'note' }), true);
    assert.equal(isCounted({ event: 'note', volatile: true }), false);
    assert.equal(isCounted({ event: 'hub/left' }), false);
    assert.equal(isCounted({ event: 'hubs' }), true);
  });

  it('is measured in bytes of UTF-8', () => assert.equal(sizeOf('aä€😀'), 1 + 2 + 3 + 4));
});

describe('The name of an event', () => {
  for (const name of ['a', 'order/create', 'A.b_c-d:9', 'x'.repeat(128)]) {
    it(`may be ${name}`, () => assert.doesNotThrow(() => checkEvent(name)));
  }

  for (const name of ['', 'ä', 'a b', 'hub/ack', '*', 'x'.repeat(129)]) {
    it(`may not be "${name}"`, () => assert.throws(() => checkEvent(name), TypeError));
  }
});
