// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import type { Envelope } from '../../src/frames.js';
import { isCounted } from '../../src/frames.js';
import type { FakeSocket } from '../fakes/fake-socket.js';

/** The hub's end of one connection of a transcript. */
export class HubSide {
  readonly name: string;
  #socket: FakeSocket;
  #received: Envelope[] = [];
  #highest: number | undefined;
  #isCut = false;

  constructor(socket: FakeSocket, name: string) {
    this.#socket = socket;
    this.name = name;
  }

  /** The client's next message; its acknowledgements and pings are passed over, unless one is expected. */
  next(isAcknowledgementExpected: boolean): Envelope | undefined {
    this.#take();
    const position = this.#received.findIndex(({ event }) => isAcknowledgementExpected || !isPosition(event));
    const passedOver = this.#received.splice(0, position < 0 ? Infinity : position);
    passedOver.forEach((envelope) => this.#checkPosition(envelope));
    return this.#received.shift();
  }

  send(frame: unknown): void {
    if (this.#isCut) {
      return;
    }
    if (typeof frame === 'string') {
      this.#socket.receiveText(frame); // raw, perhaps nothing that has a number
    } else {
      this.#raise(frame);
      this.#socket.receive(frame);
    }
  }

  answerPings(): void {
    this.#take();
    const pings = this.#received.filter(({ event }) => event === 'hub/ping');
    this.#received = this.#received.filter((envelope) => !pings.includes(envelope));
    for (const ping of pings) {
      this.#checkPosition(ping);
      this.send({ event: 'hub/ping', code: 0, timestamp: 1 });
    }
  }

  cut(isNoticed: boolean): void {
    this.expectNothingMore();
    this.#isCut = true;
    if (isNoticed) {
      this.#socket.end(1006);
    }
  }

  close(code: number): void {
    this.expectNothingMore();
    this.#isCut = true;
    this.#socket.end(code); // of no interest to a client that has gone on
  }

  expectClose(code: number): void {
    this.expectNothingMore();
    assert.equal(this.#socket.closedWith?.code, code, `${this.name} closed by the client`);
  }

  expectNothingMore(): void {
    assert.equal(this.next(false), undefined, `${this.name}: the client sent more`);
  }

  #take(): void {
    for (const part of this.#socket.takeAll() as (Envelope | Envelope[])[]) {
      this.#received.push(...(Array.isArray(part) ? part : [part]));
    }
  }

  #checkPosition({ data, event }: Envelope): void {
    assert.ok(this.#highest !== undefined, `${this.name}: ${event} before the answer to the hello`);
    assert.ok((data as { seq: number }).seq <= this.#highest, `${this.name}: ${event} above what was sent`);
  }

  /** The highest number sent, from the answer to the hello on. */
  #raise(frame: unknown): void {
    const parts = (Array.isArray(frame) ? frame : [frame]) as (Envelope | number)[];
    const [first, ...others] = parts;
    const envelopes = (typeof first === 'number' ? others : parts) as Envelope[];
    for (const { data, event } of envelopes) {
      const position = event === 'hub/hello' ? (data as { seq: number }).seq : (data as { to: number } | undefined)?.to;
      if (event === 'hub/hello' || event === 'hub/gap') {
        this.#highest = position;
      }
    }
    if (typeof first === 'number') {
      this.#highest = first + envelopes.filter(isCounted).length - 1;
    }
  }
}

function isPosition(event: string): boolean {
  return event === 'hub/ack' || event === 'hub/ping';
}
