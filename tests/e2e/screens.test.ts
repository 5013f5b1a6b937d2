import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppState, FileView, Patch, Requests, Screen, Snapshot } from '../../preload/contract.ts';
import { buildPreview, launch, ORIGIN, open, type Preview } from '../renderer/preview/browser.ts';
import type { FakeApi } from '../renderer/preview/fake-api.ts';
import { NOW, STATES } from '../renderer/states.ts';

/** The screens of the window by themselves, before a main process that only answers. */
type Faked = { readonly fake: FakeApi; readonly api: Record<string, (...args: unknown[]) => Promise<unknown>> };

let browser: Browser;
let preview: Preview;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  preview = await buildPreview();
  browser = await launch();
}, 120_000);
afterAll(() => browser.close());

beforeEach(async () => {
  const viewport = { width: 920, height: 640 };
  context = await open(browser, preview, { viewport, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' });
  page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
});

afterEach(async () => {
  expect(complaints.splice(0)).toEqual([]);
  await context.close();
});

async function show(state: string, screen: Screen): Promise<void> {
  await page.goto(`${ORIGIN}/?state=${state}&screen=${screen}`);
  await page.locator('h1').first().waitFor();
}

const stateOf = (name: string): AppState => (STATES[name] as Snapshot).state;

const patch = (state: Partial<AppState>) =>
  page.evaluate(change => (window as unknown as Faked).fake.patch({ state: change }), state);

const asked = (method: keyof Requests) =>
  page.evaluate(
    wanted => (window as unknown as Faked).fake.asked.filter(each => each.method === wanted).map(({ args }) => args),
    method,
  );

/** From now on a request is answered with a failure. */
const refuse = (method: keyof Requests, message: string) =>
  page.evaluate(
    ([name, text]) => {
      const error = { code: 'internal', message: text, hint: 'Do this.' };
      (window as unknown as Faked).api[name] = () => Promise.resolve({ ok: false, error });
    },
    [method, message] as const,
  );

/** Waits for what a screen reader says. */
const heard = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor({ state: 'attached' });

const button = (name: string | RegExp) => page.getByRole('button', { name });

async function violations(): Promise<readonly string[]> {
  // Base UI's guards take the focus only to pass it on.
  const { violations: found } = await new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]').analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`));
}

describe('the overview', () => {
  it.each([
    ['unreachable', 'Unreachable'],
    ['offline', 'No network'],
    ['stale', 'No word'],
    ['ok', 'Connected'],
  ])('tells of the cluster when it is %s', async (state, word) => {
    await show(state, 'overview');
    const row = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: /^Cluster/ });
    await row.getByText(word, { exact: true }).waitFor();
    expect(await row.getByText('does not answer').count()).toBe(Number(state === 'unreachable'));
  });

  it('does not call a cluster on this computer away because there is no network', async () => {
    const { system } = stateOf('ok');
    await show('ok', 'overview');
    await patch({ system: { ...system, online: false } });
    await page.getByText('Connected', { exact: true }).waitFor();
  });
});

describe('the hostnames', () => {
  it('are none only where there is none', async () => {
    const [first, ...others] = (STATES.ok as Snapshot).names;
    if (first === undefined) throw new Error('no name');
    const change = (names: NonNullable<Patch['names']>) =>
      page.evaluate(changed => (window as unknown as Faked).fake.patch({ state: {}, names: changed }), names);
    await show('ok', 'hostnames');
    await change({ put: [{ ...first, state: 'excluded' }], gone: others.map(({ id }) => id) });
    await page.getByRole('heading', { level: 1, name: 'No hostname goes into the hosts file' }).waitFor();
    await change({ put: [], gone: [first.id] });
    await page.getByRole('heading', { level: 1, name: 'No hostnames yet' }).waitFor();
  });
});

describe('the hosts file', () => {
  it('is synced by the button, and left alone by the other', async () => {
    await show('pending', 'hosts-file');
    await page.getByText('pihole.lab').first().waitFor();
    await button('Sync hosts').click();
    expect(await asked('syncNow')).toEqual([[false]]);
    await heard('The hosts file is written');
    await button('Not now').click();
    await page.waitForFunction(() => document.title.startsWith('Overview'));
    expect(await asked('syncNow')).toEqual([[false]]);
  });

  it('lets go of many names only after a question', async () => {
    await show('held', 'hosts-file');
    await button('Remove them too…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await asked('syncNow')).toEqual([]);
    await button('Remove them too…').click();
    expect(await violations()).toEqual([]);
    await dialog.getByRole('button', { name: 'Remove them' }).click();
    expect(await asked('syncNow')).toEqual([[true]]);
  });

  it('offers no sync while it cannot be changed, but the backups', async () => {
    await show('damaged', 'hosts-file');
    await page.getByText('The end mark of our section is missing.').waitFor();
    expect(await button('Sync hosts').count()).toBe(0);
    await button('Show the backups').click();
    await page.getByText('The original').waitFor();
  });

  it('says what went wrong with a copy', async () => {
    await show('pending', 'hosts-file');
    await refuse('copyText', 'It cannot be copied.');
    await button('Copy the new lines').click();
    await page.getByRole('alert').getByText('It cannot be copied.').waitFor();
  });

  it('says what went wrong with a sync that could not even be asked for', async () => {
    await show('pending', 'hosts-file');
    await refuse('syncNow', 'It is busy.');
    await button('Sync hosts').click();
    await page.getByRole('alert').getByText('It is busy.').waitFor();
  });

  it('puts away what the last write came to', async () => {
    await show('declined', 'hosts-file');
    await button('Dismiss').click();
    await page.getByText('You said no').waitFor({ state: 'detached' });
    expect(await asked('dismissWrite')).toHaveLength(1);
  });

  it('is asked for again when it changes', async () => {
    await show('pending', 'hosts-file');
    await page.getByText('# END cluster-hosts').waitFor();
    const before = await asked('getFile');
    await patch({ hosts: { ...stateOf('pending').hosts, revision: 2 } });
    await expect.poll(() => asked('getFile')).toHaveLength(before.length + 1);
  });

  it('is put back from a backup that was compared first', async () => {
    await show('pending', 'hosts-file');
    await page.getByRole('tab', { name: 'Backups' }).click();
    await button(/^Compare the backup of 22 Nov/).click();
    await page.getByRole('dialog').getByText('old-wiki.lab').waitFor();
    expect(await violations()).toEqual([]);
    expect(await asked('restoreBackup')).toEqual([]);
    await button('Put this file back').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await asked('restoreBackup')).toEqual([['b2']]);
  });

  it('is shown to its last line without drawing all of them', async () => {
    await show('ok', 'hosts-file');
    const lines = Array.from({ length: 20_000 }, (_, at) => ({ text: `10.0.0.1\thost-${at}.lab`, ours: at > 19_990 }));
    await page.evaluate(
      file => {
        (window as unknown as Faked).api.getFile = () => Promise.resolve({ ok: true, value: file });
      },
      { diff: [], lines } satisfies FileView,
    );
    await patch({ hosts: { ...stateOf('ok').hosts, revision: 2 } });
    await page.getByRole('tab', { name: 'Whole file' }).click();
    const file = page.getByRole('region', { name: 'Lines of /etc/hosts' });
    await file.focus();
    await page.keyboard.press('End');
    await file.getByText('host-19999.lab').waitFor();
    expect(await file.locator('li').count()).toBeLessThan(200);
    expect(await violations()).toEqual([]);
  });
});

describe('the load balancer', () => {
  const { metallb } = stateOf('ok');
  it.each([
    ['absent', 'MetalLB is not installed', 'Set up MetalLB'],
    ['installing', 'MetalLB is starting', 'Starting'],
    ['degraded', 'MetalLB needs attention', '2 of 3 MetalLB speakers are ready.'],
    ['foreign', 'Only parts of MetalLB were found', 'names follow the addresses'],
    ['unknown', 'MetalLB cannot be seen', 'Ask for the right'],
  ] as const)('says what is the matter when it is %s', async (state, title, more) => {
    await show('ok', 'load-balancer');
    const problems = state === 'degraded' ? ['2 of 3 MetalLB speakers are ready.'] : [];
    await patch({ metallb: { ...metallb, state, problems } });
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.getByText(more).first().waitFor();
    expect(await violations()).toEqual([]);
  });

  it('tells a pool that is full in words', async () => {
    await show('ok', 'load-balancer');
    await patch({ metallb: { ...metallb, pools: [{ name: 'p', ranges: ['10.0.0.1-10.0.0.2'], used: 2, total: 2 }] } });
    await page.getByText('Full, 2 of 2').waitFor();
    await page.getByText('node-2 answers for it').waitFor();
  });
});

describe('activity', () => {
  it('is told day by day, or only what went wrong', async () => {
    await show('ok', 'activity');
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['Today', 'Yesterday']);
    await page.getByRole('tab', { name: 'Problems' }).click();
    await page.getByText('Added immich.lab.').waitFor({ state: 'detached' });
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['Yesterday']);
  });

  it('copies diagnostics and says so', async () => {
    await show('ok', 'activity');
    await button('Copy diagnostics').click();
    await page.getByText('They hold no passwords').waitFor();
    expect(await asked('copyDiagnostics')).toHaveLength(1);
    expect(await violations()).toEqual([]);
  });
});

describe('settings', () => {
  it('take effect one by one', async () => {
    await show('ok', 'settings');
    await page.getByRole('switch', { name: 'Start at login' }).click();
    await page.getByRole('combobox', { name: 'Theme' }).click();
    await page.getByRole('option', { name: 'Dark' }).click();
    await page.getByLabel('Namespaces').fill('media, docs');
    await page.keyboard.press('Enter');
    await button('Stop allowing lab').click();
    await page.getByRole('switch', { name: 'A sync failed' }).click();
    expect(await asked('setSettings')).toEqual([
      [{ startAtLogin: true }],
      [{ theme: 'dark' }],
      [{ namespaces: ['media', 'docs'] }],
      [{ allowedDomains: [] }],
      [{ notify: { pending: true, failed: false, address: true, unreachable: false } }],
    ]);
    expect(await violations()).toEqual([]);
  });

  it('keep what was refused, beside why', async () => {
    await show('ok', 'settings');
    await refuse('setSettings', 'A name has no blanks.');
    await page.getByLabel('Cluster name').fill('my cluster');
    await button('Save').click();
    await page.getByRole('alert').getByText('A name has no blanks.').waitFor();
    expect(await page.getByLabel('Cluster name').inputValue()).toBe('my cluster');
  });

  it('sync by themselves only where nobody has to be asked', async () => {
    await show('pending', 'settings');
    const automatic = page.getByRole('switch', { name: 'Sync by itself' });
    expect(await automatic.isDisabled()).toBe(true);
    await patch({ hosts: stateOf('ok').hosts });
    await expect.poll(() => automatic.isDisabled()).toBe(false);
  });

  it('warn of .local on macOS only', async () => {
    const { settings, system } = stateOf('ok');
    const warning = page.getByText('home.arpa or lan is better');
    await show('ok', 'settings');
    await patch({ settings: { ...settings, suffix: 'local' } });
    expect(await warning.count()).toBe(0);
    await patch({ system: { ...system, platform: 'darwin' } });
    await warning.waitFor();
    expect(await page.getByRole('combobox', { name: 'Tray icon' }).count()).toBe(0);
  });

  it('say that macOS still asks before it starts the app at login', async () => {
    const { settings, system } = stateOf('ok');
    const hint = page.getByText('allow Cluster Hosts in System Settings');
    await show('ok', 'settings');
    await patch({ system: { ...system, platform: 'darwin', loginAwaits: true } });
    expect(await hint.count()).toBe(0);
    await patch({ settings: { ...settings, startAtLogin: true } });
    await hint.waitFor();
    expect(await violations()).toEqual([]);
    await patch({ system: { ...system, platform: 'darwin' } });
    await hint.waitFor({ state: 'detached' });
  });

  it('take everything out only after a question', async () => {
    await show('ok', 'settings');
    await button('Remove all entries…').click();
    expect(await asked('removeAll')).toEqual([]);
    await button('Remove them').click();
    await expect.poll(() => asked('removeAll')).toHaveLength(1);
    await page.getByRole('main').getByText('The hosts file is written').waitFor();
    await heard('The hosts file is written');
  });
});

describe('setup', () => {
  it('takes a pasted kubeconfig, and forgets the text', async () => {
    await show('setup-kubeconfig', 'overview');
    await button('Paste…').click();
    expect(await button('Use this one').isDisabled()).toBe(true);
    await page.getByLabel('Text of the kubeconfig').fill('apiVersion: v1');
    await button('Use this one').click();
    expect(await asked('pasteKubeconfig')).toEqual([['apiVersion: v1']]);
    await expect.poll(() => page.getByLabel('Text of the kubeconfig').inputValue()).toBe('');
    expect(await violations()).toEqual([]);
  });

  it('asks for an address, and tells what came of it', async () => {
    await show('setup-address', 'overview');
    await button('Test and use it').click();
    await page.getByText('Type the address of the server first.').waitFor();
    expect(await asked('setServerAddress')).toEqual([]);
    await page.getByLabel('Address of the server').fill(' 10.0.0.5 ');
    await page.keyboard.press('Enter');
    expect(await asked('setServerAddress')).toEqual([['10.0.0.5']]);
    await refuse('setServerAddress', 'Nobody answers at 10.0.0.5.');
    await button('Test and use it').click();
    await page.getByRole('alert').getByText('Nobody answers at 10.0.0.5.').waitFor();
  });

  it('runs a program only when it is told to, and never by Enter alone', async () => {
    await show('setup-program', 'overview');
    await page.keyboard.press('Enter');
    expect(await asked('allowProgram')).toEqual([]);
    await button('Not now').click();
    await page.getByRole('heading', { level: 1, name: 'The program was not run' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await button('Look at the program again').click();
    await button('Run it to log in').click();
    expect(await asked('allowProgram')).toEqual([['sha256:0123']]);
  });

  it('shows what is hidden in a command, and runs nothing that is not there', async () => {
    await show('setup-program', 'overview');
    const setup = {
      need: 'program',
      context: 'work',
      file: '/f',
      command: ['aws', '', 'a\u202eb', 'c\nd'],
      env: [],
      path: '',
      digest: 'other',
      declined: false,
    } as const;
    await patch({ setup });
    await page.getByText('Not found on this computer').waitFor();
    expect(await page.locator('ol li').allTextContents()).toEqual(['aws', '(empty)', 'a<U+202E>b', 'c<U+000A>d']);
    expect(await button('Run it to log in').count()).toBe(0);
    expect(await violations()).toEqual([]);
  });
});
