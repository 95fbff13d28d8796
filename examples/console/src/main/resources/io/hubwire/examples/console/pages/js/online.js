// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// Who is online, and the way to send somebody away.

import { get, post } from './api.js';
import { byId, duration, element, fullTime, toast } from './dom.js';

const PERIOD_MS = 4_000;

export class OnlineView {
  #form = byId('online-filter');
  #page = 1;
  #pages = 1;
  #timer = 0;

  constructor() {
    this.#form.addEventListener('submit', (submit) => {
      submit.preventDefault();
      this.#turnTo(1);
    });
    this.#form.addEventListener('reset', () => setTimeout(() => this.#turnTo(1)));
    byId('online-previous').addEventListener('click', () => this.#turnTo(this.#page - 1));
    byId('online-next').addEventListener('click', () => this.#turnTo(this.#page + 1));
  }

  show() {
    if (this.#timer) return;
    this.#timer = setInterval(() => this.#refresh(), PERIOD_MS);
    this.#refresh();
  }

  hide() {
    clearInterval(this.#timer);
    this.#timer = 0;
  }

  #turnTo(page) {
    this.#page = page;
    this.#refresh();
  }

  async #refresh() {
    try {
      this.#draw(await get('/admin/monitor/userOnlineList', { ...Object.fromEntries(new FormData(this.#form)), page: this.#page }));
    } catch (problem) {
      if (problem.status !== 0) toast(problem.message, 'bad');
    }
  }

  #draw({ list, page, perPage, totalCount }) {
    this.#pages = Math.max(1, Math.ceil(totalCount / perPage));
    if (page > this.#pages) return this.#turnTo(this.#pages);
    byId('online-rows').replaceChildren(...list.map((client) => this.#row(client)));
    byId('online-empty').hidden = list.length > 0;
    byId('online-total').textContent = totalCount;
    byId('online-total').hidden = false;
    byId('online-page').textContent = `Page ${page} of ${this.#pages}`;
    byId('online-previous').disabled = page <= 1;
    byId('online-next').disabled = page >= this.#pages;
  }

  #row(client) {
    const now = Date.now() / 1000;
    const kick = element('button', { type: 'button', class: 'danger small', 'aria-label': `Kick ${client.username}, client ${client.id}` }, 'Kick');
    kick.addEventListener('click', () => this.#kick(client));
    return element('tr', { 'data-client': client.id, 'data-username': client.username },
      cell('User', element('b', {}, client.username), element('span', { class: 'hint' }, ` #${client.userId}`), ...away(client)),
      cell('Address', client.ip),
      cell('Browser', client.browser),
      cell('System', client.os),
      cell('Since', fullTime(client.firstTime)),
      cell('Last seen', `${duration(now - client.heartbeatTime)} ago`),
      cell('Client', element('code', { title: client.id }, client.id.slice(0, 8))),
      cell('', kick));
  }

  async #kick(client) {
    if (!(await agreed(`Kick ${client.username} at ${client.ip} (${client.browser})? That window is signed out.`))) return;
    try {
      await post('/admin/monitor/userOffline', { id: client.id });
      toast(`${client.username} was kicked.`);
    } catch (problem) {
      toast(problem.message, 'bad');
    }
    this.#refresh();
  }
}

/** Its connection is lost, and its session is kept for a while. */
function away(client) {
  return client.away ? [' ', element('span', { class: 'away', title: 'its connection is lost, its session is kept' }, 'away')] : [];
}

function cell(label, ...children) {
  return element('td', label ? { 'data-label': label } : {}, ...children);
}

function agreed(question) {
  const dialog = byId('confirm');
  byId('confirm-text').textContent = question;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}
