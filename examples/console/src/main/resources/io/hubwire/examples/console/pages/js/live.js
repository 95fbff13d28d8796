// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// A connection of its own, of the profile hubwire.v1, and all that can happen to it.

import { connect } from '/webjars/hubwire/hubwire.min.js';
import { post } from './api.js';
import { byId, element, toast } from './dom.js';
import { line, LineSocket } from './line.js';
import { tellLive } from './livelog.js';
import { session } from './session.js';

const PREFIX = 'room-';

/** Why a session is not the one before. */
const REASONS = {
  none: 'the first one',
  gap: 'more was missed than the hub keeps',
  expired: 'the earlier one is over',
  unknown: 'the hub does not know the earlier one',
  evicted: 'the hub had no room for the earlier one',
};

export class LiveView {
  #client = null;
  #clientId = '';
  #isAsking = false;
  #seen = { session: '–', last: 0, received: 0, missed: 0, resumed: 0 };

  constructor() {
    onClick('live-cut', () => this.#post('/live/cut', {}));
    onClick('live-line', () => this.#switchLine());
    onClick('live-overflow', () => this.#post('/live/overflow', {}));
    onClick('live-ask', () => this.#ask());
    onClick('live-again', () => this.#start());
    onSubmit('live-send', (form) => this.#post('/live/send', { count: Number(form.get('count')) }));
    onSubmit('live-join', (form) => this.#join(PREFIX + form.get('group').trim()));
  }

  show() {
    if (!this.#client) this.#start();
  }

  hide() {}

  /** Ends the session. */
  stop() {
    this.#client?.close();
  }

  #start() {
    const client = connect('/socket', { token: () => session.token, WebSocket: LineSocket });
    this.#client = client;
    client.on('hub/state', (state) => this.#follow(state));
    client.on('hub/session', ({ reason }) => this.#begin(reason));
    client.on('hub/gap', (gap) => this.#miss(gap));
    client.on('hub/left', ({ group, reason }) => this.#left(group, reason));
    client.on('hub/error', (problem) => tellLive('error', problem.message));
    client.on('*', (message) => this.#receive(message));
    client.on('live/heard', (heard, { seq }) => this.#heard(heard, seq));
    client.answer('live/question', (question) => this.#answer(question));
    this.#draw();
  }

  #follow(state) {
    if (state.name === 'open') this.#open(state);
    if (state.name === 'waiting') tellLive('state', `lost with ${state.code}; next attempt in ${seconds(state.delayMs)}`);
    if (state.name === 'closed') tellLive('state', `ended with ${state.code} ${state.reason}`);
    this.#draw();
  }

  #open({ client, resumed }) {
    this.#clientId = client;
    if (!resumed) return; // told with the session
    this.#seen.resumed++;
    this.#seen.session = 'resumed';
    tellLive('session', 'resumed: it goes on where it was');
  }

  #begin(reason) {
    this.#seen.session = reason === 'none' ? 'new' : `new (${reason})`;
    this.#seen.last = 0;
    this.#endQuestion(); // it was the earlier session's
    tellLive('session', `new: ${REASONS[reason] ?? reason}`);
    this.#draw();
  }

  #miss({ from, to, reason }) {
    this.#seen.last = to;
    this.#seen.missed += to - from + 1;
    tellLive('gap', `${from === to ? `#${from} was` : `#${from} to #${to} were`} dropped (${reason})`);
    this.#draw();
  }

  #receive({ event, data, code, errorMsg, seq }) {
    this.#seen.received++;
    if (seq !== undefined) this.#seen.last = seq;
    if (event === 'live/heard') return; // told with the question
    tellLive(code === 0 ? 'message' : 'error', code === 0 ? textOf(event, data) : `${event}: ${errorMsg}`, seq);
    this.#draw();
  }

  #left(group, reason) {
    tellLive('group', `out of ${group}: ${reason}`);
    this.#draw();
  }

  async #join(group) {
    try {
      await this.#client.join(group);
      tellLive('group', `in ${group}, and again in every later session`);
      byId('live-join').reset();
    } catch (problem) {
      toast(`${group}: ${problem.message}`, 'bad');
    }
    this.#draw();
  }

  async #leave(group) {
    try {
      await this.#client.leave(group);
      tellLive('group', `out of ${group}`);
    } catch (problem) {
      toast(`${group}: ${problem.message}`, 'bad');
    }
    this.#draw();
  }

  #ask() {
    this.#isAsking = true;
    this.#client.send('live/ask-me');
    this.#draw();
  }

  /** The hub waits for this promise; it goes on doing so when the connection is lost. */
  #answer({ text, choices }) {
    tellLive('question', text);
    return new Promise((resolve) => {
      const choose = (choice) => {
        byId('live-question').hidden = true;
        resolve(choice);
      };
      byId('live-question-text').textContent = text;
      byId('live-choices').replaceChildren(...choices.map((choice) => button(choice, 'primary', () => choose(choice))));
      byId('live-question').hidden = false;
    });
  }

  #heard({ answer, failure }, seq) {
    this.#endQuestion();
    tellLive('question', answer ? `the hub heard: ${answer}` : `the hub heard nothing: ${failure}`, seq);
  }

  #endQuestion() {
    this.#isAsking = false;
    byId('live-question').hidden = true;
    this.#draw();
  }

  #switchLine() {
    if (line.isOnline) line.goOffline();
    else line.goOnline();
    this.#draw();
  }

  async #post(path, body) {
    try {
      const sent = await post(path, { id: this.#clientId, ...body });
      if (sent) toast(sent.away ? `${messages(sent.accepted)} sent while away.` : `${messages(sent.accepted)} sent.`);
    } catch (problem) {
      toast(problem.message, 'bad');
    }
  }

  #draw() {
    const { state, groups } = this.#client;
    const isOver = state.name === 'closed';
    byId('live-state').dataset.state = isOver ? 'ended' : state.name;
    byId('live-state').textContent = state.name;
    const { session: kind, last, received, missed, resumed } = this.#seen;
    const facts = { 'live-session': kind, 'live-last': last, 'live-received': received, 'live-missed': missed, 'live-resumed': resumed };
    for (const [id, value] of Object.entries(facts)) byId(id).textContent = String(value);
    byId('live-missed').dataset.some = String(missed > 0);
    byId('live-client').textContent = this.#clientId.slice(0, 8) || '–';
    byId('live-line').textContent = line.isOnline ? 'Go offline' : 'Go online';
    byId('live-cut').disabled = state.name !== 'open';
    byId('live-overflow').disabled = line.isOnline || isOver;
    byId('live-ask').disabled = this.#isAsking || isOver;
    for (const form of ['live-send', 'live-join']) byId(form).querySelector('button').disabled = !this.#clientId || isOver;
    byId('live-again').hidden = !isOver;
    byId('live-groups').replaceChildren(...groups.map((group) => this.#item(group)));
  }

  #item(group) {
    const hello = () => this.#client.send('room/say', { id: group, text: 'hello' });
    return element('li', {}, element('code', {}, group), button('Say hello', 'small', hello), button('Leave', 'small', () => this.#leave(group)));
  }
}

function textOf(event, data) {
  if (event === 'live/tick') return `${data.number} of ${data.of}`;
  if (event === 'room/said') return `${data.id}, ${data.from}: ${data.text}`;
  return data === undefined ? event : `${event} ${JSON.stringify(data).slice(0, 200)}`;
}

function messages(count) {
  return count === 1 ? '1 message' : `${count} messages`;
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function button(text, kind, action) {
  const made = element('button', { type: 'button', class: kind }, text);
  made.addEventListener('click', action);
  return made;
}

function onClick(id, action) {
  byId(id).addEventListener('click', action);
}

function onSubmit(id, action) {
  byId(id).addEventListener('submit', (submit) => {
    submit.preventDefault();
    action(new FormData(submit.currentTarget));
  });
}
