// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { describe, it } from 'node:test';
import { Simulation } from './fakes/simulation.js';

const SEEDS = 60;

describe('A client whose hub and network do everything that can happen', () => {
  it(`keeps what it promises, ${SEEDS} times`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      try {
        await new Simulation(seed).run();
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
  });
});
