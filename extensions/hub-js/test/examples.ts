// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import { connect, HubError } from '../src/index.js';
import type { HubClient } from '../src/index.js';

/* The code that docs/clients.md shows: compiled with the tests, never run. */

// region events
interface Said {
  from: string;
  text: string;
}

interface ServerEvents {
  'chat/said': Said; // an event: its payload
  'chat/invite': (room: string) => boolean; // a question: from payload to answer
}

interface ClientEvents {
  'chat/say': { room: string; text: string };
  'chat/recent': (room: string) => Said[]; // a request
}
// endregion

export interface Screen {
  add(said: Said): void;
  replace(lines: Said[]): void;
  status(text: string): void;
}

// region room
export function enter(address: string, room: string, screen: Screen): HubClient<ServerEvents, ClientEvents> {
  const client = connect<ServerEvents, ClientEvents>(address, {
    token: async () => (await fetch('/token')).text(),
  });
  const fill = () => client.request('chat/recent', room).then((lines) => screen.replace(lines), show);
  const show = (failure: HubError) => screen.status(failure.message);

  client.join(room).catch(show); // now, and again in each new session
  client.on('chat/said', (said) => screen.add(said));
  client.answer('chat/invite', (other) => confirm(`Come to ${other}?`));
  client.on('hub/session', fill); // a new session: nothing is known of what was said meanwhile
  client.on('hub/gap', fill); // the hub dropped messages, and says so
  client.on('hub/left', ({ group }) => screen.status(`no longer in ${group}`));
  client.on('hub/state', ({ name }) => screen.status(name));
  return client;
}
// endregion

// region outcome
export function outcome(failure: HubError): string {
  switch (failure.code) {
    case 'timeout':
    case 'outcome-unknown':
      return 'it may have run, or not';
    case 'queue-full':
    case 'too-big':
    case 'closed':
      return 'it did not run';
    default:
      return `the hub says ${failure.code}`;
  }
}
// endregion

// region send
export function say(client: HubClient<ServerEvents, ClientEvents>, room: string, text: string): void {
  try {
    client.send('chat/say', { room, text }); // at most once: what is on its way when the connection breaks may be lost
  } catch (failure) {
    alert((failure as HubError).message); // too much waits for the connection
  }
}
// endregion
