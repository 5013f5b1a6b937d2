import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Launched, launchApp } from '../e2e/launch.ts';

const ELECTRON = join(import.meta.dirname, 'dist/electron');
const SAMPLE = join(import.meta.dirname, 'sample');

/** What the sample's preload script gives to its page. */
interface Sample {
  echo(value: unknown): Promise<unknown>;
  fail(): Promise<void>;
  missing(): Promise<void>;
  from(): Promise<unknown>;
}

declare const sample: Sample;
declare const stopCounting: () => void;

describe('an app in the stand-in', () => {
  let launched: Launched;
  const isVisible = async () => {
    const window = await launched.app.browserWindow(launched.page);
    return await window.evaluate(each => each.isVisible());
  };
  const becomes = (what: () => Promise<unknown>) => expect.poll(what, { timeout: 5_000, interval: 10 });

  beforeAll(async () => {
    launched = await launchApp({ app: SAMPLE });
    await launched.page.getByRole('heading', { name: 'Sample' }).waitFor();
  });
  afterAll(() => launched.close());

  test('shows its window when that is ready, in the size it asked for', async () => {
    await becomes(isVisible).toBe(true);
    expect(await launched.page.evaluate('[innerWidth, innerHeight]')).toEqual([420, 560]);
    expect(await launched.page.title()).toBe('Sample');
  });

  test('has the bridge in its window, and nothing of Node or Electron', async () => {
    const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', '__standinSend', '__standinReceive'];
    expect(await launched.page.evaluate(each => each.filter(name => name in globalThis), names)).toEqual([]);
    expect(await launched.page.evaluate('Object.isFrozen(sample) && sample.version')).toBe(1);
  });

  test('is asked from its window, and knows who asks', async () => {
    expect(await launched.page.evaluate(() => sample.from())).toEqual({ url: 'app://sample/index.html', top: true });
  });

  test('gets and gives everything that can be cloned', async () => {
    const kept = await launched.page.evaluate(async () => {
      const loop: Record<string, unknown> = { $standin: ['date', 1], '': '', text: 'naïve ✓\u2028' };
      loop.self = loop;
      const odd = [undefined, Number.NaN, -0, 10n, new Date(5), /x/g, new Set([1]), new Map([[{ key: 1 }, loop]])];
      const sent = {
        loop,
        odd,
        bytes: new Uint8Array([1, 2, 3]),
        error: new TypeError('no'),
        nothing: null,
        many: [[], {}],
      };
      const got = (await sample.echo(sent)) as typeof sent;
      const [, , , , date, , , map] = got.odd;
      return {
        kinds: got.odd.map(value => (Object.is(value, -0) ? '-0' : Object.prototype.toString.call(value).slice(8, -1))),
        loop: got.loop.self === got.loop && JSON.stringify({ ...got.loop, self: 0 }),
        shared: [...(map as Map<object, object>)].map(([key, value]) => [key, value === got.loop]),
        rest: [Number(date), [...got.bytes], got.error.message, got.nothing, got.many, Object.keys(got)],
      };
    });
    expect(kept).toEqual({
      kinds: ['Undefined', 'Number', '-0', 'BigInt', 'Date', 'RegExp', 'Set', 'Map'],
      loop: '{"$standin":["date",1],"":"","text":"naïve ✓\u2028","self":0}',
      shared: [[{ key: 1 }, true]],
      rest: [5, [1, 2, 3], 'no', null, [[], {}], ['loop', 'odd', 'bytes', 'error', 'nothing', 'many']],
    });
  });

  test('fails in the words of Electron', async () => {
    const messages = await launched.page.evaluate(async () => {
      const message = (done: Promise<unknown>) => done.then(String, error => String(error.message));
      return [await message(sample.fail()), await message(sample.missing()), await message(sample.echo({ run() {} }))];
    });
    expect(messages).toEqual([
      "Error invoking remote method 'fail': RangeError: out of range",
      "Error invoking remote method 'missing': Error: No handler registered for 'missing'",
      expect.stringContaining('could not be cloned'),
    ]);
  });

  test('carries a thousand rows with little delay', async () => {
    const rows = Array.from({ length: 1_000 }, (_, id) => ({ id, name: `host-${id}.home.lan`, seen: undefined }));
    expect(await launched.page.evaluate(each => sample.echo(each), rows)).toEqual(rows);
  });

  test('pushes to its window, from a row of its tray, until nobody listens', async () => {
    const { page, tray } = launched;
    expect(await tray.labels()).toEqual(['Add one to 0', 'More', 'Ask', '-', 'Quit']);
    expect(await tray.tooltip()).toBe('1.2.3 on 1');
    expect(await tray.image()).toBe(join(SAMPLE, 'tray.png'));
    await tray.choose('bump');
    await page.getByText('1 true').waitFor();
    expect(await tray.labels()).toContain('Add one to 1');
    expect(await launched.notifications()).toEqual([{ title: 'Sample', body: 'Count is 1' }]);
    await page.evaluate(() => stopCounting());
    await tray.choose('Add one to 1');
    expect(await page.evaluate(() => sample.echo('later'))).toBe('later');
    expect(await page.getByTestId('count').textContent()).toBe('1 true');
  });

  test('asks with dialogs, and gets the answer that was given beforehand', async () => {
    await launched.tray.choose('Ask');
    await becomes(launched.tray.tooltip).toBe('Chose nothing');
    await launched.answer({ filePaths: ['a.yaml'] });
    await launched.tray.choose('Ask');
    await becomes(launched.tray.tooltip).toBe('Chose a.yaml');
    expect((await launched.dialogs()).map(({ title }) => title)).toEqual(['Which file?', 'Which file?']);
  });

  test('is dark when it wants to be', async () => {
    const background = () => launched.page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(255, 255, 255)');
    await launched.tray.choose('Dark');
    await becomes(background).toBe('rgb(17, 17, 19)');
  });

  test('keeps its policy: no script of another than the app itself', async () => {
    const blocked = await launched.page.evaluate(`new Promise(resolve => {
      addEventListener('securitypolicyviolation', event => resolve([event.violatedDirective, 'ran' in window]));
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
    })`);
    expect(blocked).toEqual(['script-src-elem', false]);
  });

  test('stays where it is when a page wants to leave or to open a window', async () => {
    const { page, app } = launched;
    const url = page.url();
    await page.getByRole('link', { name: 'Another page' }).click();
    await becomes(launched.opened).toEqual(['https://example.org/here']);
    await page.getByRole('link', { name: 'A new window' }).click();
    await page.evaluate("location.href = 'mailto:somebody@example.org'");
    const wanted = ['https://example.org/here', 'https://example.org/new', 'mailto:somebody@example.org'];
    await becomes(launched.opened).toEqual(wanted);
    await page.evaluate("location.href = 'https://example.org/both'; window.open('https://example.org/at-once')");
    await becomes(launched.opened).toHaveLength(5);
    await becomes(async () => app.windows().length).toBe(1);
    expect(page.url()).toBe(url);
  });

  test('hides to its tray and comes back, also when it is started again', async () => {
    const window = await launched.app.browserWindow(launched.page);
    await window.evaluate(each => each.close());
    expect(await isVisible()).toBe(false);
    await launched.tray.click();
    expect(await isVisible()).toBe(true);
    await window.evaluate(each => each.hide());
    const args = [SAMPLE, `--user-data-dir=${launched.folders.userData}`];
    const second = spawnSync(ELECTRON, args, { encoding: 'utf8', timeout: 10_000 });
    expect(second).toMatchObject({ status: 0, stderr: '' });
    await becomes(isVisible).toBe(true);
  });

  test('says what went wrong, and nothing else', () => {
    expect(launched.problems().filter(problem => !/Content Security Policy/.test(problem))).toEqual([]);
  });

  test('quits from its tray', async () => {
    const child = launched.app.process();
    const closed = launched.app.waitForEvent('close');
    await launched.tray.choose('Quit');
    await closed;
    expect(child.exitCode).toBe(0);
  });
});

test('refuses a window that is not sandboxed', async () => {
  const config = await mkdtemp(join(tmpdir(), 'standin-test-'));
  onTestFinished(() => rm(config, { recursive: true }));
  const env = { ...process.env, SAMPLE_SANDBOX: 'no', XDG_CONFIG_HOME: config };
  const { status, stderr } = spawnSync(ELECTRON, [SAMPLE], { encoding: 'utf8', env, timeout: 10_000 });
  expect(stderr).toContain('no window with sandbox: false');
  expect(status).toBe(1);
});
