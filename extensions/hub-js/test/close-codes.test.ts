// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Advice } from '../src/close-codes.js';
import { adviceOf } from '../src/close-codes.js';

const TABLE: Record<Advice, number[]> = {
  stop: [
    1000, 1002, 1003, 1007, 1008, 1009, 1010, 4000, 4001, 4003, 4004, 4005, 4006, 4008, 4010, 4099, 4500, 4750, 4999,
  ],
  'back-off': [
    1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015, 3000, 3999, 4100, 4101, 4102, 4103, 4104, 4105, 4199, 4400, 4499,
  ],
  now: [4200, 4201, 4202, 4203, 4204, 4299],
  credentials: [4300, 4301, 4399],
};

describe('The range of a close code is the verdict', () => {
  for (const [advice, codes] of Object.entries(TABLE)) {
    for (const code of codes) {
      it(`${code}: ${advice}`, () => assert.equal(adviceOf(code), advice));
    }
  }
});
