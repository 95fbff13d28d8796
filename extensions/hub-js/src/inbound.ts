// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import type { Acknowledgements } from './acknowledgements.js';
import { CLOSE } from './close-codes.js';
import type { Connection } from './connection.js';
import { HubError } from './errors.js';
import type { Envelope, Frame } from './frames.js';
import { isControl, parseFrame } from './frames.js';
import type { Listeners } from './listeners.js';
import type { Questions } from './questions.js';
import type { Requests } from './requests.js';
import type { Session } from './session.js';
import { Numbering } from './session.js';
import type { Message } from './types.js';

/** Where the parts of an inbound frame go. */
export interface Destinations {
  connection: Connection;
  session: Session;
  acknowledgements: Acknowledgements;
  requests: Requests;
  questions: Questions;
  listeners: Listeners;
  control: (envelope: Envelope) => void;
}

/** Takes the hub's frames apart, counts, and gives each message to whom it concerns. */
export class Inbound {
  #to: Destinations;

  constructor(destinations: Destinations) {
    this.#to = destinations;
  }

  received(text: string): void {
    const { connection } = this.#to;
    const { attempt } = connection;
    const frame = this.#parse(text);
    const numbering = new Numbering(frame?.first);
    for (const envelope of frame?.envelopes ?? []) {
      const isCurrent = attempt === connection.attempt;
      if (!isCurrent) {
        return; // a listener closed the client, or there was a hole
      }
      this.#take(envelope, numbering.next(envelope));
    }
  }

  #parse(text: string): Frame | undefined {
    try {
      return parseFrame(text);
    } catch {
      this.#to.connection.drop(CLOSE.POSITION_LOST, 'unreadable frame');
      return undefined;
    }
  }

  #take(envelope: Envelope, seq: number | undefined): void {
    if (isControl(envelope.event)) {
      this.#to.control(envelope);
    } else if (this.#to.connection.answered) {
      this.#count(envelope, seq);
    }
  }

  #count(envelope: Envelope, seq: number | undefined): void {
    const { acknowledgements, connection, session } = this.#to;
    const verdict = seq === undefined ? 'apply' : session.accept(seq);
    if (verdict === 'hole') {
      connection.drop(CLOSE.POSITION_LOST, 'position lost');
    } else if (verdict === 'apply') {
      if (seq !== undefined) {
        acknowledgements.applied();
        connection.progressed();
      }
      this.#apply(envelope, seq);
    }
  }

  #apply(envelope: Envelope, seq: number | undefined): void {
    const { questions, requests } = this.#to;
    if (envelope.ask !== undefined) {
      void questions.asked(envelope);
    } else if (envelope.id !== undefined) {
      requests.answered(envelope);
    } else {
      this.#tell(envelope, seq);
    }
  }

  #tell({ event, data, code = 0, errorMsg, timestamp = 0, volatile = false }: Envelope, seq: number | undefined): void {
    const { listeners } = this.#to;
    const message: Message = { event, data, code, errorMsg, timestamp, volatile, seq };
    if (code === 0) {
      listeners.emit(event, data, message);
    } else {
      listeners.emit('hub/error', new HubError(code, errorMsg ?? '', { event, data }));
    }
    listeners.emit('*', message);
  }
}
