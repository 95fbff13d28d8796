// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

const LICENCE = '/*! SPDX-FileCopyrightText: The Hubwire Authors | SPDX-License-Identifier: Apache-2.0 */';
const GZIPPED_LIMIT = 8 * 1024;

/**
 * Writes everything that is shipped into a folder: readable and minified ESM, source maps, types. Fails when it is too
 * large.
 */
export async function bundle(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await buildModule(join(folder, 'hubwire.js'), false);
  await buildModule(join(folder, 'hubwire.min.js'), true);
  writeTypes(join(folder, 'types'));
  return checkSize(join(folder, 'hubwire.min.js'));
}

/** Runs the TypeScript compiler of this package. */
export function compile(...options) {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const project = join(root, 'tsconfig.json');
  execFileSync(process.execPath, [compiler, '--project', project, ...options], { stdio: 'inherit' });
}

/** Whatever the folder, the source map names the sources as seen from dist. */
async function buildModule(file, minify) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/index.ts'],
    outfile: join('dist', basename(file)),
    write: false,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    sourcemap: minify && 'linked',
    minify,
    banner: { js: LICENCE },
    logLevel: 'warning',
  });
  for (const output of outputFiles) {
    writeFileSync(join(dirname(file), basename(output.path)), output.contents);
  }
}

/** The declarations that the public ones name, and no others. */
function writeTypes(folder) {
  const all = join(root, 'target', 'types');
  rmSync(all, { recursive: true, force: true });
  compile('--emitDeclarationOnly', '--declarationMap', 'false', '--outDir', all);
  mkdirSync(folder, { recursive: true });
  const wanted = ['index'];
  for (const name of wanted) {
    const text = readFileSync(join(all, 'src', `${name}.d.ts`), 'utf8');
    writeFileSync(join(folder, `${name}.d.ts`), text);
    const named = [...text.matchAll(/from '\.\/([\w-]+)\.js'/g)].map((match) => match[1]);
    wanted.push(...named.filter((other) => !wanted.includes(other)));
  }
}

function checkSize(file) {
  const minified = readFileSync(file);
  const gzipped = gzipSync(minified, { level: 9 }).length;
  const readable = readFileSync(file.replace('.min', '')).length;
  const sizes = `${readable} bytes, ${minified.length} minified, ${gzipped} gzipped (limit ${GZIPPED_LIMIT})`;
  if (gzipped > GZIPPED_LIMIT) {
    throw new Error(`The bundle is too large: ${sizes}`);
  }
  return sizes;
}

/** The files below a folder with their texts, by path. */
export function filesIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((file) => {
      const path = join(file.parentPath ?? file.path, file.name);
      return [path.slice(folder.length), readFileSync(path, 'utf8')];
    }),
  );
}
