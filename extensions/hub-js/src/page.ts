// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What the client wants to know of the page it runs in; tests replace it. */
export interface Page {
  /**
   * Calls back when a connection is worth a look: the page is seen again, or the network came or went. Returns the end
   * of it.
   */
  onWake(wake: () => void): () => void;
}

/** The page of a browser. In Node there is none, and nothing is ever reported. */
export const browserPage: Page = {
  onWake(wake) {
    if (typeof document === 'undefined' || typeof addEventListener === 'undefined') {
      return () => {};
    }
    const seen = () => {
      if (document.visibilityState === 'visible') {
        wake();
      }
    };
    const windowEvents = ['online', 'offline', 'pageshow'];
    document.addEventListener('visibilitychange', seen);
    windowEvents.forEach((name) => addEventListener(name, wake));
    return () => {
      document.removeEventListener('visibilitychange', seen);
      windowEvents.forEach((name) => removeEventListener(name, wake));
    };
  },
};
