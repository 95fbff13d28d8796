// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import type { Acknowledgements } from './acknowledgements.js';
import { CLOSE } from './close-codes.js';
import type { Connection } from './connection.js';
import { HubError } from './errors.js';
import type { Envelope } from './frames.js';
import type { Groups } from './groups.js';
import type { Listeners } from './listeners.js';
import type { Requests } from './requests.js';
import type { Session } from './session.js';
import type { Gap } from './types.js';

/** What the hub's control messages concern. */
export interface Controlled {
  connection: Connection;
  session: Session;
  acknowledgements: Acknowledgements;
  requests: Requests;
  groups: Groups;
  listeners: Listeners;
  /** The answer to the hello. */
  answered: (data: any) => void;
  refreshToken: () => void;
}

/** Obeys the hub's `hub/…` messages; unknown ones are ignored. */
export class Control {
  #of: Controlled;

  constructor(controlled: Controlled) {
    this.#of = controlled;
  }

  obey(envelope: Envelope): void {
    const { code, event } = envelope;
    if (event === 'hub/hello') {
      this.#hello(envelope);
    } else if (envelope.id !== undefined && this.#of.requests.answered(envelope)) {
      return; // a request that the hub could not even read
    } else if (code) {
      const { data, errorMsg = '' } = envelope;
      this.#of.listeners.emit('hub/error', new HubError(code, errorMsg, { event, data }));
    } else if (this.#of.connection.answered) {
      this.#signal(event, fieldsOf(envelope));
    }
  }

  #hello(envelope: Envelope): void {
    if (!envelope.code && !this.#of.connection.answered) {
      this.#of.answered(fieldsOf(envelope));
    }
  }

  #signal(event: string, data: any): void {
    const { connection, groups, listeners, refreshToken } = this.#of;
    switch (event) {
      case 'hub/gap':
        this.#gap(data);
        break;
      case 'hub/left':
        groups.lost(data.id);
        listeners.emit(event, { group: data.id, reason: data.reason });
        break;
      case 'hub/drain':
        connection.drain(data.reconnectInMs);
        listeners.emit(event, data);
        break;
      case 'hub/auth-expiring':
        refreshToken();
        break;
    }
  }

  #gap(gap: Gap): void {
    const { acknowledgements, connection, listeners, session } = this.#of;
    const verdict = session.skip(gap.from, gap.to);
    if (verdict === 'hole') {
      connection.drop(CLOSE.POSITION_LOST, 'position lost');
    } else if (verdict === 'apply') {
      acknowledgements.applied();
      connection.progressed();
      listeners.emit('hub/gap', gap);
    }
  }
}

/** None when the data is no object: nothing depends on what a hub leaves out. */
function fieldsOf({ data }: Envelope): any {
  return Object(data) === data ? data : {};
}
