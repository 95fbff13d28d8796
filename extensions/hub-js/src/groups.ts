// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import type { Clock, Timer } from './clock.js';
import { HubError } from './errors.js';
import type { Manner, Requests } from './requests.js';

/** The wish to be in a group, from the first join to the leave. */
interface Wish {
  /** How many joins of it are on their way or wait to be sent. */
  asking: number;
  /** Whether the client is in it, as far as it knows. */
  joined: boolean;
  /** The wait before it is asked for again. */
  timer?: Timer | undefined;
}

/** What is to be true in the end is not given up because it takes long. */
const PATIENT = { timeout: Infinity };
const AGAIN_MS = 1_000;
const TOO_MANY_GROUPS = 1202;
const ANSWER_NOT_KEPT = 1403;

/** The groups that the client wants to be in, in every session. */
export class Groups {
  #clock: Clock;
  #requests: Requests;
  #left: (group: string, reason: string) => void;
  #wishes = new Map<string, Wish>();

  constructor(clock: Clock, requests: Requests, left: (group: string, reason: string) => void) {
    this.#clock = clock;
    this.#requests = requests;
    this.#left = left;
  }

  get wanted(): string[] {
    return [...this.#wishes.keys()];
  }

  async join(group: string): Promise<unknown> {
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
  async leave(group: string): Promise<unknown> {
    this.#wishes.get(group)?.timer?.cancel();
    this.#wishes.delete(group);
    try {
      return await this.#request('quit', group, {});
    } catch (error) {
      const { code } = error as HubError;
      if (code === 'closed' || code === 'outcome-unknown') {
        return [];
      }
      throw error;
    }
  }

  /** The hub took the client out; what it is asked for just now is decided by its answer. */
  lost(group: string): void {
    const wish = this.#wishes.get(group);
    if (wish === undefined) {
      return;
    }
    wish.joined = false;
    if (this.#isDecided(group, wish)) {
      this.#wishes.delete(group);
    }
  }

  /** The session goes on and is in these groups. Returns the forgotten ones: the client was taken out and not told. */
  resumed(groups: readonly string[]): string[] {
    const before = this.wanted;
    before.filter((group) => !groups.includes(group)).forEach((group) => this.lost(group));
    return before.filter((group) => !this.#wishes.has(group));
  }

  /** A new session is in no group. A join that is open is sent again by the requests. */
  restarted(): void {
    for (const [group, wish] of this.#wishes) {
      wish.joined = false;
      if (this.#isDecided(group, wish)) {
        void this.#joinAgain(group, wish);
      }
    }
  }

  clear(): void {
    this.#wishes.forEach(({ timer }) => timer?.cancel());
    this.#wishes.clear();
  }

  async #joinAgain(group: string, wish: Wish): Promise<void> {
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
        this.#left(group, (error as Error).message);
      }
    }
  }

  async #ask(group: string, wish: Wish, isFirst: boolean): Promise<unknown> {
    wish.timer?.cancel();
    wish.timer = undefined;
    wish.asking++;
    const succeeded = () => {
      wish.asking--;
      wish.joined = true;
    };
    try {
      return await this.#request('join', group, { isFirst, succeeded });
    } catch (error) {
      wish.asking--;
      throw error;
    }
  }

  /** Asks anew when it was done and what came of it is no longer known. */
  async #request(event: string, group: string, manner: Manner): Promise<unknown> {
    for (;;) {
      try {
        return await this.#requests.request(event, { id: group }, PATIENT, { isRepeatable: true, ...manner });
      } catch (error) {
        if ((error as HubError).code !== ANSWER_NOT_KEPT) {
          throw error;
        }
      }
    }
  }

  /** Whether the group is still wanted, and nothing is on its way that could change whether the client is in it. */
  #isDecided(group: string, wish: Wish): boolean {
    return this.#wishes.get(group) === wish && wish.asking === 0 && wish.timer === undefined;
  }
}

/** Whether the hub, or the way to it, had no room just now: a limit of the 1200s, or a failure of the client's own. */
function isPassing(error: unknown): boolean {
  const code = (error as HubError).code;
  return typeof code === 'string' || (code >= 1200 && code < 1300 && code !== TOO_MANY_GROUPS);
}
