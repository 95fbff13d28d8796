// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { connect } from '../../src/index.js';
import type { HubClient, HubOptions } from '../../src/index.js';
import { HubError } from '../../src/index.js';

export interface Command {
  clientApplication: 'connect' | 'token' | 'send' | 'request' | 'answer' | 'join';
  token: string;
  event: string;
  data: unknown;
  group: string;
  as: string;
  timeoutMs?: number;
}

type Fact = Record<string, unknown>;

/** The application of a client under test: does what a transcript says, and notes what it sees. */
export class Application {
  #options: HubOptions;
  #client: HubClient | undefined;
  #token = '';
  #seen: Fact[] = [];
  #answers: Fact[] = [];

  constructor(options: HubOptions) {
    this.#options = options;
  }

  obey(command: Command): void {
    const { as, data, event, group, timeoutMs, token } = command;
    switch (command.clientApplication) {
      case 'connect':
        this.#token = token;
        this.#connect();
        break;
      case 'token':
        this.#token = token;
        break;
      case 'send':
        this.#connected.send(event, data);
        break;
      case 'request':
        this.#follow(as, this.#connected.request(event, data, timeoutMs === undefined ? {} : { timeout: timeoutMs }));
        break;
      case 'answer':
        this.#answer(event, data);
        break;
      case 'join':
        this.#follow(as, this.#connected.join(group));
        break;
      default:
        assert.fail(`unknown command ${JSON.stringify(command)}`);
    }
  }

  /** What was seen since the last time; first in order, then the ends of requests and memberships in any. */
  takeSeen(): { inOrder: Fact[]; answers: Fact[] } {
    return { inOrder: this.#seen.splice(0), answers: this.#answers.splice(0) };
  }

  close(): void {
    this.#client?.close();
  }

  get #connected(): HubClient {
    assert.ok(this.#client !== undefined, 'the client was never told to connect');
    return this.#client;
  }

  #connect(): void {
    const client = connect('ws://hub.test/ws', { ...this.#options, token: () => this.#token });
    this.#client = client;
    client.on('*', ({ data, event }) => this.#seen.push(data === undefined ? { event } : { event, data }));
    client.on('hub/gap', ({ from, to, reason }) => this.#seen.push({ gap: { from, to, reason } }));
    client.on('hub/left', ({ group }) => this.#answers.push({ left: group }));
    client.on('hub/session', ({ reason }) => this.#seen.push({ session: { resumed: false, reason } }));
    client.on('hub/state', (state) => {
      if (state.name === 'open' && state.resumed) {
        this.#seen.push({ session: { resumed: true } });
      } else if (state.name === 'closed') {
        this.#seen.push({ closed: state.code });
      }
    });
  }

  #answer(event: string, answer: unknown): void {
    this.#connected.answer(event, (data) => {
      this.#seen.push({ question: event, data });
      return answer;
    });
  }

  #follow(as: string, promise: Promise<unknown>): void {
    promise.then(
      (data) => this.#answers.push({ answer: as, data }),
      (error: unknown) => this.#answers.push({ answer: as, ...endOf(error) }),
    );
  }
}

function endOf(error: unknown): Fact {
  assert.ok(error instanceof HubError);
  return error.code === 'outcome-unknown' ? { outcome: 'unknown' } : { code: error.code };
}
