// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// What a scenario needs: one browser, pages that record their frames and their complaints, screenshots, named steps.

import { chromium } from 'playwright-core';

const PATIENCE_MS = 20_000;
const FRAMES_SHOWN = 12;
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
/** A browser says so on the console when a server is away; everything else that it complains of is a fault. */
const EXPECTED = /WebSocket connection to|ERR_CONNECTION_REFUSED|status of 401/;

export class Scenario {
  #base;
  #folder;
  #browser;
  #shots = 0;
  #complaints = [];

  static async start(base, chromiumPath, folder) {
    const scenario = new Scenario();
    scenario.#base = base;
    scenario.#folder = folder;
    scenario.#browser = await chromium.launch({ executablePath: chromiumPath, headless: true, args: FLAGS });
    return scenario;
  }

  /** A new window that shares nothing with the others. */
  async open(name, options = {}) {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-GB', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const complain = (text) => {
      if (!EXPECTED.test(text)) this.#complaints.push(`${name}: ${text}`);
    };
    page.on('pageerror', (error) => complain(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complain(message.text());
    });
    const window = new Window(name, page);
    await page.goto(this.#base);
    return window;
  }

  async step(name, action) {
    await action();
    console.log(`ok ${name}`);
  }

  async shoot(window, name) {
    const number = String(++this.#shots).padStart(2, '0');
    await window.page.screenshot({ path: `${this.#folder}/${number}-${name}.png` });
  }

  /** Fails if any page has complained. */
  requireNoComplaints() {
    if (this.#complaints.length > 0) throw new Error(`pages complained:\n${this.#complaints.join('\n')}`);
  }

  async close() {
    await this.#browser.close();
  }
}

export class Window {
  addresses = [];
  sent = [];
  received = [];

  constructor(name, page) {
    this.name = name;
    this.page = page;
    page.on('websocket', (socket) => {
      this.addresses.push(socket.url());
      socket.on('framesent', ({ payload }) => this.sent.push(String(payload)));
      socket.on('framereceived', ({ payload }) => this.received.push(String(payload)));
    });
  }

  /** The last frames "sent" or "received", one a line, without secrets. */
  lastFrames(direction) {
    const shown = this[direction].slice(-FRAMES_SHOWN).map((text) => text.replace(/"(token|session)":"[^"]*"/g, '"$1":"…"').slice(0, 300));
    return shown.join('\n');
  }

  async signIn(username, password) {
    await this.page.getByLabel('User name').first().fill(username);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async isConnected() {
    await this.page.locator('#connection[data-state="open"]').waitFor();
  }

  async goTo(view) {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: view }).click();
    await this.page.locator(`#view-${view.toLowerCase()}`).waitFor();
  }

  async join(room) {
    await this.page.getByLabel('Join a room').fill(room);
    await this.page.getByRole('button', { name: 'Join' }).click();
    await this.page.getByRole('heading', { name: `room-${room}` }).waitFor();
  }

  async say(text) {
    await this.page.getByLabel('Message', { exact: true }).fill(text);
    await this.page.getByRole('button', { name: 'Send', exact: true }).click();
  }

  async reads(text) {
    await this.page.getByText(text, { exact: true }).first().waitFor();
  }

  /** Waits for a frame; frames are counted from `after`. */
  async frame(frames, pattern, after = 0) {
    const find = () => frames.findIndex((text, at) => at >= after && pattern.test(text));
    await this.until(() => find() >= 0, () => `a frame ${pattern} among\n${frames.slice(after).join('\n')}`);
    return find();
  }

  /** Waits for a condition of the scenario's own. */
  async until(condition, what) {
    const deadline = Date.now() + PATIENCE_MS;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`${this.name}: there is no ${typeof what === 'string' ? what : what()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export function require(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}
