// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import type { Envelope } from '../../src/frames.js';
import type { Socket, SocketConstructor } from '../../src/socket.js';

/** A socket whose other end is the test. */
export class FakeSocket implements Socket {
  readonly url: string;
  readonly protocols: string[];
  readyState = 0;
  bufferedAmount = 0;
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: object) => void) | null = null;
  onclose: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  /** What the client has sent and nobody has taken yet. */
  readonly sent: string[] = [];
  /** How the client closed it. */
  closedWith: { code: number | undefined; reason: string | undefined } | undefined;

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
  }

  /** Fails and ignores as a browser's does. */
  send(text: string): void {
    if (this.readyState === 0) {
      throw new DOMException('still connecting', 'InvalidStateError');
    }
    if (this.readyState === 1) {
      this.sent.push(text);
    }
  }

  close(code?: number, reason = ''): void {
    if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999)) {
      throw new DOMException(`${code} is not for a page to send`, 'InvalidAccessError');
    }
    if (new TextEncoder().encode(reason).length > 123) {
      throw new DOMException('the reason is too long', 'SyntaxError');
    }
    if (this.readyState < 2) {
      this.readyState = 2;
      this.closedWith = { code, reason };
    }
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({});
  }

  /** The hub sends this frame. */
  receive(frame: unknown): void {
    this.receiveText(JSON.stringify(frame));
  }

  receiveText(data: unknown): void {
    this.onmessage?.({ data });
  }

  /** The close frame has arrived, and the event of it has not yet been told. */
  beginClose(): void {
    this.readyState = 2;
  }

  end(code: number, reason = ''): void {
    this.readyState = 3;
    this.onerror?.({});
    this.onclose?.({ code, reason });
  }

  /** Takes the client's next message. */
  take(): Envelope | undefined {
    const text = this.sent.shift();
    return text === undefined ? undefined : (JSON.parse(text) as Envelope);
  }

  takeAll(): Envelope[] {
    return this.sent.splice(0).map((text) => JSON.parse(text) as Envelope);
  }
}

/** The sockets that a client has made, and a class that makes them. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = [];
  /** Whether an attempt fails by itself. */
  isDown = false;
  readonly WebSocket: SocketConstructor;

  constructor() {
    const network = this;
    this.WebSocket = class extends FakeSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        network.sockets.push(this);
        if (network.isDown) {
          queueMicrotask(() => this.end(1006));
        }
      }
    };
  }

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) {
      throw new Error('the client has made no socket');
    }
    return socket;
  }
}
