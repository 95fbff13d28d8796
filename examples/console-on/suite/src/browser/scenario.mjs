// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

// The console as people use it: node scenario.mjs BASE CHROMIUM SCREENSHOTS
// Writes "restart" to have the server restarted, and goes on when it reads a line.

import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Scenario, require } from './steps.mjs';

const [base, chromiumPath, screenshots] = process.argv.slice(2);
const PING = /^\{"event":"ping"\}$/;
const PING_ANSWER = /^\{"event":"ping","code":0,"timestamp":\d{10}\}$/;
const DEADLINE_MS = 150_000;
const HOSTILE = '<img src=x onerror="document.title=\'owned\'"><b>bold</b>';

setTimeout(() => {
  console.error(`not done after ${DEADLINE_MS} ms`);
  process.exit(1);
}, DEADLINE_MS).unref();

const scenario = await Scenario.start(base, chromiumPath, screenshots);
const lines = createInterface({ input: process.stdin });
const { step, shoot } = { step: scenario.step.bind(scenario), shoot: scenario.shoot.bind(scenario) };
let admin, ben, kicked;

try {
  await step('a wrong password is told, the right one signs in', async () => {
    admin = await scenario.open('admin');
    await shoot(admin, 'sign-in');
    await admin.signIn('admin', 'wrong');
    await admin.reads('Wrong user name or password.');
    await shoot(admin, 'wrong-password');
    await admin.signIn('admin', '123456');
    await admin.isConnected();
  });

  await step('the monitor shows the machine', async () => {
    await admin.page.locator('#chart-usage polyline').first().waitFor({ state: 'attached' }); // a level line has no height
    await admin.page.locator('#run-info').getByText('Clients').waitFor();
    await admin.frame(admin.received, /"admin\/monitor\/trends"/, 3);
    await shoot(admin, 'monitor');
  });

  await step('two more windows sign in as another user and see no pages for admins', async () => {
    [ben, kicked] = [await scenario.open('ben'), await scenario.open('kicked', { viewport: { width: 390, height: 780 } })];
    for (const window of [ben, kicked]) {
      await window.signIn('test', '123456');
      await window.isConnected();
      require(!(await window.page.getByRole('link', { name: 'Monitor' }).isVisible()), 'no monitor for a user');
    }
  });

  await step('nothing is sent unasked, then a heartbeat is asked and answered', async () => {
    const ping = await ben.frame(ben.sent, PING);
    const answer = await ben.frame(ben.received, PING_ANSWER);
    require(ping === 0 && answer === 0, `the ping and its answer are the first frames, but\n${ben.sent}\n${ben.received}`);
  });

  await step('a message reaches the members of a room, as text', async () => {
    await admin.goTo('Rooms');
    for (const window of [admin, ben, kicked]) await window.join('1');
    await ben.say('hello from test');
    for (const window of [admin, ben, kicked]) await window.reads('hello from test');
    await admin.say('hello from admin');
    await ben.reads('hello from admin');
    await admin.say(HOSTILE);
    await ben.reads(HOSTILE);
    require((await ben.page.title()) === 'Hubwire Console', 'what others write is text');
    require((await ben.page.locator('#room-feed img, #room-feed b').count()) === 0, 'no element came of it');
  });

  await step('an event over HTTP reaches the members of a room', async () => {
    await admin.page.getByText('Send an event to this room over HTTP').click();
    await admin.page.getByRole('button', { name: 'Send to room' }).click();
    await ben.frame(ben.received, /^\{"event":"room\/announcement","data":\{"text":"hello from the server"\},"code":0,/);
    await ben.page.locator('#room-feed').getByText('room/announcement').waitFor();
    await shoot(admin, 'rooms-admin');
    await shoot(kicked, 'rooms-narrow');
  });

  await step('a notice reaches everybody', async () => {
    await admin.goTo('Notices');
    await admin.page.getByRole('textbox', { name: 'Text', exact: true }).fill('Lunch is at noon');
    await admin.page.getByRole('button', { name: 'Send notice' }).click();
    for (const window of [ben, kicked]) await window.reads('Notice: Lunch is at noon');
    await admin.reads('Lunch is at noon');
    await ben.goTo('Notices');
    await ben.page.locator('#notice-list').getByText('Lunch is at noon').waitFor();
    await shoot(ben, 'notices');
    await ben.goTo('Rooms');
  });

  await step('three clients of two users are online, and the filter finds two of them', async () => {
    await admin.goTo('Online');
    await admin.page.locator('#online-rows tr').nth(2).waitFor();
    require((await admin.page.locator('#online-rows tr').count()) === 3, 'three rows');
    await shoot(admin, 'online');
    await admin.page.getByLabel('User name').last().fill('test');
    await admin.page.getByRole('button', { name: 'Filter' }).click();
    await admin.page.locator('#online-rows tr[data-username="admin"]').waitFor({ state: 'detached' });
    require((await admin.page.locator('#online-rows tr').count()) === 2, 'two rows');
  });

  await step('who is kicked is told so and does not come back, the other stays', async () => {
    await admin.page.locator('#online-rows tr').nth(1).getByRole('button').click();
    await shoot(admin, 'kick');
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Kick' }).click();
    await kicked.reads('An administrator has ended your session.');
    await kicked.frame(kicked.received, /^\{"event":"kick","code":0,"timestamp":\d{10}\}$/);
    await shoot(kicked, 'kicked');
    await admin.page.locator('#online-rows tr').nth(1).waitFor({ state: 'detached' });
    await ben.isConnected();
    await ben.say('still here');
    await ben.reads('still here');
  });

  await step('after a restart of the server the pages come back by themselves, into their rooms', async () => {
    const sockets = { admin: admin.sent.length, ben: ben.sent.length };
    const restarted = once(lines, 'line');
    const away = ben.page.locator('#connection:not([data-state="open"])').waitFor();
    console.log('restart');
    await away;
    await shoot(ben, 'server-away');
    await restarted;
    for (const window of [admin, ben]) await window.isConnected();
    await ben.frame(ben.sent, /"event":"join"/, sockets.ben);
    await admin.frame(admin.sent, /"event":"join"/, sockets.admin);
    await ben.page.getByText('connected again').waitFor();
    await admin.goTo('Rooms');
    await ben.say('back again');
    await admin.reads('back again');
    await shoot(ben, 'back-again');
    require(await kicked.page.getByRole('button', { name: 'Sign in' }).isVisible(), 'the kicked page waits for a person');
    require(!(await kicked.page.locator('#console').isVisible()), 'the kicked page has not come back');
  });

  await step('a server that never says anything is asked after 5 s, given up after 5 s more, and tried again after 1 s', async () => {
    const deaf = await scenario.open('deaf');
    const { clock } = deaf.page; // the page's time passes when it is told to, however busy the machine is
    await clock.install();
    await clock.pauseAt(Date.now() + 60_000);
    const attempts = [];
    await deaf.page.routeWebSocket(/\/socket/, (socket) => {
      const attempt = { said: [], isGivenUp: false };
      attempts.push(attempt);
      socket.onMessage((text) => attempt.said.push(text));
      socket.onClose(() => (attempt.isGivenUp = true));
    });
    await deaf.signIn('test', '123456');
    await deaf.isConnected();
    const [first] = attempts;
    await clock.runFor(4_999);
    require(first.said.length === 0, `no ping before its time, but ${first.said}`);
    await clock.runFor(1);
    await deaf.until(() => first.said.length > 0, 'a ping');
    await clock.runFor(4_999);
    require(!first.isGivenUp, 'the server has its time');
    await clock.runFor(1);
    await deaf.until(() => first.isGivenUp, 'an end of it');
    await clock.runFor(999);
    require(attempts.length === 1, 'no attempt before its time');
    await clock.runFor(1);
    await deaf.until(() => attempts.length === 2, 'a second attempt');
    require(first.said.length === 1 && PING.test(first.said[0]), `one ping, but ${first.said}`);
  });

  await step('a reload keeps a window signed in, and signing out ends it', async () => {
    await ben.page.reload();
    await ben.isConnected();
    await ben.page.getByRole('button', { name: 'Sign out' }).click();
    await ben.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await admin.page.emulateMedia({ colorScheme: 'dark' });
    await admin.goTo('Monitor');
    await admin.page.locator('#chart-usage polyline').first().waitFor({ state: 'attached' }); // a level line has no height
    await admin.page.locator('#wire summary').click();
    await admin.frame(admin.received, /"admin\/monitor\/runInfo"/, admin.received.length);
    await shoot(admin, 'monitor-dark');
  });

  scenario.requireNoComplaints();
} catch (failure) {
  for (const window of [admin, ben, kicked]) if (window) await shoot(window, `failed-${window.name}`).catch(() => {});
  console.error(failure);
  process.exitCode = 1;
} finally {
  lines.close();
  await scenario.close();
}
