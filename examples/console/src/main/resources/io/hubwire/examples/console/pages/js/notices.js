// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// Notices: what the server tells a user, or everybody.

import { post } from './api.js';
import { byId, element, timeOfDay, toast } from './dom.js';

const KEPT = 100;

export class NoticesView {
  #unread = 0;
  #shown = false;

  constructor(connection) {
    connection.on('notice', (data, message) => this.#add(data, message.timestamp));
    byId('notice-form').addEventListener('submit', (submit) => {
      submit.preventDefault();
      this.#send(new FormData(submit.currentTarget));
    });
  }

  show() {
    this.#shown = true;
    this.#count(0);
  }

  hide() {
    this.#shown = false;
  }

  #add(data, time) {
    const text = textOf(data);
    byId('notice-list').prepend(element('li', { class: 'card' }, element('time', {}, timeOfDay(time)), element('p', {}, text)));
    byId('notice-list').children[KEPT]?.remove();
    byId('notice-none').hidden = true;
    if (this.#shown) return;
    this.#count(this.#unread + 1);
    toast(`Notice: ${text}`);
  }

  #count(unread) {
    this.#unread = unread;
    byId('unread').textContent = String(unread);
    byId('unread').hidden = unread === 0;
  }

  async #send(form) {
    const userId = form.get('userId').trim();
    const data = { title: form.get('text').trim() };
    try {
      const sent = userId
        ? await post('/admin/notice/sendToUser', { userId, data })
        : await post('/admin/notice/sendToAll', { data });
      byId('notice-form').reset();
      toast(`Sent to ${sent.accepted} clients.`);
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  }
}

/** A notice may be plain text, an object with a title and a content, or any other JSON. */
function textOf(data) {
  if (typeof data === 'string') return data;
  const parts = [data?.title, data?.content].filter((part) => typeof part === 'string' && part !== '');
  return parts.length > 0 ? parts.join(': ') : JSON.stringify(data ?? '');
}
