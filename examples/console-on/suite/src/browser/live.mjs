// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// The console's page of a live connection as it is broken: node live.mjs BASE CHROMIUM SCREENSHOTS
// Writes "restart" to have the server restarted, and goes on when it reads a line.

import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Scenario, require } from './steps.mjs';

const [base, chromiumPath, screenshots] = process.argv.slice(2);
const DEADLINE_MS = 150_000;

setTimeout(() => {
  console.error(`not done after ${DEADLINE_MS} ms`);
  process.exit(1);
}, DEADLINE_MS).unref();

const scenario = await Scenario.start(base, chromiumPath, screenshots);
const lines = createInterface({ input: process.stdin });
const { step, shoot } = { step: scenario.step.bind(scenario), shoot: scenario.shoot.bind(scenario) };
let admin, ann;

/** What the page of a live connection shows. */
class Live {
  #page;

  constructor(window) {
    this.#page = window.page;
  }

  press = (name) => this.#page.locator('#view-live').getByRole('button', { name, exact: true }).click();

  is = (id, text) => this.#page.locator(`#live-${id}`).getByText(text, { exact: true }).waitFor();

  /** Waits for a line of a kind with this text. */
  tells = (kind, text) => this.#page.locator(`#live-log li[data-kind="${kind}"]`).filter({ hasText: text }).last().waitFor();

  /** The numbers of the messages and gaps that the page was told of in this session, in order; those of answers are not among them. */
  async numbers() {
    const told = await this.#page.locator('#live-log li').evaluateAll((items) => items.map((item) =>
      ({ kind: item.dataset.kind, number: item.querySelector('b').textContent, text: item.querySelector('span').textContent })));
    const begun = told.findLastIndex(({ kind, text }) => kind === 'session' && text.startsWith('new'));
    return told.slice(begun + 1)
      .flatMap(({ kind, number, text }) => (kind === 'gap' ? text.match(/#\d+/g).slice(0, 1) : number))
      .filter((number) => /^#\d+$/.test(number))
      .map((number) => Number(number.slice(1)));
  }

  /** Goes offline, and waits until the hub has noticed. */
  async goOffline() {
    await this.press('Go offline');
    await this.is('state', 'waiting');
    await admin.page.waitForFunction(isAway, await this.client(), { polling: 100 });
  }

  async send(count) {
    await this.#page.getByLabel('How many').fill(String(count));
    await this.press('Send them');
  }

  client = () => this.#page.locator('#live-client').textContent();
}

/** Whether a client is marked away in the online list; runs in the page of an admin. */
async function isAway(client) {
  const headers = { Authorization: sessionStorage.getItem('hubwire-console-token') };
  const answer = await (await fetch('/admin/monitor/userOnlineList', { headers })).json();
  return answer.data.list.some(({ id, away }) => id.startsWith(client) && away);
}

let live;

try {
  await step('a page opens a second connection, which brings its token in the hello', async () => {
    [admin, ann] = [await scenario.open('admin'), await scenario.open('ann')];
    await admin.signIn('admin', '123456');
    await ann.signIn('test', '123456');
    for (const window of [admin, ann]) await window.isConnected();
    live = new Live(ann);
    await ann.goTo('Live');
    await live.is('state', 'open');
    await live.is('session', 'new');
    require(ann.addresses.length === 2, `two connections, but ${ann.addresses.length}`);
    require(ann.addresses[0].includes('authorization='), 'the classic one has its token in the address');
    require(ann.addresses[1].endsWith('/socket'), 'the other has none');
    await ann.frame(ann.sent, /^\{"event":"hub\/hello","data":\{"token":"/);
    await shoot(ann, 'connected');
  });

  await step('messages are counted, and reach a group over both profiles', async () => {
    await live.send(5);
    await live.tells('message', '5 of 5');
    await ann.page.locator('#live-group').fill('1');
    await live.press('Join');
    await live.tells('group', 'in room-1');
    await admin.goTo('Rooms');
    await admin.join('1');
    await admin.say('hello from the classic side');
    await live.tells('message', 'room-1, admin: hello from the classic side');
    await live.press('Say hello');
    await admin.reads('hello');
    await shoot(ann, 'before-the-cut');
  });

  await step('who is cut comes back to the same session', async () => {
    const before = await live.client();
    await live.press('Cut the connection');
    await live.tells('state', 'lost with 4200');
    await live.tells('session', 'resumed');
    await live.is('resumed', '1');
    require((await live.client()) === before, 'the same client');
    await admin.say('hello again');
    await live.tells('message', 'room-1, admin: hello again');
    await shoot(ann, 'after-the-cut');
  });

  await step('who is offline is marked away, and is sent afterwards what was missed', async () => {
    const last = (await live.numbers()).pop();
    await live.goOffline();
    await live.send(3);
    await ann.reads('3 messages sent while away.');
    await admin.say('are you there?');
    await admin.goTo('Online');
    await admin.page.locator('#online-rows tr[data-username="test"]').getByText('away', { exact: true }).waitFor();
    await shoot(admin, 'away');
    await shoot(ann, 'offline');
    await live.press('Go online');
    await live.is('resumed', '2');
    await live.tells('message', 'room-1, admin: are you there?');
    await admin.page.locator('#online-rows .away').waitFor({ state: 'detached' });
    const missed = (await live.numbers()).filter((number) => number > last);
    require(missed.join() === [1, 2, 3, 4].map((next) => last + next).join(), `four numbers behind ${last}, but ${missed}`);
    await shoot(ann, 'back-online');
  });

  await step('a question outlives a cut', async () => {
    await live.press('Ask me');
    await live.tells('question', 'What would you like to drink?');
    await shoot(ann, 'question');
    await live.press('Cut the connection');
    await live.is('resumed', '3');
    await live.press('tea');
    await live.tells('question', 'the hub heard: tea');
  });

  await step('what is too large to be kept is told as a gap in its place', async () => {
    await live.goOffline();
    const last = (await live.numbers()).pop();
    await live.press('Send one that is too large to keep');
    await ann.reads('1 message sent while away.');
    await live.press('Go online');
    await live.is('resumed', '4');
    await live.tells('gap', 'dropped (overflow)');
    await live.is('missed', '1');
    await live.tells('message', '1 of 1');
    const told = (await live.numbers()).filter((number) => number > last);
    require(told.join() === [last + 1, last + 2].join(), `two numbers behind ${last}, but ${told}`);
    await shoot(ann, 'gap');
    await admin.goTo('Monitor');
    await admin.page.locator('#run-info').getByText('0 away, 4 of 4 resumed').scrollIntoViewIfNeeded();
    await shoot(admin, 'monitor');
  });

  await step('who missed more than is kept begins a new session, in the same groups', async () => {
    await live.goOffline();
    await live.send(600);
    await ann.reads('600 messages sent while away.');
    await live.press('Go online');
    await live.is('session', 'new (gap)');
    await admin.goTo('Rooms');
    await admin.say('welcome back');
    await live.tells('message', 'room-1, admin: welcome back');
    await shoot(ann, 'too-much');
  });

  await step('after a restart of the server there is a new session, in the same groups', async () => {
    const restarted = once(lines, 'line');
    console.log('restart');
    await restarted;
    await live.is('session', 'new (unknown)');
    await admin.isConnected();
    await admin.page.getByText('connected again').waitFor();
    await admin.say('after the restart');
    await live.tells('message', 'room-1, admin: after the restart');
    await shoot(ann, 'restarted');
  });

  await step('who is kicked stays away until a person wants otherwise', async () => {
    const client = await live.client();
    await admin.goTo('Online');
    await admin.page.locator(`#online-rows tr[data-client^="${client}"]`).getByRole('button').click();
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Kick' }).click();
    await live.is('state', 'closed');
    await live.tells('state', 'ended with 4004');
    await ann.isConnected();
    await shoot(ann, 'kicked');
    await live.press('Connect again');
    await live.is('session', 'new');
    await live.is('state', 'open');
  });

  await step('signing out ends the session', async () => {
    const client = await live.client();
    await ann.page.setViewportSize({ width: 390, height: 1400 });
    await ann.page.emulateMedia({ colorScheme: 'dark' });
    await live.send(2);
    await live.tells('message', '2 of 2');
    await shoot(ann, 'narrow-dark');
    await ann.page.getByRole('button', { name: 'Sign out' }).click();
    await ann.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await admin.page.locator(`#online-rows tr[data-client^="${client}"]`).waitFor({ state: 'detached' });
  });

  scenario.requireNoComplaints();
} catch (failure) {
  for (const window of [admin, ann]) if (window) await shoot(window, `failed-${window.name}`).catch(() => {});
  console.error(failure);
  console.error(`the last frames of ann\nsent\n${ann?.lastFrames('sent')}\nreceived\n${ann?.lastFrames('received')}`);
  process.exitCode = 1;
} finally {
  lines.close();
  await scenario.close();
}
