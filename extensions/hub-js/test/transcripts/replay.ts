// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { FakeNetwork } from '../fakes/fake-socket.js';
import { settled, VirtualClock } from '../fakes/virtual-clock.js';
import type { Command } from './application.js';
import { Application } from './application.js';
import { HubSide } from './hub-side.js';
import { Values } from './values.js';

export interface Transcript {
  title: string;
  profile: string;
  against: string[];
  steps: Step[];
}

export type Step = Record<string, unknown> & {
  against?: string;
  on?: number;
  lost?: boolean;
  withinMs?: number;
  notBeforeMs?: number;
};

const SLICE_MS = 50;
/** What a hub does by itself, and what only a hub can be asked for. */
const NOT_FOR_CLIENTS = ['stall', 'flow', 'application', 'handled'];

/** Plays the hub of a transcript against the client. */
export class Replay {
  #clock = new VirtualClock();
  #network = new FakeNetwork();
  #values = new Values();
  #application: Application;
  #hubSides = new Map<number, HubSide>();
  /** The sockets that were looked at. */
  #sockets = 0;
  /** When the step before began to be over. */
  #since = 0;

  constructor() {
    this.#application = new Application({
      clock: this.#clock,
      WebSocket: this.#network.WebSocket,
      page: { onWake: () => () => {} },
      report: (error) => assert.fail(`a listener threw ${error}`),
    });
  }

  async play({ steps }: Transcript): Promise<void> {
    try {
      for (const step of steps.filter(({ against = 'client' }) => against === 'client')) {
        await this.#step(step);
        await this.#pass(0);
        this.#since = this.#clock.now();
      }
      this.#checkEnd();
    } finally {
      this.#application.close();
    }
  }

  async #step(step: Step): Promise<void> {
    if ('open' in step) {
      await this.#open(Number(step['open']), step);
    } else if ('client' in step) {
      await this.#expectFromClient(step);
    } else if ('hub' in step) {
      this.#sendFromHub(step);
    } else if ('close' in step) {
      this.#close(step);
    } else if ('cut' in step) {
      this.#side(step['cut']).cut((step['noticedBy'] as string[]).includes('client'));
    } else if ('advance' in step) {
      await this.#pass(Number(step['advance']));
    } else if ('network' in step) {
      this.#network.isDown = step['network'] === 'down';
    } else if ('clientApplication' in step) {
      this.#application.obey(step as unknown as Command);
    } else if ('seen' in step) {
      this.#checkSeen(step['seen'] as object[]);
    } else {
      assert.ok(NOT_FOR_CLIENTS.some((kind) => kind in step), `unknown step ${JSON.stringify(step)}`);
    }
  }

  async #open(number: number, { notBeforeMs = 0, withinMs = 30_000 }: Step): Promise<void> {
    while (this.#network.sockets.length <= this.#sockets) {
      assert.ok(this.#clock.now() - this.#since <= withinMs, `no connection ${number} within ${withinMs} ms`);
      await this.#pass(SLICE_MS);
    }
    assert.ok(this.#clock.now() - this.#since >= notBeforeMs, `connection ${number} came too early`);
    const socket = this.#network.sockets[this.#sockets++];
    assert.ok(socket !== undefined);
    this.#hubSides.set(number, new HubSide(socket, `connection ${number}`));
    socket.open();
  }

  async #expectFromClient(step: Step): Promise<void> {
    const expected = step['client'];
    const side = this.#side(step.on);
    for (const envelope of Array.isArray(expected) ? expected : [expected]) {
      const actual = side.next(envelope.event === 'hub/ack');
      assert.ok(actual !== undefined, `nothing has come on ${side.name}, expected ${JSON.stringify(envelope)}`);
      this.#values.expect(envelope, actual, side.name);
    }
  }

  #sendFromHub({ hub, lost, on }: Step): void {
    const frame = this.#values.toSend(hub);
    if (!lost) {
      this.#side(on).send(frame);
    }
  }

  #close({ by, close, on }: Step): void {
    const side = this.#side(on);
    if (by === 'hub') {
      side.close(Number(close));
    } else {
      side.expectClose(Number(close));
    }
  }

  #checkSeen(expected: object[]): void {
    const { inOrder, answers } = this.#application.takeSeen();
    const isAnswer = (fact: object) => 'answer' in fact || 'left' in fact;
    assert.deepEqual(inOrder, expected.filter((fact) => !isAnswer(fact)));
    const sorted = (facts: object[]) => facts.map((fact) => JSON.stringify(fact)).sort();
    assert.deepEqual(sorted(answers), sorted(expected.filter(isAnswer)));
  }

  #checkEnd(): void {
    this.#hubSides.forEach((side) => side.expectNothingMore());
    assert.equal(this.#network.sockets.length, this.#sockets, 'the client made another connection');
    assert.deepEqual(this.#application.takeSeen(), { inOrder: [], answers: [] });
  }

  /** Lets time pass; pings are answered, and attempts while the network is down are nobody's. */
  async #pass(ms: number): Promise<void> {
    const end = this.#clock.now() + ms;
    do {
      await this.#clock.advance(Math.min(SLICE_MS, end - this.#clock.now()));
      this.#hubSides.forEach((side) => side.answerPings());
      await settled();
      if (this.#network.isDown) {
        this.#sockets = this.#network.sockets.length;
      }
    } while (this.#clock.now() < end);
  }

  #side(number: unknown): HubSide {
    const side = this.#hubSides.get(Number(number));
    assert.ok(side !== undefined, `there is no connection ${number}`);
    return side;
  }
}
