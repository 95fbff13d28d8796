// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// Signing in and out, the pages, and the connection that they share.

import { get, post } from './api.js';
import { HubConnection } from './connection.js';
import { byId } from './dom.js';
import { line } from './line.js';
import { LiveView } from './live.js';
import { MonitorView } from './monitor.js';
import { NoticesView } from './notices.js';
import { OnlineView } from './online.js';
import { RoomsView } from './rooms.js';
import { session } from './session.js';
import { showWire } from './wire.js';

const RETRY_MS = 2_000;

let connection = null;
let views = {};

async function begin() {
  if (!session.token) return showSignIn();
  try {
    session.member = await get('/admin/member/info');
  } catch (problem) {
    if (problem.status === 401) return signOut('Your session is over. Please sign in again.');
    showSignIn('The server cannot be reached. Trying again…');
    setTimeout(begin, RETRY_MS);
    return;
  }
  openConsole();
}

function showSignIn(message = '') {
  byId('console').hidden = true;
  byId('sign-in').hidden = false;
  byId('sign-in-message').textContent = message;
  byId('sign-in-message').hidden = message === '';
  byId(byId('username').value === '' ? 'username' : 'password').focus();
}

function openConsole() {
  byId('sign-in').hidden = true;
  byId('console').hidden = false;
  byId('who-name').textContent = session.member.username;
  byId('who-role').hidden = !session.isAdmin;
  for (const part of document.querySelectorAll('[data-admin]')) part.hidden = !session.isAdmin;
  connection = new HubConnection(hubAddress, tokenIsGood);
  connection.addEventListener('state', ({ detail }) => showState(detail));
  connection.addEventListener('ended', ({ detail }) => signOut(detail.text));
  showWire(connection);
  showWire(line);
  views = { rooms: new RoomsView(connection), notices: new NoticesView(connection), live: new LiveView() };
  if (session.isAdmin) Object.assign(views, { monitor: new MonitorView(connection), online: new OnlineView() });
  connection.start();
  route();
}

function hubAddress() {
  const address = new URL('/socket', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = new URLSearchParams({ authorization: session.token });
  address.hash = '';
  return address;
}

/** Asked after a refused connect: a browser does not say why it was refused. */
async function tokenIsGood() {
  try {
    await get('/admin/member/info');
    return true;
  } catch (problem) {
    return problem.status !== 401;
  }
}

function showState({ state, text }) {
  const pill = byId('connection');
  pill.dataset.state = state;
  pill.textContent = text;
}

/** Everything that the page held goes with a reload; the message survives it. */
function signOut(message = '') {
  connection?.stop();
  views.live?.stop();
  session.end();
  if (message) sessionStorage.setItem('hubwire-console-message', message);
  location.replace('/');
}

function route() {
  const fallback = session.isAdmin ? 'monitor' : 'rooms';
  const wanted = location.hash.slice(1);
  const name = Object.hasOwn(views, wanted) ? wanted : fallback;
  for (const link of document.querySelectorAll('nav [data-view]')) {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  for (const [other, view] of Object.entries(views)) {
    byId(`view-${other}`).hidden = other !== name;
    if (other !== name) view.hide();
  }
  views[name].show();
}

async function signIn(form) {
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const { username, password } = Object.fromEntries(new FormData(form));
    session.begin((await post('/admin/site/accountLogin', { username, password })).token);
    form.reset();
    byId('sign-in-message').hidden = true;
    await begin();
  } catch (problem) {
    showSignIn(problem.status === 401 ? 'Wrong user name or password.' : problem.message);
  } finally {
    button.disabled = false;
  }
}

byId('sign-in-form').addEventListener('submit', (submit) => {
  submit.preventDefault();
  signIn(submit.currentTarget);
});
byId('sign-out').addEventListener('click', () => signOut());
addEventListener('hashchange', () => {
  if (connection) route();
});

const message = sessionStorage.getItem('hubwire-console-message') ?? '';
sessionStorage.removeItem('hubwire-console-message');
if (message) showSignIn(message);
else begin();
