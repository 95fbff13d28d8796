// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// One connection to the hub that is kept open: it pings when nothing was heard, gives up a silent socket, and comes back.

const QUIET_MS = 5_000; // nothing heard for this long: ping
const SILENT_MS = 5_000; // still nothing after this much more: the socket is dead
const RETRY_MS = 1_000;
const ANSWER_MS = 10_000;

/** Close codes after which a client stays away: somebody decided that. */
const isFinal = (code) => (code >= 4000 && code < 4100) || code >= 4500;
/** Close codes that ask for new credentials. */
const isExpired = (code) => code >= 4300 && code < 4400;

/**
 * Fires "state" ({detail: {state, text}}; state is connecting, open, waiting or ended), "frame" ({detail: {sent, text}}) and
 * "ended" ({detail: {reason, text}}; reason is kicked, expired or refused), after which it does not come back.
 */
export class HubConnection extends EventTarget {
  #url;
  #mayReturn;
  #socket = null;
  #handlers = new Map();
  #waiting = new Map();
  #timer = 0;
  #pingSentAt = 0;
  #lastId = 0;
  #over = false;

  /**
   * @param url gives the address, with the token as it is then
   * @param mayReturn asked after a refused attempt; resolves to false when the token is no longer good
   */
  constructor(url, mayReturn) {
    super();
    this.#url = url;
    this.#mayReturn = mayReturn;
  }

  state = 'waiting';
  /** How long the last ping took, in milliseconds; empty before the first. */
  roundTrip = null;

  /** Calls the handler with (data, message) for every event of this name; '*' gets what has no handler of its own. */
  on(event, handler) {
    this.#handlers.set(event, handler);
  }

  start() {
    this.#open();
  }

  /** Ends it for good. */
  stop() {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#drop(1000);
    this.#failWaiting('signed out');
  }

  /** Sends an event that needs no answer; false if there is no connection. */
  send(event, data) {
    if (this.state !== 'open') return false;
    this.#write(data === undefined ? { event } : { event, data });
    return true;
  }

  /** Sends an event and resolves with the data of its answer. */
  request(event, data) {
    if (this.state !== 'open') return Promise.reject(new Error('not connected'));
    const id = `c-${++this.#lastId}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id, (waiting) => waiting.reject(new Error('no answer'))), ANSWER_MS);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#write(data === undefined ? { event, id } : { event, data, id });
    });
  }

  #open() {
    this.#become('connecting', 'connecting');
    const socket = new WebSocket(this.#url());
    this.#socket = socket;
    let opened = false;
    this.#after(QUIET_MS + SILENT_MS, () => this.#lost(socket, opened, 0));
    socket.onopen = () => {
      if (socket !== this.#socket) return;
      opened = true;
      this.#heard();
      this.#become('open', 'connected');
    };
    socket.onmessage = (frame) => {
      if (socket === this.#socket) this.#read(frame.data);
    };
    socket.onclose = (close) => this.#lost(socket, opened, close.code);
  }

  #read(text) {
    this.#heard();
    this.#tell('frame', { sent: false, text });
    const message = JSON.parse(text);
    if (message.event === 'ping') {
      this.roundTrip = Math.round(performance.now() - this.#pingSentAt);
      this.#tell('heartbeat', { roundTrip: this.roundTrip });
      return;
    }
    if (message.event === 'kick') {
      this.#end('kicked', 'An administrator has ended your session.');
      return;
    }
    if (message.id !== undefined && this.#waiting.has(message.id)) {
      this.#settle(message.id, (waiting) =>
        message.code === 0 ? waiting.resolve(message.data) : waiting.reject(new Error(message.errorMsg ?? 'failed')));
      return;
    }
    const handler = this.#handlers.get(message.event) ?? this.#handlers.get('*');
    handler?.(message.data, message);
  }

  /** Anything heard is a sign of life: begin to count the silence anew. */
  #heard() {
    this.#after(QUIET_MS, () => {
      this.#pingSentAt = performance.now();
      this.#write({ event: 'ping' });
      const socket = this.#socket;
      this.#after(SILENT_MS, () => this.#lost(socket, true, 0));
    });
  }

  async #lost(socket, opened, code) {
    if (socket !== this.#socket) return;
    this.#drop(1000);
    this.#failWaiting('connection lost');
    if (this.#over) return;
    if (isFinal(code)) return this.#end(code === 4004 ? 'kicked' : 'refused', 'The server has ended your session.');
    if (isExpired(code)) return this.#end('expired', 'Your session is over. Please sign in again.');
    this.#become('waiting', 'connection lost, trying again');
    if (!opened && !(await this.#mayReturn())) {
      return this.#end('expired', 'Your session is over. Please sign in again.');
    }
    if (!this.#over) this.#after(RETRY_MS, () => this.#open());
  }

  #end(reason, text) {
    if (this.#over) return;
    this.stop();
    this.#become('ended', 'signed out');
    this.#tell('ended', { reason, text });
  }

  #drop(code) {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#timer);
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    if (socket.readyState <= WebSocket.OPEN) socket.close(code);
  }

  #write(message) {
    const text = JSON.stringify(message);
    this.#socket.send(text);
    this.#tell('frame', { sent: true, text });
  }

  #settle(id, how) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    if (waiting) how(waiting);
  }

  #failWaiting(why) {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, (waiting) => waiting.reject(new Error(why)));
  }

  #become(state, text) {
    this.state = state;
    this.#tell('state', { state, text });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #after(milliseconds, action) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, milliseconds);
  }
}
