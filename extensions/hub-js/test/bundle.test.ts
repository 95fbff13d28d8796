// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { WebSocket } from 'ws';
import type * as Hubwire from '../src/index.js';
import { ScriptedHub } from './fakes/scripted-hub.js';

/** The tests run in the folder of the package. */
const DIST = join(process.cwd(), 'dist');

describe('The files that are shipped', () => {
  for (const name of ['hubwire.js', 'hubwire.min.js']) {
    it(`${name} talks to a hub`, async () => {
      const { connect, HubError } = (await import(pathToFileURL(join(DIST, name)).href)) as typeof Hubwire;
      const hub = new ScriptedHub(1);
      const client = connect(`ws://127.0.0.1:${await hub.port()}/`, { WebSocket });
      const answer = await client.request('count', 7);
      client.close();
      await hub.close();
      assert.equal(answer, 7);
      await assert.rejects(client.request('count'), (error) => error instanceof HubError && error.name === 'HubError');
    });

    it(`${name} imports nothing and exports connect and HubError`, async () => {
      const text = readFileSync(join(DIST, name), 'utf8');
      assert.doesNotMatch(text, /\b(import|require)\b/);
      const exported = (await import(pathToFileURL(join(DIST, name)).href)) as object;
      assert.deepEqual(Object.keys(exported).sort(), ['HubError', 'connect']);
    });
  }

  it('are at most 8 KiB when minified and compressed', () => {
    assert.ok(gzipSync(readFileSync(join(DIST, 'hubwire.min.js'))).length <= 8 * 1024);
  });

  it('have types for everything that the types name', () => {
    const index = readFileSync(join(DIST, 'types', 'index.d.ts'), 'utf8');
    const named = [...index.matchAll(/from '\.\/([\w-]+)\.js'/g)].map((match) => `${match[1]}.d.ts`);
    assert.ok(named.length > 3);
    named.forEach((file) => assert.ok(readFileSync(join(DIST, 'types', file), 'utf8').length > 0));
  });
});
