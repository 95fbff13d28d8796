// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// Rooms: groups of the hub that people talk in.

import { post } from './api.js';
import { byId, element, timeOfDay, toast } from './dom.js';
import { session } from './session.js';

const PREFIX = 'room-';
const KEPT = 200;

export class RoomsView {
  #connection;
  /** Every room that this page is in, with what was said there. */
  #rooms = new Map();
  #open = '';

  constructor(connection) {
    this.#connection = connection;
    connection.on('room/said', (said) => this.#add(said.id, { from: said.from, text: said.text }));
    connection.on('*', (data, message) => this.#unknown(data, message));
    connection.addEventListener('state', ({ detail }) => this.#enable(detail.state === 'open'));
    onSubmit('join-form', (form) => this.#join(PREFIX + form.get('room').trim()));
    onSubmit('say-form', (form) => this.#say(form.get('text').trim()));
    onSubmit('tag-form', (form) => this.#sendToTag(form.get('event').trim(), form.get('data')));
    byId('room-quit').addEventListener('click', () => this.#quit(this.#open));
    this.#draw();
  }

  show() {
    byId(this.#open ? 'say-text' : 'join-name').focus();
  }

  hide() {}

  async #join(room) {
    try {
      this.#follow(await this.#connection.request('join', { id: room }));
      byId('join-form').reset();
      this.#select(room);
      byId('say-text').focus();
    } catch (problem) {
      toast(`${room}: ${problem.message}`, 'bad');
    }
  }

  async #quit(room) {
    try {
      this.#follow(await this.#connection.request('quit', { id: room }));
    } catch (problem) {
      toast(`${room}: ${problem.message}`, 'bad');
    }
  }

  /** Membership ends with a connection: after another connect, enter the same rooms again. */
  async #enterAgain() {
    for (const room of [...this.#rooms.keys()]) {
      try {
        await this.#connection.request('join', { id: room });
        this.#add(room, { text: 'connected again' });
      } catch (problem) {
        this.#add(room, { text: problem.message });
      }
    }
  }

  /** The answer to join and quit is the list of all groups. */
  #follow(groups) {
    for (const room of this.#rooms.keys()) if (!groups.includes(room)) this.#rooms.delete(room);
    for (const room of groups) if (!this.#rooms.has(room)) this.#rooms.set(room, { lines: [], unread: 0 });
    if (!this.#rooms.has(this.#open)) this.#open = groups[0] ?? '';
    this.#draw();
  }

  async #say(text) {
    if (!text) return;
    try {
      await this.#connection.request('room/say', { id: this.#open, text });
      byId('say-form').reset();
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  }

  async #sendToTag(event, text) {
    try {
      const sent = await post('/socket/send/toTag', { tag: this.#open, response: { event, data: jsonOr(text) } });
      toast(`Sent to ${sent.accepted} of ${sent.targets} members.`);
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  }

  #unknown(data, message) {
    if (message.code !== 0) {
      toast(`${message.event}: ${message.errorMsg}`, 'bad');
      return;
    }
    const room = this.#open || this.#rooms.keys().next().value;
    if (room) this.#add(room, { event: message.event, text: data === undefined ? '' : JSON.stringify(data) });
  }

  #add(name, line) {
    const room = this.#rooms.get(name);
    if (!room) return;
    room.lines.push({ ...line, time: Date.now() / 1000 });
    if (room.lines.length > KEPT) room.lines.shift();
    if (name !== this.#open) room.unread++;
    this.#draw();
  }

  #select(name) {
    this.#open = name;
    this.#draw();
  }

  #enable(connected) {
    for (const control of document.querySelectorAll('#say-form input, #say-form button, #tag-form button')) {
      control.disabled = !connected || !this.#open;
    }
    for (const control of document.querySelectorAll('#join-form button, #room-quit')) control.disabled = !connected;
    if (connected && !this.#connected) this.#enterAgain();
    this.#connected = connected;
  }

  #connected = false;

  #draw() {
    const room = this.#rooms.get(this.#open);
    if (room) room.unread = 0;
    byId('room-list').replaceChildren(...[...this.#rooms].map(([name, { unread }]) => this.#item(name, unread)));
    byId('room-none').hidden = this.#rooms.size > 0;
    byId('room-name').textContent = this.#open || 'No room';
    byId('room-quit').hidden = !room;
    byId('room-feed').replaceChildren(...(room?.lines ?? []).map(lineOf));
    byId('room-feed').scrollTop = byId('room-feed').scrollHeight;
    this.#enable(this.#connection.state === 'open');
  }

  #item(name, unread) {
    const button = element('button', { type: 'button', 'aria-current': name === this.#open }, name);
    if (unread > 0) button.append(' ', element('span', { class: 'count' }, String(unread)));
    button.addEventListener('click', () => this.#select(name));
    return element('li', {}, button);
  }
}

function lineOf({ from, event, text, time }) {
  const when = element('time', {}, timeOfDay(time));
  if (event) return element('li', { class: 'event' }, when, ' ', element('code', {}, event), ' ', text);
  if (!from) return element('li', { class: 'note' }, when, ' ', text);
  const own = from === session.member?.username;
  return element('li', { class: own ? 'own' : 'other' }, element('span', { class: 'from' }, from), ' ', when, element('p', {}, text));
}

function jsonOr(text) {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function onSubmit(id, action) {
  byId(id).addEventListener('submit', (submit) => {
    submit.preventDefault();
    action(new FormData(submit.currentTarget));
  });
}
