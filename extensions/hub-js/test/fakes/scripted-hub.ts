// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { Envelope } from '../../src/frames.js';
import { Chance } from './chance.js';

/** What the hub keeps of one client. */
interface KeptSession {
  secrets: string[];
  log: Envelope[];
  /** The number up to which the current connection has been given messages. */
  written: number;
  /** The highest number ever given to a connection. */
  sent: number;
  answers: Map<string, Envelope>;
  connection: WebSocket | undefined;
}

/** As much of a hub's side of the protocol as a client's test on real sockets needs. */
export class ScriptedHub {
  /** The data of each `count` request that ran, in order. */
  readonly handled: unknown[] = [];
  /** What the client did that the protocol does not allow. */
  readonly offences: string[] = [];
  resumes = 0;
  #server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'hubwire.v1' });
  #sessions: KeptSession[] = [];
  #chance: Chance;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.#server.on('connection', (connection) => this.#accept(connection));
  }

  async port(): Promise<number> {
    if (this.#server.address() === null) {
      await new Promise((resolve) => this.#server.once('listening', resolve));
    }
    return (this.#server.address() as AddressInfo).port;
  }

  get sessions(): number {
    return this.#sessions.length;
  }

  /** Sends a counted message to every session, connected or not. */
  send(event: string, data: unknown): void {
    for (const session of this.#sessions) {
      this.#append(session, { event, data, code: 0, timestamp: 1 });
    }
  }

  async close(): Promise<void> {
    this.#server.clients.forEach((connection) => connection.terminate());
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(connection: WebSocket): void {
    connection.on('error', () => {}); // a cut; a close follows
    connection.once('message', (text) => {
      const session = this.#hello(connection, JSON.parse(String(text)) as Envelope);
      connection.once('message', () => session.secrets.splice(1)); // the client has the new secret
      connection.on('message', (later) => this.#received(session, connection, JSON.parse(String(later)) as Envelope));
    });
  }

  #hello(connection: WebSocket, { data, event }: Envelope): KeptSession {
    const claim = (data as { resume?: { session: string; seq: number } }).resume;
    const claimed = this.#sessions.find(({ secrets }) => claim !== undefined && secrets.includes(claim.session));
    if (event !== 'hub/hello' || (claim !== undefined && claimed === undefined)) {
      this.offences.push(`hello ${JSON.stringify(data)}`);
    }
    const session = claimed ?? this.#newSession();
    session.connection?.close(4005);
    session.connection = connection;
    session.secrets = [randomBytes(16).toString('hex'), ...(claim === undefined ? [] : [claim.session])];
    session.written = claim?.seq ?? 0;
    this.resumes += claimed === undefined ? 0 : 1;
    this.#write(session, this.#answer(session, claimed !== undefined));
    this.#drain(session);
    return session;
  }

  #newSession(): KeptSession {
    const session = { secrets: [], log: [], written: 0, sent: 0, answers: new Map(), connection: undefined };
    this.#sessions.push(session);
    return session;
  }

  #answer(session: KeptSession, resumed: boolean): Envelope {
    const data = {
      client: 'public',
      session: session.secrets[0],
      resumed,
      seq: session.written,
      reason: resumed ? undefined : 'none',
      heartbeat: { intervalMs: 200, timeoutMs: 200 },
      reconnect: { minMs: 1, maxMs: 20 },
      limits: { messageBytes: 65_536 },
    };
    return { event: 'hub/hello', data, code: 0, timestamp: 1 };
  }

  #received(session: KeptSession, connection: WebSocket, envelope: Envelope): void {
    const { data, event, id } = envelope;
    if (session.connection !== connection) {
      return;
    }
    if (event === 'hub/ack' || event === 'hub/ping') {
      this.#acknowledged(session, (data as { seq: number }).seq);
      if (event === 'hub/ping') {
        this.#write(session, { event, code: 0, timestamp: 1 });
      }
    } else if (id !== undefined) {
      this.#requested(session, event, id, data);
    }
  }

  #acknowledged(session: KeptSession, seq: number): void {
    if (seq > session.sent) {
      this.offences.push(`acknowledged ${seq} of ${session.sent}`);
    }
  }

  /** Runs a request once for each id; a repetition gets the kept answer. */
  #requested(session: KeptSession, event: string, id: string, data: unknown): void {
    const kept = session.answers.get(id);
    if (kept !== undefined) {
      this.#append(session, kept);
      return;
    }
    this.handled.push(data);
    const answer: Envelope = { event, data, code: 0, timestamp: 1, id };
    session.answers.set(id, answer);
    this.#append(session, answer);
  }

  #append(session: KeptSession, envelope: Envelope): void {
    session.log.push(envelope);
    this.#drain(session);
  }

  /** Writes what waits, as frames of a few messages each, with a volatile one in between. */
  #drain(session: KeptSession): void {
    const { connection, log } = session;
    while (connection?.readyState === WebSocket.OPEN && session.written < log.length) {
      const run: unknown[] = log.slice(session.written, session.written + this.#chance.between(1, 5));
      const first = session.written + 1;
      session.written += run.length;
      session.sent = Math.max(session.sent, session.written);
      if (this.#chance.oneIn(3)) {
        run.splice(this.#chance.between(0, run.length), 0, { event: 'cursor', code: 0, timestamp: 1, volatile: true });
      }
      this.#write(session, [first, ...run]);
    }
  }

  #write({ connection }: KeptSession, frame: unknown): void {
    connection?.send(JSON.stringify(frame), () => {}); // a failure is a cut; a close follows
  }
}
