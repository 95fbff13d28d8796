// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { Backoff } from './backoff.js';
import type { ReconnectAdvice } from './backoff.js';
import { adviceOf, CLOSE, isAskedToWait } from './close-codes.js';
import { deadline } from './clock.js';
import type { Clock, Timer } from './clock.js';
import type { Wire } from './outgoing.js';
import { Link } from './socket.js';
import type { SocketConstructor } from './socket.js';
import type { State, Token, TokenCause } from './types.js';

/** What a connection needs from outside. */
export interface Surroundings {
  url: string;
  clock: Clock;
  random: () => number;
  socketClass: SocketConstructor;
  token: (cause: TokenCause) => Promise<Token>;
}

/** What happens on the way. */
export interface ConnectionHandler {
  /** The text to speak first. */
  hello(token: Token): string;
  received(text: string): void;
  /** The current socket is gone, for whatever reason. */
  lost(): void;
  tokenFailed(error: unknown): void;
  /** Comes last in everything that changes the state, so that it may do anything. */
  changed(state: State): void;
}

const TOKEN_MS = 30_000;
const OPEN_MS = 15_000;
/** An attempt this old may belong to a network that is no more. */
const HANGING_MS = 3_000;
const HELLO_MS = 10_000;
/** A hub that sends the client away sooner than this, again and again, is given more time each time. */
const STABLE_MS = 5_000;

/** Gets and keeps one socket to the hub, one after the other, as the close codes say. */
export class Connection implements Wire {
  #surroundings: Surroundings;
  #handler: ConnectionHandler;
  #backoff: Backoff;
  #state: State = { name: 'connecting' };
  #attempt = 0;
  #link: Link | undefined;
  /** The wait before the next attempt, or the limit of the current one. */
  #timer: Timer | undefined;
  #triedAt = 0;
  #answeredAt: number | undefined;
  /** Whether the current connection has brought anything that is counted. */
  #hasProgressed = false;
  #token: Token;
  /** Why the next token is asked for; stays until there is one. */
  #cause: TokenCause = 'connect';
  #wasRevoked = false;
  #isAskedToWait = false;

  constructor(surroundings: Surroundings, handler: ConnectionHandler) {
    this.#surroundings = surroundings;
    this.#handler = handler;
    this.#backoff = new Backoff(surroundings.clock, surroundings.random);
  }

  get state(): State {
    return this.#state;
  }

  /** Changes with each socket, and when one is gone. */
  get attempt(): number {
    return this.#attempt;
  }

  /** Whether the hub has answered the hello. */
  get answered(): boolean {
    return this.#answeredAt !== undefined;
  }

  get writable(): boolean {
    return this.answered && this.#link?.takes === true;
  }

  get waitingBytes(): number {
    return this.#link?.waitingBytes ?? 0;
  }

  send(text: string): void {
    this.#link?.send(text);
  }

  start(): void {
    this.#timer?.cancel();
    const attempt = ++this.#attempt;
    const isCurrent = () => attempt === this.#attempt;
    const late = () => this.#tokenFailed(new Error(`none in ${TOKEN_MS} ms`));
    this.#timer = deadline(this.#surroundings.clock, TOKEN_MS, late);
    this.#surroundings.token(this.#cause).then(
      (token) => isCurrent() && this.#open(token),
      (error) => isCurrent() && this.#tokenFailed(error),
    );
    if (isCurrent()) {
      this.#turn({ name: 'connecting' });
    }
  }

  /** The hello was answered: from now on this is writable. */
  accept(advice?: Partial<ReconnectAdvice>): void {
    this.#timer?.cancel();
    this.#answeredAt = this.#surroundings.clock.now();
    this.#backoff.advise(advice);
  }

  /** Tells that it is open, when everything that has waited is sent; unless that has ended it. */
  announce(state: State): void {
    if (this.answered) {
      this.#turn(state);
    }
  }

  /** The hub was told this token on the open connection. */
  renewed(token: Token): void {
    this.#token = token;
  }

  /** It has brought something that is counted: if it is cut now, that is the network's fault. */
  progressed(): void {
    this.#hasProgressed = true;
  }

  drain(reconnectInMs: unknown): void {
    this.#backoff.drain(reconnectInMs);
  }

  /** Gives up the current socket and gets another one, as after a close with this code. */
  drop(code: number, reason: string): void {
    this.#link?.drop(code, reason);
    this.#lost(code, reason);
  }

  /** Comes back at once if it is only the network that it waits for, and begins anew an attempt that hangs. */
  wake(): void {
    if (this.#state.name === 'waiting' && !this.#isAskedToWait) {
      this.start();
    } else if (this.#hangs) {
      this.#link?.drop(CLOSE.HELLO_TIMEOUT, 'begun anew');
      this.#end();
      this.start();
    }
  }

  close(code: number, reason: string): void {
    if (this.#state.name !== 'closed') {
      this.#link?.drop(CLOSE.NORMAL, '');
      this.#end();
      this.#turn({ name: 'closed', code, reason });
    }
  }

  #open(token: Token): void {
    if (this.#cause !== 'connect' && token && token === this.#token) {
      this.close(this.#cause === 'revoked' ? CLOSE.REVOKED : CLOSE.EXPIRED, 'no new credentials');
      return;
    }
    this.#token = token;
    this.#cause = 'connect';
    this.#expect(OPEN_MS, 'no connection');
    this.#triedAt = this.#surroundings.clock.now();
    const { socketClass, url } = this.#surroundings;
    try {
      this.#link = new Link(socketClass, url, {
        opened: () => this.#hello(token),
        received: (text) => this.#handler.received(text),
        closed: (code, reason) => this.#lost(code, reason, isAskedToWait(code)),
      });
    } catch (error) {
      this.#lost(CLOSE.ABNORMAL, String(error));
    }
  }

  #hello(token: Token): void {
    this.#expect(HELLO_MS, 'hello timeout');
    this.send(this.#handler.hello(token));
  }

  #expect(delayMs: number, reason: string): void {
    this.#timer?.cancel();
    this.#timer = deadline(this.#surroundings.clock, delayMs, () => this.drop(CLOSE.HELLO_TIMEOUT, reason));
  }

  #tokenFailed(error: unknown): void {
    this.#lost(CLOSE.ABNORMAL, 'no token');
    this.#handler.tokenFailed(error);
  }

  #lost(code: number, reason: string, isAsked = false): void {
    const isStable = this.#livedMs() >= STABLE_MS;
    const wasCut = this.#hasProgressed && !isAskedToWait(code);
    const isRevokedAgain = code === CLOSE.REVOKED && this.#wasRevoked && !isStable;
    if (adviceOf(code) === 'stop' || isRevokedAgain) {
      this.close(code, reason);
      return;
    }
    this.#end();
    this.#wasRevoked = code === CLOSE.REVOKED || (this.#wasRevoked && !isStable);
    if (isStable || wasCut) {
      this.#backoff.reset();
    }
    this.#isAskedToWait = isAsked || this.#backoff.isDraining;
    this.#wait(code, reason);
  }

  #wait(code: number, reason: string): void {
    if (adviceOf(code) === 'credentials') {
      this.#cause = code === CLOSE.REVOKED ? 'revoked' : 'expired';
    }
    const delayMs = this.#backoff.next(code);
    this.#timer = this.#surroundings.clock.after(delayMs, () => this.start());
    this.#turn({ name: 'waiting', delayMs, code, reason });
  }

  get #hangs(): boolean {
    const isUnderWay = this.#link !== undefined && !this.answered;
    return isUnderWay && this.#surroundings.clock.now() - this.#triedAt >= HANGING_MS;
  }

  #livedMs(): number {
    return this.#answeredAt === undefined ? 0 : this.#surroundings.clock.now() - this.#answeredAt;
  }

  #end(): void {
    this.#attempt++;
    this.#timer?.cancel();
    this.#link = undefined;
    this.#answeredAt = undefined;
    this.#hasProgressed = false;
    this.#handler.lost();
  }

  #turn(state: State): void {
    this.#state = state;
    this.#handler.changed(state);
  }
}
