// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compile, root } from './bundle.mjs';

rmSync(join(root, 'target', 'js'), { recursive: true, force: true });
compile();
mkdirSync(join(root, 'target', 'node-reports'), { recursive: true });
