/*! SPDX-FileCopyrightText: The Hubwire Authors | SPDX-License-Identifier: Apache-2.0 */

// src/acknowledgements.ts
var MESSAGES = 32;
var DELAY_MS = 1e3;
var Acknowledgements = class {
  #clock;
  #send;
  #count = 0;
  #timer;
  constructor(clock, send) {
    this.#clock = clock;
    this.#send = send;
  }
  /** One more counted message was applied. */
  applied() {
    if (++this.#count >= MESSAGES) {
      this.#due();
    } else {
      this.#timer ??= this.#clock.after(DELAY_MS, () => this.#due());
    }
  }
  /** The connection is gone: the next hello tells the hub. */
  done() {
    this.#count = 0;
    this.#timer?.cancel();
    this.#timer = void 0;
  }
  #due() {
    this.done();
    this.#send();
  }
};

// src/advice.ts
var HOUR_MS = 36e5;
function advised(value, otherwise, least, most = HOUR_MS) {
  return typeof value === "number" && value >= least ? Math.min(value, most) : otherwise;
}

// src/close-codes.ts
var CLOSE = {
  NORMAL: 1e3,
  ABNORMAL: 1006,
  RESTART: 1012,
  PROTOCOL: 4e3,
  HELLO_TIMEOUT: 4105,
  HEARTBEAT_TIMEOUT: 4201,
  DRAIN: 4202,
  POSITION_LOST: 4204,
  EXPIRED: 4300,
  REVOKED: 4301
};
var FINAL = [CLOSE.NORMAL, 1002, 1003, 1007, 1008, 1009, 1010];
function adviceOf(code) {
  if (FINAL.includes(code) || code >= 4e3 && code < 4100 || code >= 4500) {
    return "stop";
  }
  if (code >= 4200 && code < 4300) {
    return "now";
  }
  return code >= 4300 && code < 4400 ? "credentials" : "back-off";
}
function isAskedToWait(code) {
  return code === CLOSE.RESTART || code === 1013 || code >= 4e3;
}

// src/clock.ts
var LONGEST_MS = 2 ** 31 - 1;
var SLEPT_MS = 1e3;
function countingSleep(monotonic, wall) {
  let asleepMs = 0;
  let aheadMs = wall() - monotonic();
  return () => {
    const nowAheadMs = wall() - monotonic();
    if (nowAheadMs - aheadMs > SLEPT_MS) {
      asleepMs += nowAheadMs - aheadMs;
      aheadMs = nowAheadMs;
    }
    aheadMs = Math.min(aheadMs, nowAheadMs);
    return monotonic() + asleepMs;
  };
}
var systemClock = {
  now: countingSleep(() => performance.now(), Date.now),
  after(delayMs, action) {
    const handle = setTimeout(action, Math.min(delayMs, LONGEST_MS));
    return { cancel: () => clearTimeout(handle) };
  }
};
var LATE_MS = 2e3;
function deadline(clock, delayMs, action) {
  let timer = arm();
  return { cancel: () => timer.cancel() };
  function arm() {
    const due = clock.now() + delayMs;
    return clock.after(delayMs, () => {
      if (clock.now() - due > LATE_MS) {
        timer = arm();
      } else {
        action();
      }
    });
  }
}

// src/backoff.ts
var NOW_MS = 1e3;
var QUICK_ATTEMPTS = 3;
var ASKED_MIN_MS = 1e3;
var RESTART_MIN_MS = 1e3;
var RESTART_MAX_MS = 1e4;
var Backoff = class {
  #clock;
  #random;
  #advice = { minMs: 500, maxMs: 2e4 };
  #attempts = 0;
  /** When to come back after the close that the hub plans. */
  #drainedAt;
  constructor(clock, random) {
    this.#clock = clock;
    this.#random = random;
  }
  advise(advice = {}) {
    const { minMs, maxMs } = this.#advice;
    this.#advice = { minMs: advised(advice.minMs, minMs, 1), maxMs: advised(advice.maxMs, maxMs, 1) };
  }
  /** The hub says when to come back after the close that it plans. */
  drain(reconnectInMs) {
    this.#drainedAt = this.#clock.now() + advised(reconnectInMs, 0, 0);
  }
  /** Whether it is not yet time to come back after that. */
  get isDraining() {
    return this.#drainingMs > 0;
  }
  /** The last connection was a good one. */
  reset() {
    this.#attempts = 0;
  }
  /** The wait after a connection ended with this code. */
  next(code) {
    const attempt = this.#attempts++;
    const drainingMs = this.#drainingMs;
    const isDrained = this.#drainedAt !== void 0;
    this.#drainedAt = void 0;
    return drainingMs > 0 ? drainingMs : this.#after(isDrained ? CLOSE.DRAIN : code, attempt);
  }
  #after(code, attempt) {
    const isBackOff = adviceOf(code) === "back-off";
    if (!isBackOff && attempt < QUICK_ATTEMPTS) {
      return this.#between(0, NOW_MS);
    }
    if (code === CLOSE.RESTART && attempt === 0) {
      return this.#between(RESTART_MIN_MS, RESTART_MAX_MS);
    }
    const isAsked = isBackOff && isAskedToWait(code) && code !== CLOSE.RESTART;
    const leastMs = isAsked ? ASKED_MIN_MS : 0;
    const bound = leastMs + Math.max(this.#advice.minMs, leastMs) * 2 ** attempt;
    return this.#between(leastMs, Math.max(leastMs, Math.min(this.#advice.maxMs, bound)));
  }
  get #drainingMs() {
    return this.#drainedAt === void 0 ? 0 : this.#drainedAt - this.#clock.now();
  }
  #between(minMs, maxMs) {
    return minMs + this.#random() * (maxMs - minMs);
  }
};

// src/socket.ts
var PROTOCOL = "hubwire.v1";
var OPEN = 1;
var Link = class {
  #socket;
  #dropped = false;
  constructor(socketClass, url, handler) {
    const socket = this.#socket = new socketClass(url, [PROTOCOL]);
    socket.onopen = () => this.#dropped || handler.opened();
    socket.onmessage = ({ data }) => this.#dropped || handler.received(data);
    socket.onclose = ({ code, reason }) => {
      if (!this.#dropped) {
        this.#dropped = true;
        handler.closed(code, reason);
      }
    };
    socket.onerror = () => {
    };
  }
  /** A browser throws away what is sent on a socket that has begun to close. */
  get takes() {
    return !this.#dropped && this.#socket.readyState === OPEN;
  }
  get waitingBytes() {
    return this.#socket.bufferedAmount;
  }
  get dropped() {
    return this.#dropped;
  }
  send(text) {
    this.#socket.send(text);
  }
  /** Closes the socket without waiting until the peer agrees; it may be long dead. */
  drop(code, reason) {
    this.#dropped = true;
    this.#socket.close(code, reason);
  }
};

// src/connection.ts
var TOKEN_MS = 3e4;
var OPEN_MS = 15e3;
var HANGING_MS = 3e3;
var HELLO_MS = 1e4;
var STABLE_MS = 5e3;
var Connection = class {
  #surroundings;
  #handler;
  #backoff;
  #state = { name: "connecting" };
  #attempt = 0;
  #link;
  /** The wait before the next attempt, or the limit of the current one. */
  #timer;
  #triedAt = 0;
  #answeredAt;
  /** Whether the current connection has brought anything that is counted. */
  #hasProgressed = false;
  #token;
  /** Why the next token is asked for; stays until there is one. */
  #cause = "connect";
  #wasRevoked = false;
  #isAskedToWait = false;
  constructor(surroundings, handler) {
    this.#surroundings = surroundings;
    this.#handler = handler;
    this.#backoff = new Backoff(surroundings.clock, surroundings.random);
  }
  get state() {
    return this.#state;
  }
  /** Changes with each socket, and when one is gone. */
  get attempt() {
    return this.#attempt;
  }
  /** Whether the hub has answered the hello. */
  get answered() {
    return this.#answeredAt !== void 0;
  }
  get writable() {
    return this.answered && this.#link?.takes === true;
  }
  get waitingBytes() {
    return this.#link?.waitingBytes ?? 0;
  }
  send(text) {
    this.#link?.send(text);
  }
  start() {
    this.#timer?.cancel();
    const attempt = ++this.#attempt;
    const isCurrent = () => attempt === this.#attempt;
    const late = () => this.#tokenFailed(new Error(`none in ${TOKEN_MS} ms`));
    this.#timer = deadline(this.#surroundings.clock, TOKEN_MS, late);
    this.#surroundings.token(this.#cause).then(
      (token) => isCurrent() && this.#open(token),
      (error) => isCurrent() && this.#tokenFailed(error)
    );
    if (isCurrent()) {
      this.#turn({ name: "connecting" });
    }
  }
  /** The hello was answered: from now on this is writable. */
  accept(advice) {
    this.#timer?.cancel();
    this.#answeredAt = this.#surroundings.clock.now();
    this.#backoff.advise(advice);
  }
  /** Tells that it is open, when everything that has waited is sent; unless that has ended it. */
  announce(state) {
    if (this.answered) {
      this.#turn(state);
    }
  }
  /** The hub was told this token on the open connection. */
  renewed(token) {
    this.#token = token;
  }
  /** It has brought something that is counted: if it is cut now, that is the network's fault. */
  progressed() {
    this.#hasProgressed = true;
  }
  drain(reconnectInMs) {
    this.#backoff.drain(reconnectInMs);
  }
  /** Gives up the current socket and gets another one, as after a close with this code. */
  drop(code, reason) {
    this.#link?.drop(code, reason);
    this.#lost(code, reason);
  }
  /** Comes back at once if it is only the network that it waits for, and begins anew an attempt that hangs. */
  wake() {
    if (this.#state.name === "waiting" && !this.#isAskedToWait) {
      this.start();
    } else if (this.#hangs) {
      this.#link?.drop(CLOSE.HELLO_TIMEOUT, "begun anew");
      this.#end();
      this.start();
    }
  }
  close(code, reason) {
    if (this.#state.name !== "closed") {
      this.#link?.drop(CLOSE.NORMAL, "");
      this.#end();
      this.#turn({ name: "closed", code, reason });
    }
  }
  #open(token) {
    if (this.#cause !== "connect" && token && token === this.#token) {
      this.close(this.#cause === "revoked" ? CLOSE.REVOKED : CLOSE.EXPIRED, "no new credentials");
      return;
    }
    this.#token = token;
    this.#cause = "connect";
    this.#expect(OPEN_MS, "no connection");
    this.#triedAt = this.#surroundings.clock.now();
    const { socketClass, url } = this.#surroundings;
    try {
      this.#link = new Link(socketClass, url, {
        opened: () => this.#hello(token),
        received: (text) => this.#handler.received(text),
        closed: (code, reason) => this.#lost(code, reason, isAskedToWait(code))
      });
    } catch (error) {
      this.#lost(CLOSE.ABNORMAL, String(error));
    }
  }
  #hello(token) {
    this.#expect(HELLO_MS, "hello timeout");
    this.send(this.#handler.hello(token));
  }
  #expect(delayMs, reason) {
    this.#timer?.cancel();
    this.#timer = deadline(this.#surroundings.clock, delayMs, () => this.drop(CLOSE.HELLO_TIMEOUT, reason));
  }
  #tokenFailed(error) {
    this.#lost(CLOSE.ABNORMAL, "no token");
    this.#handler.tokenFailed(error);
  }
  #lost(code, reason, isAsked = false) {
    const isStable = this.#livedMs() >= STABLE_MS;
    const wasCut = this.#hasProgressed && !isAskedToWait(code);
    const isRevokedAgain = code === CLOSE.REVOKED && this.#wasRevoked && !isStable;
    if (adviceOf(code) === "stop" || isRevokedAgain) {
      this.close(code, reason);
      return;
    }
    this.#end();
    this.#wasRevoked = code === CLOSE.REVOKED || this.#wasRevoked && !isStable;
    if (isStable || wasCut) {
      this.#backoff.reset();
    }
    this.#isAskedToWait = isAsked || this.#backoff.isDraining;
    this.#wait(code, reason);
  }
  #wait(code, reason) {
    if (adviceOf(code) === "credentials") {
      this.#cause = code === CLOSE.REVOKED ? "revoked" : "expired";
    }
    const delayMs = this.#backoff.next(code);
    this.#timer = this.#surroundings.clock.after(delayMs, () => this.start());
    this.#turn({ name: "waiting", delayMs, code, reason });
  }
  get #hangs() {
    const isUnderWay = this.#link !== void 0 && !this.answered;
    return isUnderWay && this.#surroundings.clock.now() - this.#triedAt >= HANGING_MS;
  }
  #livedMs() {
    return this.#answeredAt === void 0 ? 0 : this.#surroundings.clock.now() - this.#answeredAt;
  }
  #end() {
    this.#attempt++;
    this.#timer?.cancel();
    this.#link = void 0;
    this.#answeredAt = void 0;
    this.#hasProgressed = false;
    this.#handler.lost();
  }
  #turn(state) {
    this.#state = state;
    this.#handler.changed(state);
  }
};

// src/errors.ts
var HubError = class extends Error {
  name = "HubError";
  code;
  event;
  data;
  constructor(code, message, { event, data, cause } = {}) {
    super(message, { cause });
    this.code = code;
    this.event = event;
    this.data = data;
  }
};

// src/control.ts
var Control = class {
  #of;
  constructor(controlled) {
    this.#of = controlled;
  }
  obey(envelope) {
    const { code, event } = envelope;
    if (event === "hub/hello") {
      this.#hello(envelope);
    } else if (envelope.id !== void 0 && this.#of.requests.answered(envelope)) {
      return;
    } else if (code) {
      const { data, errorMsg = "" } = envelope;
      this.#of.listeners.emit("hub/error", new HubError(code, errorMsg, { event, data }));
    } else if (this.#of.connection.answered) {
      this.#signal(event, fieldsOf(envelope));
    }
  }
  #hello(envelope) {
    if (!envelope.code && !this.#of.connection.answered) {
      this.#of.answered(fieldsOf(envelope));
    }
  }
  #signal(event, data) {
    const { connection, groups, listeners, refreshToken } = this.#of;
    switch (event) {
      case "hub/gap":
        this.#gap(data);
        break;
      case "hub/left":
        groups.lost(data.id);
        listeners.emit(event, { group: data.id, reason: data.reason });
        break;
      case "hub/drain":
        connection.drain(data.reconnectInMs);
        listeners.emit(event, data);
        break;
      case "hub/auth-expiring":
        refreshToken();
        break;
    }
  }
  #gap(gap) {
    const { acknowledgements, connection, listeners, session } = this.#of;
    const verdict = session.skip(gap.from, gap.to);
    if (verdict === "hole") {
      connection.drop(CLOSE.POSITION_LOST, "position lost");
    } else if (verdict === "apply") {
      acknowledgements.applied();
      connection.progressed();
      listeners.emit("hub/gap", gap);
    }
  }
};
function fieldsOf({ data }) {
  return Object(data) === data ? data : {};
}

// src/frames.ts
var encoder = new TextEncoder();
function parseFrame(text) {
  const root = JSON.parse(text);
  const [first, ...others] = Array.isArray(root) ? root : [void 0, root];
  const envelopes = first === void 0 || typeof first === "number" ? others : [first, ...others];
  if (!envelopes.every(isEnvelope)) {
    throw new TypeError("not a frame");
  }
  return { first: typeof first === "number" ? first : void 0, envelopes };
}
function isEnvelope(part) {
  return typeof part?.event === "string";
}
function isControl(event) {
  return event.startsWith("hub/");
}
function isCounted(envelope) {
  return !envelope.volatile && !isControl(envelope.event);
}
function checkEvent(event) {
  if (!/^[A-Za-z0-9._/:-]{1,128}$/.test(event) || isControl(event)) {
    throw new TypeError(`${event} is no name of an event: 1 to 128 of A-Z a-z 0-9 . _ / : - and not hub/…`);
  }
}
function sizeOf(text) {
  return encoder.encode(text).length;
}

// src/groups.ts
var PATIENT = { timeout: Infinity };
var AGAIN_MS = 1e3;
var TOO_MANY_GROUPS = 1202;
var ANSWER_NOT_KEPT = 1403;
var Groups = class {
  #clock;
  #requests;
  #left;
  #wishes = /* @__PURE__ */ new Map();
  constructor(clock, requests, left) {
    this.#clock = clock;
    this.#requests = requests;
    this.#left = left;
  }
  get wanted() {
    return [...this.#wishes.keys()];
  }
  async join(group) {
    const wish = this.#wishes.get(group) ?? { asking: 0, joined: false };
    this.#wishes.set(group, wish);
    try {
      return await this.#ask(group, wish, false);
    } catch (error) {
      if (this.#isDecided(group, wish) && !wish.joined) {
        this.#wishes.delete(group);
      }
      throw error;
    }
  }
  /** A client that is closed meanwhile is in no group either: that is no failure. */
  async leave(group) {
    this.#wishes.get(group)?.timer?.cancel();
    this.#wishes.delete(group);
    try {
      return await this.#request("quit", group, {});
    } catch (error) {
      const { code } = error;
      if (code === "closed" || code === "outcome-unknown") {
        return [];
      }
      throw error;
    }
  }
  /** The hub took the client out; what it is asked for just now is decided by its answer. */
  lost(group) {
    const wish = this.#wishes.get(group);
    if (wish === void 0) {
      return;
    }
    wish.joined = false;
    if (this.#isDecided(group, wish)) {
      this.#wishes.delete(group);
    }
  }
  /** The session goes on and is in these groups. Returns the forgotten ones: the client was taken out and not told. */
  resumed(groups) {
    const before = this.wanted;
    before.filter((group) => !groups.includes(group)).forEach((group) => this.lost(group));
    return before.filter((group) => !this.#wishes.has(group));
  }
  /** A new session is in no group. A join that is open is sent again by the requests. */
  restarted() {
    for (const [group, wish] of this.#wishes) {
      wish.joined = false;
      if (this.#isDecided(group, wish)) {
        void this.#joinAgain(group, wish);
      }
    }
  }
  clear() {
    this.#wishes.forEach(({ timer }) => timer?.cancel());
    this.#wishes.clear();
  }
  async #joinAgain(group, wish) {
    try {
      await this.#ask(group, wish, true);
    } catch (error) {
      if (!this.#isDecided(group, wish) || wish.joined) {
        return;
      }
      if (isPassing(error)) {
        wish.timer = this.#clock.after(AGAIN_MS, () => void this.#joinAgain(group, wish));
      } else {
        this.#wishes.delete(group);
        this.#left(group, error.message);
      }
    }
  }
  async #ask(group, wish, isFirst) {
    wish.timer?.cancel();
    wish.timer = void 0;
    wish.asking++;
    const succeeded = () => {
      wish.asking--;
      wish.joined = true;
    };
    try {
      return await this.#request("join", group, { isFirst, succeeded });
    } catch (error) {
      wish.asking--;
      throw error;
    }
  }
  /** Asks anew when it was done and what came of it is no longer known. */
  async #request(event, group, manner) {
    for (; ; ) {
      try {
        return await this.#requests.request(event, { id: group }, PATIENT, { isRepeatable: true, ...manner });
      } catch (error) {
        if (error.code !== ANSWER_NOT_KEPT) {
          throw error;
        }
      }
    }
  }
  /** Whether the group is still wanted, and nothing is on its way that could change whether the client is in it. */
  #isDecided(group, wish) {
    return this.#wishes.get(group) === wish && wish.asking === 0 && wish.timer === void 0;
  }
};
function isPassing(error) {
  const code = error.code;
  return typeof code === "string" || code >= 1200 && code < 1300 && code !== TOO_MANY_GROUPS;
}

// src/heartbeat.ts
var FRESH_MS = 1e3;
var Heartbeat = class {
  #clock;
  #ping;
  #dead;
  #advice = { intervalMs: 25e3, timeoutMs: 1e4 };
  #heardAt = 0;
  #asked = false;
  #timer;
  constructor(clock, ping, dead) {
    this.#clock = clock;
    this.#ping = ping;
    this.#dead = dead;
  }
  start(advice = {}) {
    const { intervalMs, timeoutMs } = this.#advice;
    this.#advice = {
      intervalMs: advised(advice.intervalMs, intervalMs, 0),
      timeoutMs: advised(advice.timeoutMs, timeoutMs, 1)
    };
    this.#heardAt = this.#clock.now();
    this.#waitForSilence();
  }
  stop() {
    this.#timer?.cancel();
    this.#timer = void 0;
    this.#asked = false;
  }
  heard() {
    this.#heardAt = this.#clock.now();
    if (this.#asked) {
      this.#waitForSilence();
    }
  }
  /** Asks the hub now, if the connection is open and it has not just spoken. */
  check() {
    if (this.#timer !== void 0 && !this.#asked && this.#clock.now() - this.#heardAt >= FRESH_MS) {
      this.#ask();
    }
  }
  #waitForSilence() {
    this.stop();
    const { intervalMs } = this.#advice;
    if (intervalMs > 0) {
      const leftMs = this.#heardAt + intervalMs - this.#clock.now();
      this.#timer = this.#clock.after(Math.max(0, leftMs), () => this.#idle());
    }
  }
  #idle() {
    if (this.#clock.now() - this.#heardAt < this.#advice.intervalMs) {
      this.#waitForSilence();
    } else {
      this.#ask();
    }
  }
  #ask() {
    this.stop();
    this.#asked = true;
    this.#timer = deadline(this.#clock, this.#advice.timeoutMs, () => this.#dead());
    this.#ping();
  }
};

// src/session.ts
var Session = class {
  #secret;
  #last = 0;
  /** The number of the last message applied. */
  get last() {
    return this.#last;
  }
  claim() {
    return this.#secret === void 0 ? void 0 : { session: this.#secret, seq: this.#last };
  }
  /** The hub goes on with the session that was claimed, under a new secret. The position stays the client's own. */
  resume(secret) {
    this.#secret = secret;
  }
  begin(secret, position) {
    this.#secret = secret;
    this.#last = advised(position, 0, 0, Number.MAX_SAFE_INTEGER);
  }
  forget() {
    this.#secret = void 0;
  }
  /** Counts one number. */
  accept(seq) {
    if (seq <= this.#last) {
      return "ignore";
    }
    if (seq !== this.#last + 1) {
      return "hole";
    }
    this.#last = seq;
    return "apply";
  }
  /** The hub dropped the numbers `from` to `to`. What makes no sense hides a hole. */
  skip(from, to) {
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) {
      return "hole";
    }
    if (to <= this.#last) {
      return "ignore";
    }
    if (from > this.#last + 1) {
      return "hole";
    }
    this.#last = to;
    return "apply";
  }
};
var Numbering = class {
  #next;
  constructor(first) {
    this.#next = first;
  }
  next(envelope) {
    return this.#next !== void 0 && isCounted(envelope) ? this.#next++ : void 0;
  }
};

// src/inbound.ts
var Inbound = class {
  #to;
  constructor(destinations) {
    this.#to = destinations;
  }
  received(text) {
    const { connection } = this.#to;
    const { attempt } = connection;
    const frame = this.#parse(text);
    const numbering = new Numbering(frame?.first);
    for (const envelope of frame?.envelopes ?? []) {
      const isCurrent = attempt === connection.attempt;
      if (!isCurrent) {
        return;
      }
      this.#take(envelope, numbering.next(envelope));
    }
  }
  #parse(text) {
    try {
      return parseFrame(text);
    } catch {
      this.#to.connection.drop(CLOSE.POSITION_LOST, "unreadable frame");
      return void 0;
    }
  }
  #take(envelope, seq) {
    if (isControl(envelope.event)) {
      this.#to.control(envelope);
    } else if (this.#to.connection.answered) {
      this.#count(envelope, seq);
    }
  }
  #count(envelope, seq) {
    const { acknowledgements, connection, session } = this.#to;
    const verdict = seq === void 0 ? "apply" : session.accept(seq);
    if (verdict === "hole") {
      connection.drop(CLOSE.POSITION_LOST, "position lost");
    } else if (verdict === "apply") {
      if (seq !== void 0) {
        acknowledgements.applied();
        connection.progressed();
      }
      this.#apply(envelope, seq);
    }
  }
  #apply(envelope, seq) {
    const { questions, requests } = this.#to;
    if (envelope.ask !== void 0) {
      void questions.asked(envelope);
    } else if (envelope.id !== void 0) {
      requests.answered(envelope);
    } else {
      this.#tell(envelope, seq);
    }
  }
  #tell({ event, data, code = 0, errorMsg, timestamp = 0, volatile = false }, seq) {
    const { listeners } = this.#to;
    const message = { event, data, code, errorMsg, timestamp, volatile, seq };
    if (code === 0) {
      listeners.emit(event, data, message);
    } else {
      listeners.emit("hub/error", new HubError(code, errorMsg ?? "", { event, data }));
    }
    listeners.emit("*", message);
  }
};

// src/listeners.ts
var Listeners = class {
  #report;
  #byEvent = /* @__PURE__ */ new Map();
  constructor(report) {
    this.#report = report;
  }
  add(event, listener, once) {
    let listeners = this.#byEvent.get(event);
    if (listeners === void 0) {
      this.#byEvent.set(event, listeners = /* @__PURE__ */ new Map());
    }
    listeners.set(listener, once);
    return () => this.remove(event, listener);
  }
  remove(event, listener) {
    const listeners = this.#byEvent.get(event);
    if (listener === void 0) {
      listeners?.clear();
    } else {
      listeners?.delete(listener);
    }
  }
  /** Calls those who listen now and are not removed before their turn. */
  emit(event, ...parameters) {
    const listeners = this.#byEvent.get(event) ?? [];
    for (const [listener, once] of [...listeners]) {
      this.#call(event, listener, once, parameters);
    }
  }
  #call(event, listener, once, parameters) {
    if (!this.#byEvent.get(event)?.has(listener)) {
      return;
    }
    if (once) {
      this.remove(event, listener);
    }
    try {
      const result = listener(...parameters);
      result?.then?.(void 0, this.#report);
    } catch (error) {
      this.#report(error);
    }
  }
};
function safely(report) {
  return (error) => {
    try {
      report(error);
    } catch (further) {
      reportGlobally(further);
    }
  };
}
function reportGlobally(error) {
  if (typeof reportError === "function") {
    reportError(error);
  } else {
    console.error(error);
  }
}

// src/outgoing.ts
function outbound(envelope, manner = {}) {
  const text = JSON.stringify(envelope);
  return { event: envelope.event, text, bytes: sizeOf(text), ...manner };
}
var Outgoing = class {
  #wire;
  #limits;
  #messageBytes = Infinity;
  #queue = [];
  /** Of what counts. */
  #messages = 0;
  #bytes = 0;
  constructor(wire, { messages = 64, bytes = 262144 } = {}) {
    this.#wire = wire;
    this.#limits = { messages, bytes };
  }
  /** What the hub takes in one message. */
  limitTo(messageBytes) {
    this.#messageBytes = messageBytes;
  }
  offer(message) {
    if (message.bytes > this.#messageBytes) {
      throw this.#tooBig(message);
    }
    if (this.#wire.writable && (message.isFirst || this.#queue.length === 0)) {
      this.#write(message);
    } else {
      this.#wait(message);
    }
  }
  /** Takes a message back that may still be waiting. */
  withdraw(message) {
    const position = this.#queue.indexOf(message);
    if (position >= 0) {
      this.#queue.splice(position, 1);
      this.#count(message, -1);
    }
  }
  flush() {
    while (this.#wire.writable) {
      const message = this.#queue.shift();
      if (message === void 0) {
        return;
      }
      this.#count(message, -1);
      this.#sendLate(message);
    }
  }
  clear() {
    this.#queue = [];
    this.#messages = 0;
    this.#bytes = 0;
  }
  #sendLate(message) {
    if (message.stale?.()) {
      return;
    }
    if (message.bytes > this.#messageBytes) {
      message.refused?.(this.#tooBig(message));
    } else {
      this.#send(message);
    }
  }
  #write(message) {
    if (this.#wire.waitingBytes >= this.#limits.bytes) {
      throw new HubError("queue-full", `${this.#wire.waitingBytes} bytes wait in the socket`, message);
    }
    this.#send(message);
  }
  #send(message) {
    this.#wire.send(message.text);
    message.written?.();
  }
  #wait(message) {
    const { messages, bytes } = this.#limits;
    const isFull = this.#messages >= messages || this.#bytes + message.bytes > bytes;
    if (isFull && !message.isFree) {
      const waiting = `${this.#messages} messages with ${this.#bytes} bytes wait for a connection`;
      throw new HubError("queue-full", `${waiting}, ${messages} and ${bytes} may (queue)`, { event: message.event });
    }
    this.#queue.push(message);
    this.#count(message, 1);
  }
  #count(message, sign) {
    if (!message.isFree) {
      this.#messages += sign;
      this.#bytes += sign * message.bytes;
    }
  }
  #tooBig({ event, bytes }) {
    return new HubError("too-big", `${bytes} bytes, the hub takes ${this.#messageBytes}`, { event });
  }
};

// src/page.ts
var browserPage = {
  onWake(wake) {
    if (typeof document === "undefined" || typeof addEventListener === "undefined") {
      return () => {
      };
    }
    const seen = () => {
      if (document.visibilityState === "visible") {
        wake();
      }
    };
    const windowEvents = ["online", "offline", "pageshow"];
    document.addEventListener("visibilitychange", seen);
    windowEvents.forEach((name) => addEventListener(name, wake));
    return () => {
      document.removeEventListener("visibilitychange", seen);
      windowEvents.forEach((name) => removeEventListener(name, wake));
    };
  }
};

// src/questions.ts
var UNKNOWN_EVENT = { code: 1300, errorMsg: "unknown event" };
var FAILED = { code: 1400, errorMsg: "internal error" };
var Questions = class {
  #outgoing;
  #report;
  #handlers = /* @__PURE__ */ new Map();
  #session = 0;
  constructor(outgoing, report) {
    this.#outgoing = outgoing;
    this.#report = report;
  }
  handle(event, handler) {
    if (this.#handlers.has(event)) {
      throw new TypeError(`There is already an answer to ${event}`);
    }
    this.#handlers.set(event, handler);
    return () => {
      if (this.#handlers.get(event) === handler) {
        this.#handlers.delete(event);
      }
    };
  }
  /** The questions so far are nobody's any more; answers to them are not sent. */
  restarted() {
    this.#session++;
  }
  async asked({ event, ask, data }) {
    const session = this.#session;
    const reply = await this.#replyTo(event, data);
    const stale = () => session !== this.#session;
    if (stale()) {
      return;
    }
    try {
      this.#send({ event, ask, ...reply }, stale);
    } catch (error) {
      this.#report(error);
      this.#sendIfRoom({ event, ask, ...FAILED }, stale);
    }
  }
  async #replyTo(event, data) {
    const handler = this.#handlers.get(event);
    if (handler === void 0) {
      return UNKNOWN_EVENT;
    }
    try {
      return { code: 0, data: await handler(data) };
    } catch (error) {
      if (error instanceof HubError && typeof error.code === "number") {
        return { code: error.code, errorMsg: error.message, data: error.data };
      }
      this.#report(error);
      return FAILED;
    }
  }
  #send(envelope, stale) {
    this.#outgoing.offer(outbound(envelope, { isFree: true, stale }));
  }
  /** Without room the hub's question runs into its timeout. */
  #sendIfRoom(envelope, stale) {
    try {
      this.#send(envelope, stale);
    } catch (error) {
      this.#report(error);
    }
  }
};

// src/requests.ts
var KNOWN_IDS = 256;
var KNOWN_MS = 1e5;
var Requests = class {
  #clock;
  #wire;
  #outgoing;
  #timeoutMs;
  #open = /* @__PURE__ */ new Map();
  #counter = 0;
  constructor(clock, wire, outgoing, timeoutMs = 3e4) {
    this.#clock = clock;
    this.#wire = wire;
    this.#outgoing = outgoing;
    this.#timeoutMs = timeoutMs;
  }
  nextId() {
    return `c-${++this.#counter}`;
  }
  request(event, data, options = {}, manner = {}) {
    const { isFirst, isRepeatable = false, succeeded } = manner;
    return new Promise((resolve, reject) => {
      options.signal?.throwIfAborted();
      const id = this.nextId();
      const message = outbound({ event, data, id }, { isFirst, isFree: isRepeatable });
      const request = {
        number: this.#counter,
        message,
        isRepeatable,
        succeeded,
        sentAt: void 0,
        resolve,
        reject,
        release: () => {
        }
      };
      message.written = () => request.sentAt = this.#clock.now();
      message.refused = (error) => this.#end(id)?.reject(error);
      this.#outgoing.offer(message);
      this.#open.set(id, request);
      request.release = this.#watch(id, options);
    });
  }
  /** Whether somebody waited for this. */
  answered(envelope) {
    const request = this.#end(envelope.id ?? "");
    if (envelope.code) {
      request?.reject(new HubError(envelope.code, envelope.errorMsg ?? "", envelope));
    } else {
      request?.succeeded?.();
      request?.resolve(envelope.data);
    }
    return request !== void 0;
  }
  /** The session goes on: asks again, under the same ids. */
  resumed() {
    for (const [id, request] of this.#sent()) {
      if (request.isRepeatable || this.#isKnown(request)) {
        this.#wire.send(request.message.text);
      } else {
        this.#fail(id, "outcome-unknown", "too old to be sent again");
      }
    }
  }
  /** The session is a new one: what was sent in the earlier one stays unknown. */
  restarted() {
    for (const [id, request] of this.#sent()) {
      if (request.isRepeatable) {
        this.#wire.send(request.message.text);
      } else {
        this.#fail(id, "outcome-unknown", "the session ended before the answer");
      }
    }
  }
  closed() {
    for (const [id, { sentAt }] of [...this.#open]) {
      this.#fail(id, sentAt === void 0 ? "closed" : "outcome-unknown", "the client is closed");
    }
  }
  /** The others wait for the first time, and have their place in the queue. */
  #sent() {
    return [...this.#open].filter(([, { sentAt }]) => sentAt !== void 0);
  }
  #isKnown({ number, sentAt }) {
    return this.#clock.now() - (sentAt ?? 0) < KNOWN_MS && this.#counter - number < KNOWN_IDS;
  }
  #watch(id, { timeout = this.#timeoutMs, signal }) {
    const aborted = () => this.#withdraw(id)?.reject(signal?.reason);
    signal?.addEventListener("abort", aborted);
    let timer;
    if (Number.isFinite(timeout)) {
      timer = this.#clock.after(timeout, () => this.#fail(id, "timeout", `no answer in ${timeout} ms`));
    }
    return () => {
      timer?.cancel();
      signal?.removeEventListener("abort", aborted);
    };
  }
  #fail(id, code, message) {
    const request = this.#withdraw(id);
    request?.reject(new HubError(code, message, { event: request.message.event }));
  }
  #withdraw(id) {
    const request = this.#end(id);
    if (request !== void 0) {
      this.#outgoing.withdraw(request.message);
    }
    return request;
  }
  #end(id) {
    const request = this.#open.get(id);
    this.#open.delete(id);
    request?.release();
    return request;
  }
};

// src/client.ts
var MOST_WAITING_BYTES = 1048576;
var Client = class {
  #listeners;
  #session = new Session();
  #connection;
  #outgoing;
  #requests;
  #questions;
  #groups;
  #acknowledgements;
  #heartbeat;
  #inbound;
  #token;
  #endWaking;
  /** The connection for which a new token is being asked for. */
  #refreshing;
  constructor(url, options) {
    const { clock = systemClock } = options;
    const report = safely(options.report ?? reportGlobally);
    this.#token = async (cause) => options.token?.(cause);
    this.#listeners = new Listeners(report);
    this.#connection = new Connection(
      { url, clock, random: options.random ?? Math.random, socketClass: socketClassOf(options), token: this.#token },
      this.#connectionHandler()
    );
    this.#outgoing = new Outgoing(this.#connection, options.queue);
    this.#requests = new Requests(clock, this.#connection, this.#outgoing, options.requestTimeout);
    this.#questions = new Questions(this.#outgoing, report);
    const left = (group, reason) => this.#listeners.emit("hub/left", { group, reason });
    this.#groups = new Groups(clock, this.#requests, left);
    this.#acknowledgements = new Acknowledgements(clock, () => this.#control("hub/ack", this.#position()));
    this.#heartbeat = new Heartbeat(clock, () => this.#control("hub/ping", this.#position()), () => this.#dead());
    this.#inbound = this.#assembleInbound();
    this.#endWaking = (options.page ?? browserPage).onWake(() => this.#wake());
    this.#connection.start();
  }
  get state() {
    return this.#connection.state;
  }
  get groups() {
    return this.#groups.wanted;
  }
  on(event, listener) {
    return this.#listeners.add(event, listener, false);
  }
  once(event, listener) {
    return this.#listeners.add(event, listener, true);
  }
  off(event, listener) {
    this.#listeners.remove(event, listener);
  }
  send(event, data) {
    this.#checkOpen(event);
    const refused = (error) => this.#listeners.emit("hub/error", error);
    this.#outgoing.offer(outbound({ event, data }, { refused }));
  }
  async request(event, data, options) {
    this.#checkOpen(event);
    return this.#requests.request(event, data, options);
  }
  answer(event, handler) {
    return this.#questions.handle(event, handler);
  }
  join(group) {
    const joined = this.#join(group).catch((error) => {
      if (this.state.name === "closed") {
        joined.catch(() => void 0);
      }
      throw error;
    });
    return joined;
  }
  async #join(group) {
    this.#checkOpen("join");
    return this.#groups.join(group);
  }
  async leave(group) {
    this.#checkOpen("quit");
    return this.#groups.leave(group);
  }
  close() {
    this.#connection.close(CLOSE.NORMAL, "closed by the application");
  }
  #checkOpen(event) {
    checkEvent(event);
    if (this.state.name === "closed") {
      throw new HubError("closed", "the client is closed", { event });
    }
  }
  #connectionHandler() {
    return {
      hello: (token) => this.#hello(token),
      received: (text) => {
        this.#heartbeat.heard();
        this.#inbound.received(text);
      },
      lost: () => {
        this.#heartbeat.stop();
        this.#acknowledgements.done();
      },
      tokenFailed: (error) => this.#tokenFailed(error),
      changed: (state) => this.#changed(state)
    };
  }
  #assembleInbound() {
    const parts = {
      connection: this.#connection,
      session: this.#session,
      acknowledgements: this.#acknowledgements,
      requests: this.#requests,
      questions: this.#questions,
      groups: this.#groups,
      listeners: this.#listeners
    };
    const control = new Control({
      ...parts,
      answered: (data) => this.#answered(data),
      refreshToken: () => void this.#refreshToken()
    });
    return new Inbound({ ...parts, control: (envelope) => control.obey(envelope) });
  }
  #hello(token) {
    const data = { token: token ?? void 0, resume: this.#session.claim() };
    return JSON.stringify({ event: "hub/hello", data });
  }
  /** First everything that has waited goes out, then the application hears of it: what it sends comes behind. */
  #answered(answer) {
    const { client, heartbeat, limits, reconnect, reason = "none", resumed, user } = answer;
    this.#outgoing.limitTo(advised(limits?.messageBytes, Infinity, 1, Infinity));
    this.#heartbeat.start(heartbeat ?? {});
    this.#connection.accept(reconnect ?? {});
    const lostGroups = resumed ? this.#goOn(answer) : this.#begin(answer);
    this.#outgoing.flush();
    this.#connection.announce({ name: "open", resumed: resumed === true, client, user });
    if (!resumed) {
      this.#emitIfOpen("hub/session", { client, user, reason });
    }
    lostGroups.forEach((group) => this.#emitIfOpen("hub/left", { group, reason: "" }));
  }
  /** Unless a listener before has ended it. */
  #emitIfOpen(event, data) {
    if (this.#connection.answered) {
      this.#listeners.emit(event, data);
    }
  }
  /** Returns the groups that the client is no longer in, and has to be told of. */
  #goOn({ groups, session }) {
    this.#session.resume(session);
    this.#requests.resumed();
    return this.#groups.resumed(Array.isArray(groups) ? groups : []);
  }
  #begin({ seq, session }) {
    this.#session.begin(session, seq);
    this.#questions.restarted();
    this.#requests.restarted();
    this.#groups.restarted();
    return [];
  }
  #changed(state) {
    if (state.name === "closed") {
      this.#endWaking();
      this.#session.forget();
      this.#requests.closed();
      this.#outgoing.clear();
      this.#groups.clear();
    }
    if (state.name === "waiting" && state.code === CLOSE.REVOKED) {
      this.#session.forget();
    }
    this.#listeners.emit("hub/state", state);
  }
  #wake() {
    this.#connection.wake();
    this.#heartbeat.check();
  }
  #dead() {
    this.#connection.drop(CLOSE.HEARTBEAT_TIMEOUT, "heartbeat timeout");
  }
  #position() {
    return { seq: this.#session.last };
  }
  /** A hub that reads nothing need not be told. */
  #control(event, data, id) {
    if (this.#connection.waitingBytes < MOST_WAITING_BYTES) {
      this.#connection.send(JSON.stringify({ event, data, id }));
    }
  }
  async #refreshToken() {
    const { attempt } = this.#connection;
    if (this.#refreshing === attempt) {
      return;
    }
    this.#refreshing = attempt;
    const isCurrent = () => this.#refreshing === attempt && this.#connection.attempt === attempt;
    try {
      const token = await this.#token("expiring");
      if (isCurrent()) {
        this.#renew(token);
      }
    } catch (error) {
      if (isCurrent()) {
        this.#tokenFailed(error);
      }
    } finally {
      if (this.#refreshing === attempt) {
        this.#refreshing = void 0;
      }
    }
  }
  /** To say that there is none would be no credential. */
  #renew(token) {
    if (token) {
      this.#connection.renewed(token);
      this.#control("hub/auth", { token }, this.#requests.nextId());
    }
  }
  #tokenFailed(cause) {
    this.#listeners.emit("hub/error", new HubError("token", "no token", { cause }));
  }
};
function socketClassOf({ WebSocket: given }) {
  const socketClass = given ?? globalThis.WebSocket;
  if (socketClass === void 0) {
    throw new TypeError('There is no WebSocket here: give one (option WebSocket), such as that of the package "ws"');
  }
  return socketClass;
}

// src/index.ts
function connect(url, options = {}) {
  return new Client(addressOf(url), options);
}
function addressOf(url) {
  const address = new URL(url, typeof location === "undefined" ? void 0 : location.href);
  address.protocol = address.protocol.replace("http", "ws");
  address.hash = "";
  if (!/^wss?:$/.test(address.protocol)) {
    throw new TypeError(`${url} is no address of a hub: it begins with ws, wss, http or https`);
  }
  return address.href;
}
export {
  HubError,
  connect
};
