// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import type { Envelope } from '../../src/frames.js';
import type { Chance } from './chance.js';
import type { FakeNetwork, FakeSocket } from './fake-socket.js';

/** What became of one number of a session. */
interface Entry {
  envelope: Envelope;
  isDropped: boolean;
}

/** One session of the hub; its entries have the numbers 1, 2, 3 … */
export interface SimulatedSession {
  readonly name: number;
  readonly entries: Entry[];
  readonly groups: Set<string>;
  /** The number of the last answer to a join. */
  joinAnswered: number;
  /** The last number that the client has said it has applied. */
  applied: number;
  readonly answers: Map<string, Envelope>;
  secrets: string[];
  isLost: boolean;
  written: number;
  sent: number;
  link: SimulatedLink | undefined;
}

/** The hub's end of one socket, and what is wrong with it. */
interface SimulatedLink {
  readonly socket: FakeSocket;
  session: SimulatedSession | undefined;
  /** Nothing passes in either direction, and nobody is told. */
  isMute: boolean;
  /** A frame was lost on it, which only a broken hub or proxy would do. */
  isBroken: boolean;
}

/** A hub on fake sockets whose network does everything that a network can do, and some that it cannot. */
export class SimulatedHub {
  readonly sessions: SimulatedSession[] = [];
  /** The data of each `count` request that ran. */
  readonly handled: unknown[] = [];
  /** The data of each `say` event that arrived. */
  readonly said: number[] = [];
  /** The questions that were answered. */
  readonly answered: string[] = [];
  /** Whether everything works from now on. */
  isHealthy = false;
  #network: FakeNetwork;
  #chance: Chance;
  #links = new Map<FakeSocket, SimulatedLink>();

  constructor(network: FakeNetwork, chance: Chance) {
    this.#network = network;
    this.#chance = chance;
  }

  get session(): SimulatedSession | undefined {
    return this.sessions.at(-1);
  }

  /** Takes what the client has sent, and accepts its new sockets. */
  pump(): void {
    for (const socket of this.#network.sockets) {
      const link = this.#links.get(socket) ?? this.#accept(socket);
      if (socket.closedWith !== undefined) {
        this.#detach(link);
      }
      if (!link.isMute) {
        socket.takeAll().forEach((envelope) => this.#received(link, envelope));
      }
    }
  }

  /** Sends a counted message; `isDropped` when a policy drops it, of which the client is told in its place. */
  send(event: string, more: Partial<Envelope> = {}, isDropped = false): void {
    const { session } = this;
    if (session !== undefined && !session.isLost) {
      const number = session.entries.length + 1;
      const envelope = { event, data: `${session.name}:${number}`, code: 0, timestamp: 1, ...more };
      session.entries.push({ envelope, isDropped });
      this.#drain(session);
    }
  }

  sendVolatile(): void {
    this.#write(this.session?.link, { event: 'cursor', code: 0, timestamp: 1, volatile: true });
  }

  /**
   * Takes the client out of a group; it is told unless it cannot be. Not while it waits for the answer to a join: one
   * that is lost in a cut would seem to come behind this.
   */
  takeOut(group: string): void {
    const { session } = this;
    if (session !== undefined && session.applied >= session.joinAnswered && session.groups.delete(group)) {
      this.#write(session.link, { event: 'hub/left', data: { id: group, reason: 'closed' }, code: 0, timestamp: 1 });
    }
  }

  cut(code: number): void {
    const link = this.session?.link;
    if (link !== undefined) {
      this.#detach(link);
      link.socket.end(code);
    }
  }

  mute(): void {
    const link = this.session?.link;
    if (link !== undefined) {
      link.isMute = true;
    }
  }

  /** The session is over, and the client will learn it when it comes back. */
  lose(): void {
    this.cut(1006);
    if (this.session !== undefined) {
      this.session.isLost = true;
    }
  }

  /** Nothing goes wrong any more, and what has gone wrong comes to light. */
  heal(): void {
    this.isHealthy = true;
    for (const link of this.#links.values()) {
      if (link.isMute || link.isBroken) {
        this.#detach(link);
        link.isMute = true;
        link.socket.end(1006);
      }
    }
  }

  #accept(socket: FakeSocket): SimulatedLink {
    const link: SimulatedLink = { socket, session: undefined, isMute: false, isBroken: false };
    this.#links.set(socket, link);
    if (this.#fault(10)) {
      link.isMute = true;
      socket.end(1006);
    } else {
      socket.open();
    }
    return link;
  }

  #detach(link: SimulatedLink): void {
    if (link.session?.link === link) {
      link.session.link = undefined;
    }
    link.session = undefined;
  }

  #received(link: SimulatedLink, envelope: Envelope): void {
    const { session } = link;
    const { ask, data, event, id } = envelope;
    if (event === 'hub/hello') {
      this.#hello(link, data);
    } else if (session === undefined) {
      return; // of a connection that is gone
    } else if (event === 'hub/ack' || event === 'hub/ping') {
      const { seq } = data as { seq: number };
      assert.ok(seq <= session.sent, `${event} above what was sent`);
      session.applied = Math.max(session.applied, seq);
      this.#pong(link, event);
    } else if (ask !== undefined) {
      this.answered.push(ask);
    } else if (id !== undefined) {
      this.#request(session, envelope);
    } else {
      this.said.push(data as number);
    }
  }

  #pong(link: SimulatedLink, event: string): void {
    if (event === 'hub/ping') {
      this.#write(link, { event, code: 0, timestamp: 1 });
    }
  }

  #hello(link: SimulatedLink, data: any): void {
    assert.equal(link.session, undefined, 'a second hello');
    const claim = data.resume as { session: string; seq: number } | undefined;
    const secret = claim?.session ?? '';
    const claimed = this.sessions.find(({ isLost, secrets }) => !isLost && secrets.includes(secret));
    const session = claimed ?? this.#begin();
    assert.ok((claim?.seq ?? 0) <= session.sent || claimed === undefined, 'a claim above what was sent');
    session.link?.socket.end(4005);
    session.link = link;
    link.session = session;
    session.secrets = [`secret-${session.name}-${this.#chance.next()}`, ...(claimed === undefined ? [] : [secret])];
    session.written = claimed === undefined ? 0 : (claim?.seq ?? 0);
    session.applied = session.written;
    this.#answer(link, session, claimed !== undefined, claim === undefined ? 'none' : 'expired');
  }

  #begin(): SimulatedSession {
    const session: SimulatedSession = {
      name: this.sessions.length,
      entries: [],
      groups: new Set(),
      joinAnswered: 0,
      applied: 0,
      answers: new Map(),
      secrets: [],
      isLost: false,
      written: 0,
      sent: 0,
      link: undefined,
    };
    this.sessions.push(session);
    return session;
  }

  #answer(link: SimulatedLink, session: SimulatedSession, resumed: boolean, reason: string): void {
    link.isMute = this.#fault(10);
    const groups = resumed && session.groups.size > 0 ? [...session.groups] : undefined;
    const data = { client: 'public', session: session.secrets[0], resumed, seq: session.written, reason, groups };
    this.#write(link, { event: 'hub/hello', data, code: 0, timestamp: 1 });
    this.#drain(session);
  }

  /** Runs a request once for each id; a repetition gets the kept answer. */
  #request(session: SimulatedSession, { data, event, id = '' }: Envelope): void {
    const kept = session.answers.get(id);
    const answer = kept ?? { ...this.#run(session, event, data), timestamp: 1, id, event };
    session.answers.set(id, answer);
    session.secrets.splice(1);
    this.send(event, answer);
    if (event === 'join') {
      session.joinAnswered = session.entries.length;
    }
  }

  #run(session: SimulatedSession, event: string, data: any): Partial<Envelope> {
    if (event === 'join' && this.#fault(8)) {
      return { code: this.#chance.oneIn(2) ? 1103 : 1200, errorMsg: 'no' };
    } else if (event === 'join') {
      session.groups.add(data.id);
    } else if (event === 'quit') {
      session.groups.delete(data.id);
    } else {
      this.handled.push(data);
    }
    return { code: 0, data };
  }

  #drain(session: SimulatedSession): void {
    const { entries } = session;
    while (session.link !== undefined && session.written < entries.length) {
      const from = session.written + 1;
      const isDropped = entries[session.written]?.isDropped === true;
      let to = from;
      while (to < entries.length && entries[to]?.isDropped === isDropped && !this.#chance.oneIn(4)) {
        to++;
      }
      session.written = to;
      session.sent = Math.max(session.sent, to);
      const gap = { event: 'hub/gap', data: { from, to, reason: 'overflow' }, code: 0, timestamp: 1 };
      const messages = entries.slice(from - 1, to).map(({ envelope }) => envelope);
      this.#write(session.link, isDropped ? gap : [from, ...messages]);
    }
  }

  #write(link: SimulatedLink | undefined, frame: unknown): void {
    if (link === undefined || link.isMute) {
      return;
    }
    if (this.#fault(60)) {
      link.isBroken = true;
      return;
    }
    for (let times = this.#fault(20) ? 2 : 1; times > 0; times--) {
      link.socket.receive(frame);
    }
  }

  #fault(oneIn: number): boolean {
    return !this.isHealthy && this.#chance.oneIn(oneIn);
  }
}
