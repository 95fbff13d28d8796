// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// The line that a client's sockets go over: a page can be taken off it, as if its network were gone.

const GIVEN_UP = 4400; // for the hub; the client is told 1006, as of a network that failed
const LOST = 1006;
const SECRETS = /"(token|session)":"[^"]*"/g;

/** Fires "frame" ({detail: {sent, text}}) for each frame, without its secrets. */
class Line extends EventTarget {
  isOnline = true;
  #sockets = new Set();

  add(socket) {
    this.#sockets.add(socket);
    socket.addEventListener('close', () => this.#sockets.delete(socket));
    socket.addEventListener('message', ({ data }) => this.tell(false, data));
  }

  /** Every connection is lost, and no other can be made. */
  goOffline() {
    this.isOnline = false;
    for (const socket of this.#sockets) socket.lose();
  }

  /** Connections can be made again; whoever waits for the network is told so. */
  goOnline() {
    this.isOnline = true;
    dispatchEvent(new Event('online'));
  }

  tell(sent, text) {
    this.dispatchEvent(new CustomEvent('frame', { detail: { sent, text: text.replace(SECRETS, '"$1":"…"') } }));
  }
}

export const line = new Line();

/** A socket on the line, for the client to use. */
export class LineSocket extends WebSocket {
  constructor(url, protocols) {
    if (!line.isOnline) throw new Error('offline');
    super(url, protocols);
    line.add(this);
  }

  send(text) {
    line.tell(true, text);
    super.send(text);
  }

  lose() {
    const { onclose } = this;
    this.onopen = this.onmessage = this.onclose = null;
    this.close(GIVEN_UP, 'offline');
    onclose?.({ code: LOST, reason: 'offline' });
  }
}
