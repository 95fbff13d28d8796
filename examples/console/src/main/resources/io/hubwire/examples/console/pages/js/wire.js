// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// The last frames of the connections, for the curious.

import { byId, element, timeOfDay } from './dom.js';

const KEPT = 60;
const LONGEST = 400;

export function showWire(connection) {
  const log = byId('wire-log');
  connection.addEventListener('frame', ({ detail: { sent, text } }) => {
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 20;
    const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
    log.append(element('li', { class: sent ? 'sent' : 'received' },
      element('time', {}, timeOfDay(Date.now() / 1000)),
      element('b', { 'aria-label': sent ? 'sent' : 'received' }, sent ? '↑' : '↓'),
      element('code', {}, shown)));
    if (log.children.length > KEPT) log.firstChild.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
  });
  connection.addEventListener('heartbeat', ({ detail }) => {
    byId('wire-heartbeat').textContent = `· last ping answered after ${detail.roundTrip} ms`;
  });
}
