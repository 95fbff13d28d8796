// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// Who is signed in, in this tab. A reload keeps it; closing the tab ends it.

const KEY = 'hubwire-console-token';

export const session = {
  token: sessionStorage.getItem(KEY) ?? '',
  member: null,

  begin(token) {
    this.token = token;
    sessionStorage.setItem(KEY, token);
  },

  end() {
    this.token = '';
    this.member = null;
    sessionStorage.removeItem(KEY);
  },

  get isAdmin() {
    return this.member?.roles.includes('admin') ?? false;
  },
};
