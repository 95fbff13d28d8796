// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// Calls over HTTP.

import { session } from './session.js';

export class ApiError extends Error {
  /** status 0: the server could not be reached. */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const get = (path, query = {}) => {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined);
  return call('GET', given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`);
};

export const post = (path, body) => call('POST', path, body);

async function call(method, path, body) {
  const headers = {};
  if (session.token) headers.Authorization = session.token;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new ApiError(0, 'the server cannot be reached');
  }
  const answer = await response.json().catch(() => ({ code: response.status, message: `HTTP ${response.status}` }));
  if (!response.ok || answer.code !== 0) throw new ApiError(response.status, answer.message ?? 'failed');
  return answer.data;
}
