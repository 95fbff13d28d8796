// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { Chance } from './chance.js';

/** Enough for the handshake and the answer to the hello. */
const STALL_AFTER = 2_000;

/** Forwards bytes between a client and a hub, and cuts or stalls each connection after a random number of them. */
export class CuttingProxy {
  /** Whether connections are cut; each is judged when it is made. */
  isCutting = false;
  cuts = 0;
  stalls = 0;
  #server = createServer((client) => this.#forward(client));
  #sockets = new Set<Socket>();
  #hubPort: number;
  #chance: Chance;

  constructor(hubPort: number, seed: number) {
    this.#hubPort = hubPort;
    this.#chance = new Chance(seed);
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  cutAll(): void {
    this.#sockets.forEach((socket) => socket.destroy());
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #forward(client: Socket): void {
    const hub = connect(this.#hubPort, '127.0.0.1');
    const pair = [client, hub];
    const end = () => pair.forEach((socket) => socket.destroy());
    for (const socket of pair) {
      this.#sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        end();
      });
    }
    const stop = this.#stopOf(end);
    this.#pipe(client, hub, stop);
    this.#pipe(hub, client, stop);
  }

  /** Forwards until the budget is used up, in the middle of a chunk if it comes so. */
  #pipe(from: Socket, to: Socket, stop: { budget: number; act: () => void }): void {
    from.on('data', (chunk) => {
      if (stop.budget <= 0) {
        return;
      }
      to.write(chunk.subarray(0, stop.budget));
      stop.budget -= chunk.length;
      if (stop.budget <= 0) {
        stop.act();
      }
    });
  }

  #stopOf(end: () => void): { budget: number; act: () => void } {
    if (!this.isCutting) {
      return { budget: Infinity, act: () => {} };
    }
    if (this.#chance.oneIn(20)) {
      return { budget: STALL_AFTER + this.#chance.between(0, 4_000), act: () => this.stalls++ };
    }
    const act = () => {
      this.cuts++;
      setImmediate(end); // what was forwarded may still arrive
    };
    return { budget: this.#chance.between(1, 6_000), act };
  }
}
