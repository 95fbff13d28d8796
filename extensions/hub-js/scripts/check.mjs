// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// Fails when what is committed in dist is not what the sources give, or when Maven and npm do not agree on the version.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, filesIn, root } from './bundle.mjs';

const read = (name) => readFileSync(join(root, name), 'utf8');
const versions = [JSON.parse(read('package.json')).version, /<version>(.*?)<\/version>/.exec(read('pom.xml'))?.[1]];
if (versions[0] !== versions[1]) {
  console.error(`package.json says ${versions[0]}, pom.xml ${versions[1]}`);
  process.exitCode = 1;
}

const fresh = join(root, 'target', 'dist');
console.log(await bundle(fresh));
const expected = filesIn(fresh);
const committed = filesIn(join(root, 'dist'));
const names = new Set([...expected.keys(), ...committed.keys()]);
const different = [...names].filter((name) => expected.get(name) !== committed.get(name));
if (different.length > 0) {
  console.error(`dist is not what a build gives, run "npm run build": ${different.join(' ')}`);
  process.exitCode = 1;
}
