// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { connect } from '../../src/index.js';
import type { HubClient, HubEvents, HubOptions, Message, State } from '../../src/index.js';
import type { Page } from '../../src/page.js';
import type { FakeSocket } from './fake-socket.js';
import { FakeNetwork } from './fake-socket.js';
import { settled, VirtualClock } from './virtual-clock.js';

/** What a hub answers to a hello when nothing else is said. */
export const HELLO = {
  client: 'public-1',
  session: 'secret-1',
  resumed: false,
  seq: 0,
  reason: 'none',
  user: { id: '42', name: 'Ann' },
  heartbeat: { intervalMs: 25_000, timeoutMs: 10_000 },
  reconnect: { minMs: 500, maxMs: 20_000 },
  resumeWindow: { ttlMs: 120_000, messages: 256, bytes: 262_144 },
  limits: { messageBytes: 65_536 },
};

export const RESUMED = { ...HELLO, session: 'secret-2', resumed: true, reason: undefined };

/** A client on virtual time whose hub is the test. */
export class World {
  readonly clock = new VirtualClock();
  readonly network = new FakeNetwork();
  readonly reported: unknown[] = [];
  readonly seen: unknown[] = [];
  readonly states: State[] = [];
  readonly messages: Message[] = [];
  readonly client: HubClient;
  /** What the random source says next. */
  random = 0.5;
  #wakers = new Set<() => void>();

  constructor(options: HubOptions = {}) {
    const page: Page = {
      onWake: (wake) => {
        this.#wakers.add(wake);
        return () => this.#wakers.delete(wake);
      },
    };
    this.client = connect('ws://hub.test/ws', {
      clock: this.clock,
      random: () => this.random,
      WebSocket: this.network.WebSocket,
      page,
      report: (error) => this.reported.push(error),
      token: () => 'token-1',
      ...options,
    });
    this.client.on('hub/state', (state) => this.states.push(state));
    this.client.on('*', (message) => this.messages.push(message));
  }

  get socket(): FakeSocket {
    return this.network.last;
  }

  get wakers(): number {
    return this.#wakers.size;
  }

  /** Keeps what the client tells of this event in `seen`. */
  note(event: keyof HubEvents): void {
    this.client.on(event, (data) => this.seen.push(data));
  }

  /** The current attempt reaches the hub; returns the client's hello. */
  async reach(): Promise<unknown> {
    await settled();
    this.socket.open();
    return this.socket.take();
  }

  /** Reaches the hub, and the hub answers the hello. */
  async open(answer: object = HELLO): Promise<FakeSocket> {
    await this.reach();
    this.answerHello(answer);
    await settled();
    return this.socket;
  }

  answerHello(answer: object = HELLO): void {
    this.socket.receive({ event: 'hub/hello', data: answer, code: 0, timestamp: 1 });
  }

  /** The connection breaks, and the client comes back. */
  async comeBack(answer: object = RESUMED): Promise<FakeSocket> {
    this.socket.end(1006);
    return this.openAgain(answer);
  }

  async openAgain(answer: object = RESUMED): Promise<FakeSocket> {
    await this.nextAttempt();
    return this.open(answer);
  }

  /** Lets time pass until the client makes another socket. */
  async nextAttempt(): Promise<void> {
    const before = this.network.sockets.length;
    for (let waited = 0; this.network.sockets.length === before && waited < 240; waited++) {
      await this.clock.advance(500);
    }
  }

  /** The page is seen again, or the network came or went. */
  async wake(): Promise<void> {
    this.#wakers.forEach((wake) => wake());
    await settled();
  }
}

export function event(name: string, data?: unknown, more: object = {}): object {
  return { event: name, data, code: 0, timestamp: 1, ...more };
}

/** How a promise ends, to be looked at when it has. */
export interface Followed {
  end: 'pending' | 'fulfilled' | 'rejected';
  /** The value, or what it failed with. */
  result?: any;
}

export function follow(promise: Promise<unknown>): Followed {
  const followed: Followed = { end: 'pending' };
  promise.then(
    (result) => Object.assign(followed, { end: 'fulfilled', result }),
    (result) => Object.assign(followed, { end: 'rejected', result }),
  );
  return followed;
}

/** Numbered messages of one event, as one frame: `note` with the number as its data. */
export function notes(from: number, to: number): unknown[] {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return [from, ...numbers.map((number) => event('note', number))];
}
