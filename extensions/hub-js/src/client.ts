// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { Acknowledgements } from './acknowledgements.js';
import { advised } from './advice.js';
import type { ReconnectAdvice } from './backoff.js';
import { CLOSE } from './close-codes.js';
import { systemClock } from './clock.js';
import type { ConnectionHandler, Surroundings } from './connection.js';
import { Connection } from './connection.js';
import { Control } from './control.js';
import { HubError } from './errors.js';
import { checkEvent } from './frames.js';
import { Groups } from './groups.js';
import type { HeartbeatAdvice } from './heartbeat.js';
import { Heartbeat } from './heartbeat.js';
import { Inbound } from './inbound.js';
import type { Listener } from './listeners.js';
import { Listeners, reportGlobally, safely } from './listeners.js';
import { outbound, Outgoing } from './outgoing.js';
import { browserPage } from './page.js';
import type { QuestionHandler } from './questions.js';
import { Questions } from './questions.js';
import { Requests } from './requests.js';
import { Session } from './session.js';
import type { SocketConstructor } from './socket.js';
import type { HubClient, HubOptions, RequestOptions, State, Token, User } from './types.js';

/** What the hub answers to a hello. */
interface HelloAnswer {
  client: string;
  session: string;
  resumed: boolean;
  /** Those that a resumed session is in; none when they are not there. */
  groups?: string[];
  seq: number;
  reason?: string;
  user?: User;
  heartbeat?: HeartbeatAdvice;
  reconnect?: ReconnectAdvice;
  limits?: { messageBytes?: number };
}

const MOST_WAITING_BYTES = 1_048_576;

/** Puts the parts together. */
export class Client implements HubClient {
  #listeners: Listeners;
  #session = new Session();
  #connection: Connection;
  #outgoing: Outgoing;
  #requests: Requests;
  #questions: Questions;
  #groups: Groups;
  #acknowledgements: Acknowledgements;
  #heartbeat: Heartbeat;
  #inbound: Inbound;
  #token: Surroundings['token'];
  #endWaking: () => void;
  /** The connection for which a new token is being asked for. */
  #refreshing: number | undefined;

  constructor(url: string, options: HubOptions) {
    const { clock = systemClock } = options;
    const report = safely(options.report ?? reportGlobally);
    this.#token = async (cause) => options.token?.(cause);
    this.#listeners = new Listeners(report);
    this.#connection = new Connection(
      { url, clock, random: options.random ?? Math.random, socketClass: socketClassOf(options), token: this.#token },
      this.#connectionHandler(),
    );
    this.#outgoing = new Outgoing(this.#connection, options.queue);
    this.#requests = new Requests(clock, this.#connection, this.#outgoing, options.requestTimeout);
    this.#questions = new Questions(this.#outgoing, report);
    const left = (group: string, reason: string) => this.#listeners.emit('hub/left', { group, reason });
    this.#groups = new Groups(clock, this.#requests, left);
    this.#acknowledgements = new Acknowledgements(clock, () => this.#control('hub/ack', this.#position()));
    this.#heartbeat = new Heartbeat(clock, () => this.#control('hub/ping', this.#position()), () => this.#dead());
    this.#inbound = this.#assembleInbound();
    this.#endWaking = (options.page ?? browserPage).onWake(() => this.#wake());
    this.#connection.start();
  }

  get state(): State {
    return this.#connection.state;
  }

  get groups(): readonly string[] {
    return this.#groups.wanted;
  }

  on(event: string, listener: Listener): () => void {
    return this.#listeners.add(event, listener, false);
  }

  once(event: string, listener: Listener): () => void {
    return this.#listeners.add(event, listener, true);
  }

  off(event: string, listener?: Listener): void {
    this.#listeners.remove(event, listener);
  }

  send(event: string, data?: unknown): void {
    this.#checkOpen(event);
    const refused = (error: HubError) => this.#listeners.emit('hub/error', error);
    this.#outgoing.offer(outbound({ event, data }, { refused }));
  }

  async request(event: string, data?: unknown, options?: RequestOptions): Promise<any> {
    this.#checkOpen(event);
    return this.#requests.request(event, data, options);
  }

  answer(event: string, handler: QuestionHandler): () => void {
    return this.#questions.handle(event, handler);
  }

  join(group: string): Promise<unknown> {
    const joined: Promise<unknown> = this.#join(group).catch((error: unknown) => {
      if (this.state.name === 'closed') {
        joined.catch(() => undefined); // who has forgotten it has nothing to hear of: in Node, the process would end for that
      }
      throw error;
    });
    return joined;
  }

  async #join(group: string): Promise<unknown> {
    this.#checkOpen('join');
    return this.#groups.join(group);
  }

  async leave(group: string): Promise<unknown> {
    this.#checkOpen('quit');
    return this.#groups.leave(group);
  }

  close(): void {
    this.#connection.close(CLOSE.NORMAL, 'closed by the application');
  }

  #checkOpen(event: string): void {
    checkEvent(event);
    if (this.state.name === 'closed') {
      throw new HubError('closed', 'the client is closed', { event });
    }
  }

  #connectionHandler(): ConnectionHandler {
    return {
      hello: (token) => this.#hello(token),
      received: (text) => {
        this.#heartbeat.heard();
        this.#inbound.received(text);
      },
      lost: () => {
        this.#heartbeat.stop();
        this.#acknowledgements.done();
      },
      tokenFailed: (error) => this.#tokenFailed(error),
      changed: (state) => this.#changed(state),
    };
  }

  #assembleInbound(): Inbound {
    const parts = {
      connection: this.#connection,
      session: this.#session,
      acknowledgements: this.#acknowledgements,
      requests: this.#requests,
      questions: this.#questions,
      groups: this.#groups,
      listeners: this.#listeners,
    };
    const control = new Control({
      ...parts,
      answered: (data) => this.#answered(data),
      refreshToken: () => void this.#refreshToken(),
    });
    return new Inbound({ ...parts, control: (envelope) => control.obey(envelope) });
  }

  #hello(token: Token): string {
    const data = { token: token ?? undefined, resume: this.#session.claim() };
    return JSON.stringify({ event: 'hub/hello', data });
  }

  /** First everything that has waited goes out, then the application hears of it: what it sends comes behind. */
  #answered(answer: HelloAnswer): void {
    const { client, heartbeat, limits, reconnect, reason = 'none', resumed, user } = answer;
    this.#outgoing.limitTo(advised(limits?.messageBytes, Infinity, 1, Infinity));
    this.#heartbeat.start(heartbeat ?? {});
    this.#connection.accept(reconnect ?? {});
    const lostGroups = resumed ? this.#goOn(answer) : this.#begin(answer);
    this.#outgoing.flush();
    this.#connection.announce({ name: 'open', resumed: resumed === true, client, user });
    if (!resumed) {
      this.#emitIfOpen('hub/session', { client, user, reason });
    }
    lostGroups.forEach((group) => this.#emitIfOpen('hub/left', { group, reason: '' }));
  }

  /** Unless a listener before has ended it. */
  #emitIfOpen(event: string, data: object): void {
    if (this.#connection.answered) {
      this.#listeners.emit(event, data);
    }
  }

  /** Returns the groups that the client is no longer in, and has to be told of. */
  #goOn({ groups, session }: HelloAnswer): string[] {
    this.#session.resume(session);
    this.#requests.resumed();
    return this.#groups.resumed(Array.isArray(groups) ? groups : []);
  }

  #begin({ seq, session }: HelloAnswer): string[] {
    this.#session.begin(session, seq);
    this.#questions.restarted();
    this.#requests.restarted();
    this.#groups.restarted();
    return [];
  }

  #changed(state: State): void {
    if (state.name === 'closed') {
      this.#endWaking();
      this.#session.forget();
      this.#requests.closed();
      this.#outgoing.clear();
      this.#groups.clear();
    }
    if (state.name === 'waiting' && state.code === CLOSE.REVOKED) {
      this.#session.forget();
    }
    this.#listeners.emit('hub/state', state);
  }

  #wake(): void {
    this.#connection.wake();
    this.#heartbeat.check();
  }

  #dead(): void {
    this.#connection.drop(CLOSE.HEARTBEAT_TIMEOUT, 'heartbeat timeout');
  }

  #position(): { seq: number } {
    return { seq: this.#session.last };
  }

  /** A hub that reads nothing need not be told. */
  #control(event: string, data: unknown, id?: string): void {
    if (this.#connection.waitingBytes < MOST_WAITING_BYTES) {
      this.#connection.send(JSON.stringify({ event, data, id }));
    }
  }

  async #refreshToken(): Promise<void> {
    const { attempt } = this.#connection;
    if (this.#refreshing === attempt) {
      return;
    }
    this.#refreshing = attempt;
    const isCurrent = () => this.#refreshing === attempt && this.#connection.attempt === attempt;
    try {
      const token = await this.#token('expiring');
      if (isCurrent()) {
        this.#renew(token);
      }
    } catch (error) {
      if (isCurrent()) {
        this.#tokenFailed(error);
      }
    } finally {
      if (this.#refreshing === attempt) {
        this.#refreshing = undefined;
      }
    }
  }

  /** To say that there is none would be no credential. */
  #renew(token: Token): void {
    if (token) {
      this.#connection.renewed(token);
      this.#control('hub/auth', { token }, this.#requests.nextId());
    }
  }

  #tokenFailed(cause: unknown): void {
    this.#listeners.emit('hub/error', new HubError('token', 'no token', { cause }));
  }
}

function socketClassOf({ WebSocket: given }: HubOptions): SocketConstructor {
  const socketClass = given ?? globalThis.WebSocket;
  if (socketClass === undefined) {
    throw new TypeError('There is no WebSocket here: give one (option WebSocket), such as that of the package "ws"');
  }
  return socketClass;
}
