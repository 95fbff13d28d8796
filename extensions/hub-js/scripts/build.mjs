// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { join } from 'node:path';
import { bundle, root } from './bundle.mjs';

console.log(await bundle(join(root, 'dist')));
