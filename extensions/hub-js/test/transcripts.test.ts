// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Transcript } from './transcripts/replay.js';
import { Replay } from './transcripts/replay.js';

/** The tests run in the folder of the package. */
const FOLDER = join(process.cwd(), '..', '..', 'docs', 'protocol', 'transcripts');

function read(name: string): Transcript {
  return JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Transcript;
}

describe('The golden transcripts, replayed against the client', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  const transcripts = files.map((name) => ({ name, ...read(name) }));
  const ours = transcripts.filter(({ against, profile }) => against.includes('client') && profile === 'hubwire.v1');

  it('there are some', () => assert.ok(ours.length > 0));

  for (const transcript of ours) {
    it(`${transcript.name}: ${transcript.title}`, () => new Replay().play(transcript));
  }
});
