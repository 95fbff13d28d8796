// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// What happened to the live connection, line by line.

import { byId, element, timeOfDay } from './dom.js';

const KEPT = 200;

/** The kinds of lines, as they are called there. */
const NAMES = { state: 'connection', session: 'session', message: 'message', gap: 'gap', question: 'question', group: 'group', error: 'error' };

const log = byId('live-log');
let isFollowed = true; // until somebody scrolls back
let width = 0; // a log of another width scrolls by itself
log.addEventListener('scroll', () => {
  if (log.clientWidth === width) isFollowed = log.scrollTop + log.clientHeight >= log.scrollHeight - 20;
});

/** Adds a line; a message has its number in the session, if it has one. */
export function tellLive(kind, text, number = '') {
  log.append(element('li', { 'data-kind': kind },
    element('time', {}, timeOfDay(Date.now() / 1000)),
    element('b', {}, number === '' ? NAMES[kind] : `#${number}`),
    element('span', {}, text)));
  if (log.children.length > KEPT) log.firstElementChild.remove();
  width = log.clientWidth;
  if (isFollowed) log.scrollTop = log.scrollHeight;
}
