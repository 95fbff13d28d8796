// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { connect, HubError } from '../../src/index.js';
import type { HubClient } from '../../src/index.js';
import { Chance } from './chance.js';
import { FakeNetwork } from './fake-socket.js';
import type { SimulatedSession } from './simulated-hub.js';
import { SimulatedHub } from './simulated-hub.js';
import { settled, VirtualClock } from './virtual-clock.js';

const STEPS = 150;
const GROUPS = ['a', 'b', 'c'];
const CODES = [1001, 1006, 1006, 1006, 4100, 4104, 4200, 4202, 4204];

/** What the application has seen of one session. */
interface History {
  notes: string[];
  missing: Set<number>;
}

/** One client and one hub through a few minutes of everything that can happen, and the check of what was promised. */
export class Simulation {
  #chance: Chance;
  #clock = new VirtualClock();
  #network = new FakeNetwork();
  #hub: SimulatedHub;
  #client: HubClient;
  #histories: History[] = [];
  #requests = new Map<number, unknown>();
  #number = 0;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.#hub = new SimulatedHub(this.#network, this.#chance);
    this.#client = connect('ws://hub.test/', {
      clock: this.#clock,
      random: () => this.#chance.next(),
      WebSocket: this.#network.WebSocket,
      page: { onWake: () => () => {} },
      report: (error) => assert.fail(`${error}`),
    });
    this.#client.on('note', (data) => this.#histories.at(-1)?.notes.push(data));
    this.#client.on('hub/session', () => this.#histories.push({ notes: [], missing: new Set() }));
    this.#client.on('hub/gap', ({ from, to }) => {
      for (let number = from; number <= to; number++) {
        this.#histories.at(-1)?.missing.add(number);
      }
    });
    this.#client.answer('invite', async (data) => data);
  }

  async run(): Promise<void> {
    for (let step = 0; step < STEPS; step++) {
      this.#act();
      await this.#pass(this.#chance.oneIn(10) ? 15_000 : this.#chance.between(0, 400));
    }
    this.#hub.heal();
    await this.#pass(120_000);
    this.#check();
    this.#client.close();
    assert.equal(this.#clock.timers, 0);
  }

  async #pass(ms: number): Promise<void> {
    for (let left = ms; left >= 0; left -= 100) {
      await this.#clock.advance(Math.min(100, left));
      this.#hub.pump();
      await settled();
    }
  }

  #act(): void {
    const group = GROUPS[this.#chance.between(0, GROUPS.length - 1)] ?? 'a';
    const acts: [number, () => void][] = [
      [30, () => this.#burst(() => this.#hub.send('note'))],
      [6, () => this.#burst(() => this.#hub.send('note', {}, true))],
      [6, () => this.#hub.sendVolatile()],
      [4, () => this.#hub.send('invite', { ask: `s-${++this.#number}` })],
      [20, () => this.#burst(() => this.#request())],
      [6, () => this.#burst(() => this.#client.send('say', ++this.#number))],
      [6, () => void this.#client.join(group).catch(() => {})],
      [4, () => void this.#client.leave(group).catch(() => {})],
      [4, () => this.#hub.takeOut(group)],
      [10, () => this.#hub.cut(CODES[this.#chance.between(0, CODES.length - 1)] ?? 1006)],
      [4, () => this.#hub.mute()],
      [2, () => this.#hub.lose()],
    ];
    let pick = this.#chance.between(0, acts.reduce((sum, [weight]) => sum + weight, 0) - 1);
    acts.find(([weight]) => (pick -= weight) < 0)?.[1]();
  }

  #burst(act: () => void): void {
    for (let count = this.#chance.between(1, 4); count > 0; count--) {
      act();
    }
  }

  #request(): void {
    const number = ++this.#number;
    this.#requests.set(number, 'open');
    const ended = (end: unknown) => this.#requests.set(number, end);
    this.#client.request('count', number).then(ended, ended);
  }

  #check(): void {
    assert.equal(this.#client.state.name, 'open');
    assert.equal(this.#hub.session?.link?.isBroken, false);
    const seen = this.#hub.sessions.slice(-1).concat(this.#hub.sessions.filter((session) => this.#seenOf(session)));
    new Set(seen).forEach((session) => this.#checkSession(session));
    this.#checkRequests();
    const { answered, said } = this.#hub;
    assert.deepEqual(said, [...new Set(said)].sort((a, b) => a - b), 'events in order, at most once');
    assert.equal(new Set(answered).size, answered.length, 'a question was answered twice');
    assert.deepEqual([...(this.#hub.session?.groups ?? [])].sort(), [...this.#client.groups].sort());
  }

  /** The histories are of the sessions whose first answer arrived; the data of the notes says which. */
  #seenOf({ name }: SimulatedSession): History | undefined {
    return this.#histories.find(({ notes }) => notes[0]?.startsWith(`${name}:`));
  }

  #checkSession(session: SimulatedSession): void {
    const isLast = session === this.#hub.session;
    const { missing, notes } = (isLast ? this.#histories.at(-1) : this.#seenOf(session)) ?? assert.fail('no history');
    const numbers = notes.map((data) => Number(data.split(':')[1]));
    const position = isLast ? session.entries.length : (numbers.at(-1) ?? 0);
    const until = session.entries.slice(0, position).map((entry, index) => ({ ...entry, number: index + 1 }));
    const expected = until.filter(({ envelope, isDropped }) => envelope.event === 'note' && !isDropped);
    assert.deepEqual(notes, expected.map(({ envelope }) => envelope.data), 'every note, once, in order');
    const dropped = until.filter(({ isDropped }) => isDropped).map(({ number }) => number);
    const told = [...missing].filter((number) => number <= position).sort((a, b) => a - b);
    assert.deepEqual(told, dropped, 'every dropped message was told, and no other');
  }

  #checkRequests(): void {
    const { handled } = this.#hub;
    assert.equal(new Set(handled).size, handled.length, 'a request ran twice');
    for (const [number, end] of this.#requests) {
      if (end instanceof HubError) {
        assert.ok(['timeout', 'outcome-unknown', 'queue-full'].includes(String(end.code)), String(end.code));
      } else {
        assert.equal(end, number);
        assert.ok(handled.includes(number), `request ${number} was answered and never ran`);
      }
    }
  }
}
