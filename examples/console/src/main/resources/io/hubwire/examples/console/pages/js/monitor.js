// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// What the server's machine is doing, asked for over the hub while somebody looks.

import { LineChart } from './chart.js';
import { byId, bytes, duration, element, fullTime } from './dom.js';

const PERIOD_MS = 2_000;

export class MonitorView {
  #connection;
  #timer = 0;
  #usage = new LineChart(byId('chart-usage'), {
    title: 'Processor and memory in use', series: [{ name: 'CPU' }, { name: 'Memory' }], max: 100, format: (value) => `${trim(value)} %`,
  });
  #load = new LineChart(byId('chart-load'), { title: 'Load average', series: [{ name: 'Load' }], format: trim });
  #net = new LineChart(byId('chart-net'), {
    title: 'Network', series: [{ name: 'Down' }, { name: 'Up' }], format: (value) => `${bytes(Math.round(value * 1024))}/s`,
  });

  constructor(connection) {
    this.#connection = connection;
    connection.addEventListener('state', ({ detail }) => {
      if (detail.state === 'open' && this.#timer) this.#refresh();
    });
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

  async #refresh() {
    try {
      const [trends, info] = await Promise.all([
        this.#connection.request('admin/monitor/trends'),
        this.#connection.request('admin/monitor/runInfo'),
      ]);
      this.#drawTrends(trends);
      this.#drawInfo(info);
    } catch {
      // not connected at the moment: the next tick asks again, and the state is shown above
    }
  }

  #drawTrends({ head, usage, load, net }) {
    byId('monitor-cards').replaceChildren(...head.map((card, index) => cardOf(card, CARDS[index])));
    this.#usage.draw(usage.map(({ time, cpu, memory }) => ({ time, values: [cpu, memory] })));
    this.#load.draw(load.map(({ time, avg }) => ({ time, values: [avg] })));
    this.#net.draw(net.map(({ time, down, up }) => ({ time, values: [down, up] })));
  }

  #drawInfo(info) {
    const facts = {
      Host: `${info.hostname} (${info.intranet_ip})`,
      System: info.os,
      Processors: `${info.processors} × ${info.arch}`,
      Java: `${info.version}, ${info.vm}`,
      Started: `${fullTime(info.startTime)}, ${duration(info.runTime)} ago`,
      Heap: `${bytes(info.heapUsed)} of ${bytes(info.heapMax)}`,
      Threads: String(info.threads),
      Clients: `${info.clients} of ${info.users} ${info.users === 1 ? 'user' : 'users'}`,
      Sessions: `${info.away} away, ${info.sessionsResumed} of ${info.connectionsLost} resumed`,
      Folder: info.pwd,
    };
    byId('run-info').replaceChildren(...Object.entries(facts).map(([name, value]) =>
      element('div', {}, element('dt', {}, name), element('dd', {}, value))));
  }
}

/** What each card shows besides: a share in percent for the bar, and a line of text. */
const CARDS = [
  { share: (card) => parseFloat(card.data), text: (card) => card.extra.data1 || card.extra.data },
  { share: (card) => parseFloat(card.data), text: (card) => `${card.extra.data} used, ${card.extra.data1} free` },
  { share: (card) => parseFloat(card.extra.data), text: (card) => `${card.extra.data} % used` },
  { share: (card) => parseFloat(card.data), text: (card) => `average ${card.extra.data}` },
];

function cardOf(card, { share, text }) {
  const percent = Math.min(100, Math.max(0, share(card) || 0));
  return element('article', { class: 'card figure' },
    element('h3', {}, card.title),
    element('p', { class: 'value' }, card.data),
    element('meter', { min: 0, max: 100, high: 85, optimum: 0, value: percent, 'aria-label': `${card.title} in use` }),
    element('p', { class: 'hint' }, text(card)),
    element('p', { class: 'total' }, `${card.bottomTitle} `, element('b', {}, card.totalSum)));
}

function trim(value) {
  return String(Math.round(value * 100) / 100);
}
