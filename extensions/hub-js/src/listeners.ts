// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

export type Listener = (...parameters: any[]) => any;

/** Who wants to hear of which event. */
export class Listeners {
  #report: (error: unknown) => void;
  #byEvent = new Map<string, Map<Listener, boolean>>();

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  add(event: string, listener: Listener, once: boolean): () => void {
    let listeners = this.#byEvent.get(event);
    if (listeners === undefined) {
      this.#byEvent.set(event, (listeners = new Map()));
    }
    listeners.set(listener, once);
    return () => this.remove(event, listener);
  }

  remove(event: string, listener?: Listener): void {
    const listeners = this.#byEvent.get(event);
    if (listener === undefined) {
      listeners?.clear();
    } else {
      listeners?.delete(listener);
    }
  }

  /** Calls those who listen now and are not removed before their turn. */
  emit(event: string, ...parameters: unknown[]): void {
    const listeners = this.#byEvent.get(event) ?? [];
    for (const [listener, once] of [...listeners]) {
      this.#call(event, listener, once, parameters);
    }
  }

  #call(event: string, listener: Listener, once: boolean, parameters: unknown[]): void {
    if (!this.#byEvent.get(event)?.has(listener)) {
      return;
    }
    if (once) {
      this.remove(event, listener);
    }
    try {
      const result = listener(...parameters);
      result?.then?.(undefined, this.#report);
    } catch (error) {
      this.#report(error);
    }
  }
}

/** The same, which never throws itself. */
export function safely(report: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    try {
      report(error);
    } catch (further) {
      reportGlobally(further);
    }
  };
}

/** Where an uncaught error would be seen. */
export function reportGlobally(error: unknown): void {
  if (typeof reportError === 'function') {
    reportError(error);
  } else {
    console.error(error);
  }
}
