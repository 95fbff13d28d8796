// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Numbering, Session } from '../src/session.js';

function at(position: number): Session {
  const session = new Session();
  session.begin('secret', position);
  return session;
}

describe('A session', () => {
  it('claims nothing before the hub gave it a secret', () => assert.equal(new Session().claim(), undefined));

  it('claims with its secret and its own position', () => {
    const session = at(0);
    session.accept(1);
    assert.deepEqual(session.claim(), { session: 'secret', seq: 1 });
  });

  it('takes a new secret with each resume and keeps its position', () => {
    const session = at(7);
    session.resume('new');
    assert.deepEqual(session.claim(), { session: 'new', seq: 7 });
  });

  it('claims nothing once it is forgotten', () => {
    const session = at(7);
    session.forget();
    assert.equal(session.claim(), undefined);
  });

  it('applies the next number', () => {
    const session = at(4);
    assert.equal(session.accept(5), 'apply');
    assert.equal(session.last, 5);
  });

  it('ignores numbers up to the last', () => {
    const session = at(4);
    assert.equal(session.accept(4), 'ignore');
    assert.equal(session.accept(1), 'ignore');
    assert.equal(session.last, 4);
  });

  it('sees a hole and stays where it is', () => {
    const session = at(4);
    assert.equal(session.accept(6), 'hole');
    assert.equal(session.last, 4);
  });

  it('goes on behind a gap', () => {
    const session = at(57);
    assert.equal(session.skip(58, 90), 'apply');
    assert.equal(session.accept(91), 'apply');
  });

  it('goes on behind a gap of which it has a part', () => {
    const session = at(60);
    assert.equal(session.skip(58, 90), 'apply');
    assert.equal(session.last, 90);
  });

  it('ignores a gap that it knows', () => {
    const session = at(90);
    assert.equal(session.skip(58, 90), 'ignore');
    assert.equal(session.last, 90);
  });

  it('sees a hole in front of a gap', () => {
    const session = at(55);
    assert.equal(session.skip(58, 90), 'hole');
    assert.equal(session.last, 55);
  });
});

describe('The numbering of a frame', () => {
  it('gives a number to counted envelopes only', () => {
    const numbering = new Numbering(42);
    const numbers = [{ event: 'a' }, { event: 'a', volatile: true }, { event: 'hub/left' }, { event: 'b' }];
    assert.deepEqual(numbers.map((envelope) => numbering.next(envelope)), [42, undefined, undefined, 43]);
  });

  it('gives none in a frame without a number', () => {
    assert.equal(new Numbering(undefined).next({ event: 'a' }), undefined);
  });
});
