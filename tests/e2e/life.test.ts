import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { Computer, FIRST } from './desk.ts';
import { launchWithoutWindow } from './launch.ts';
import { expect } from './patient.ts';

let computer: Computer;
beforeEach(async () => {
  computer = await Computer.start();
});
afterEach(() => computer.stop());

const heading = (page: Awaited<ReturnType<Computer['launch']>>['page']) => page.getByRole('heading', { level: 1 });

test('pause and resume, from the tray', async () => {
  const { page, tray } = await computer.launch();
  await expect(heading(page)).toHaveText('10 changes to review');
  await tray.choose('pause-on');
  await expect(heading(page)).toHaveText('Syncing is paused');
  await expect.poll(() => tray.labels()).toContain('Resume syncing');
  await tray.choose('resume');
  await expect(heading(page)).toHaveText('10 changes to review');
});

test('a window that is closed is hidden, comes back, and a second start shows the first', async () => {
  const desk = await computer.launch();
  const { app, page, tray, folders } = desk;
  await expect(heading(page)).toHaveText('10 changes to review');
  const window = await app.browserWindow(page);
  const isVisible = () => window.evaluate(it => it.isVisible());
  // This desktop has no tray that could be asked about, so the user is asked; 0: keep running.
  await desk.answer({ response: 0 });
  await window.evaluate(it => it.close());
  await expect.poll(isVisible).toBe(false);
  await tray.choose('show');
  await expect.poll(isVisible).toBe(true);
  await window.evaluate(it => it.close());
  await expect.poll(isVisible).toBe(false);
  const { electron, env } = await app.evaluate(() => ({ electron: process.argv[0] ?? '', env: { ...process.env } }));
  const root = join(import.meta.dirname, '../..');
  const second = spawn(electron, [root, `--user-data-dir=${folders.userData}`, 'cluster-hosts://open/activity'], {
    env,
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(isVisible).toBe(true);
  await expect(page).toHaveTitle(/Activity/);
});

test('a link that starts the app leads to its screen, as macOS tells of it', async () => {
  const { page } = await computer.launch({ env: { E2E_LINK: 'cluster-hosts://open/activity' } });
  await expect(page).toHaveTitle(/Activity/);
});

test('a start at login shows no window until it is asked for', async () => {
  const app = await launchWithoutWindow({ args: ['--hidden'] });
  await expect.poll(() => app.tray.labels()).toContain('Open Cluster Hosts');
  expect(app.app.windows()).toHaveLength(0);
  await app.tray.choose('show');
  await expect(heading(await app.window())).toHaveText('Where is your cluster?');
  await app.close();
});

test('quitting waits for a write that has begun', async () => {
  computer.answer = 'nothing yet';
  const { app, page, tray } = await computer.launch();
  await expect(heading(page)).toHaveText('10 changes to review');
  await tray.choose('sync');
  await expect(heading(page)).toHaveText('Syncing the hosts file');
  await expect.poll(() => tray.image()).toContain('working');
  const closed = app.waitForEvent('close');
  await tray.choose('quit');
  computer.answer = 'yes';
  await closed;
  expect(computer.hosts).toContain('grafana.turing-cluster.local');
  expect(computer.hosts.startsWith(FIRST)).toBe(true);
});

test('settings survive a restart, and are in the file that the command line reads', async () => {
  const first = await computer.launch();
  await expect(heading(first.page)).toHaveText('10 changes to review');
  const reply = await first.page.evaluate(() => window.api.setSettings({ cluster: 'attic', theme: 'dark' }));
  expect(reply.ok).toBe(true);
  await expect(first.page.getByText('attic').first()).toBeVisible();
  await first.close();
  const saved = JSON.parse(readFileSync(join(first.folders.config, 'cluster-hosts', 'settings.json'), 'utf8'));
  expect(saved).toMatchObject({ cluster: 'attic', theme: 'dark' });
  const { page, tray } = await computer.launch();
  await expect(page.getByText('attic').first()).toBeVisible();
  await expect.poll(() => tray.labels()).toContain('Open attic.local');
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
});

test('what starts with the session is kept in step; where that fails, it is told and nothing else happens', async () => {
  const first = await computer.launch();
  const entry = join(first.folders.config, 'autostart', 'cluster-hosts.desktop');
  await first.page.evaluate(() => window.api.setSettings({ startAtLogin: true }));
  await waitFor('the entry', () => existsSync(entry));
  await first.close();
  const written = readFileSync(entry, 'utf8');
  writeFileSync(entry, written.replace(/^Exec=.*/m, 'Exec="/gone/Cluster-Hosts-0.9.AppImage" --hidden'));
  const { page, problems } = await computer.launch();
  await waitFor('the repaired entry', () => readFileSync(entry, 'utf8') === written);
  await page.evaluate(() => window.api.setSettings({ startAtLogin: false }));
  await waitFor('the entry to go', () => !existsSync(entry));
  rmSync(join(entry, '..'), { recursive: true });
  writeFileSync(join(entry, '..'), 'a file where the folder should be');
  await page.evaluate(() => window.api.setSettings({ startAtLogin: true }));
  await page.getByRole('button', { name: 'Activity' }).click();
  await expect(page.getByText('Starting at login could not be changed')).not.toHaveCount(0);
  expect(problems()).toEqual([]);
});

test('a hostile cluster harms nothing', async () => {
  const evil = '<img src=x onerror="document.title=1">\u202egnp.exe';
  for (const [at, host] of [
    '<b>bold</b>.local',
    `${'a'.repeat(60)}.turing-cluster.local`,
    '*.turing-cluster.local',
  ].entries())
    computer.demo.cluster.apply({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace: 'default', name: `evil-${at}`, annotations: { 'cluster-hosts/hostname': evil } },
      spec: { ingressClassName: 'traefik', rules: [{ host }] },
    });
  const { page, problems } = await computer.launch();
  await expect(heading(page)).toHaveText(/changes to review/);
  for (const screen of ['Hostnames', 'Hosts file', 'Load balancer', 'Activity', 'Settings'])
    await page.getByRole('navigation').first().getByText(screen, { exact: true }).click();
  expect(await page.evaluate(() => document.querySelectorAll('img, b').length)).toBe(0);
  expect(await page.title()).toMatch(/Settings/);
  expect(problems()).toEqual([]);
});

test('ten thousand names: the window stays small, and everything is there', async () => {
  await computer.stop();
  computer = await Computer.start({ ingresses: 10_000 });
  const { page } = await computer.launch();
  await expect(heading(page)).toHaveText('10,010 changes to review');
  await page.getByRole('navigation').first().getByText('Hostnames', { exact: true }).click();
  await expect(page.getByText('app-0001.turing-cluster.local').first()).toBeVisible();
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(3_000);
  await page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill('app-9999');
  await expect(page.getByText('app-9999.turing-cluster.local').first()).toBeVisible();
});
