// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The part of a `WebSocket` that the client uses. */
export interface Socket {
  readonly readyState: number;
  readonly bufferedAmount: number;
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/** A `WebSocket` class: the browser's, that of Node 22 and later, or that of the package `ws`. */
export type SocketConstructor = new (url: string, protocols: string[]) => Socket;

/** What happens on a link. */
export interface LinkHandler {
  opened(): void;
  received(text: string): void;
  /** Called at most once, and never after the link was dropped. */
  closed(code: number, reason: string): void;
}

const PROTOCOL = 'hubwire.v1';
const OPEN = 1;

/** One socket as long as it is the current one; what a dropped one still says is not heard. */
export class Link {
  #socket: Socket;
  #dropped = false;

  constructor(socketClass: SocketConstructor, url: string, handler: LinkHandler) {
    const socket = (this.#socket = new socketClass(url, [PROTOCOL]));
    socket.onopen = () => this.#dropped || handler.opened();
    socket.onmessage = ({ data }) => this.#dropped || handler.received(data);
    socket.onclose = ({ code, reason }) => {
      if (!this.#dropped) {
        this.#dropped = true;
        handler.closed(code, reason);
      }
    };
    socket.onerror = () => {}; // a close follows, and "ws" throws when nobody listens
  }

  /** A browser throws away what is sent on a socket that has begun to close. */
  get takes(): boolean {
    return !this.#dropped && this.#socket.readyState === OPEN;
  }

  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  get dropped(): boolean {
    return this.#dropped;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Closes the socket without waiting until the peer agrees; it may be long dead. */
  drop(code: number, reason: string): void {
    this.#dropped = true;
    this.#socket.close(code, reason);
  }
}
