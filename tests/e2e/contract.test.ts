import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { Computer, FIRST } from './desk.ts';
import type { Launched } from './launch.ts';
import { expect } from './patient.ts';

// One app for all: nothing of this may change anything.
let computer: Computer;
let desk: Launched;
beforeAll(async () => {
  computer = await Computer.start();
  desk = await computer.launch();
  await expect(desk.page.getByRole('heading', { level: 1 })).toHaveText('10 changes to review');
});
afterAll(() => computer.stop());

const BAD: readonly [what: string, method: string, args: readonly unknown[]][] = [
  ['a wrong type', 'syncNow', ['yes']],
  ['too few', 'pause', []],
  ['a number out of range', 'pause', [-1]],
  ['a text without end', 'copyText', ['x'.repeat(5_000_000)]],
  ['a setting that does not exist', 'setSettings', [{ root: true }]],
  ['a program that nobody was asked about', 'allowProgram', ['0'.repeat(64)]],
  ['a page of somebody else', 'openUrl', ['https://example.com/']],
  ['a scheme that starts programs', 'openUrl', ['file:///etc/passwd']],
  ['a backup that is none', 'restoreBackup', ['../../../etc/passwd']],
];

test('wrong arguments are refused, and nothing happens', async () => {
  const { page, problems } = desk;
  for (const [what, method, args] of BAD) {
    const reply = await page.evaluate(
      ([name, given]) =>
        (window.api as unknown as Record<string, (...all: unknown[]) => Promise<{ ok: boolean }>>)[name]?.(...given),
      [method, args] as const,
    );
    expect(reply, what).toMatchObject({ ok: false });
  }
  await page.evaluate(() => window.api.setSettings({ programs: ['0'.repeat(64)] }));
  const { settings } = await page.evaluate(async () => {
    const reply = await window.api.getSnapshot();
    return reply.ok ? reply.value.state : Promise.reject(new Error('no snapshot'));
  });
  expect(settings.programs).toEqual([]);
  expect([await desk.opened(), computer.hosts, problems()]).toEqual([[], FIRST, []]);
});

test('no policy is violated, whatever is open', async () => {
  const { page, problems } = desk;
  await page.evaluate(() => {
    addEventListener('securitypolicyviolation', event => {
      document.documentElement.dataset.violated = `${event.violatedDirective} ${event.blockedURI}`;
    });
  });
  const go = (name: string) => page.getByRole('navigation').first().getByText(name, { exact: true }).click();
  await go('Hostnames');
  await page.getByText('grafana.turing-cluster.local').first().click();
  await page.getByRole('button', { name: 'Add a name…' }).click();
  await page.keyboard.press('Escape');
  await go('Settings');
  for (const select of await page.getByRole('combobox').all()) {
    await select.click();
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('?');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.documentElement.dataset.violated)).toBeUndefined();
  expect(problems()).toEqual([]);
  await waitFor('nothing was written by all that', () => computer.hosts === FIRST);
});

test('as much can be copied as a hosts file may hold', async () => {
  const { page } = desk;
  expect(await page.evaluate(() => window.api.copyText('x'.repeat(4_000_000)))).toMatchObject({ ok: true });
});

test('a page that is not ours is not answered, even with our preload script', async () => {
  const { app } = desk;
  const preload = join(import.meta.dirname, '../../out/preload/index.cjs');
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }, script) => {
    const webPreferences = { preload: script, sandbox: true, contextIsolation: true, nodeIntegration: false };
    void new BrowserWindow({ show: false, webPreferences }).loadURL('data:text/html,<h1>Somebody else</h1>');
  }, preload);
  const other = await opened;
  await expect(other.getByText('Somebody else')).toBeVisible();
  expect(await other.evaluate(() => window.api.syncNow(true))).toMatchObject({
    ok: false,
    error: { message: 'This page may not ask that.' },
  });
  expect(computer.hosts).toBe(FIRST);
});

test('another page than ours cannot be gone to', async () => {
  const { app, page, problems } = desk;
  const [url, windows, title] = [page.url(), app.windows().length, await page.title()];
  await page.evaluate(() => {
    location.href = 'https://example.com/';
    window.open('https://example.com/');
    const frame = document.createElement('iframe');
    frame.src = 'https://example.com/';
    document.body.append(frame);
  });
  await expect(page).toHaveTitle(title);
  await waitFor('the browser to complain of the frame', () => problems().length > 0);
  expect(problems().filter(problem => !problem.includes('Content Security Policy'))).toEqual([]);
  expect([await desk.opened(), page.url(), app.windows().length]).toEqual([[], url, windows]);
});
