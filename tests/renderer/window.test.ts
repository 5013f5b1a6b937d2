import { describe, expect, it } from 'vitest';
import type { Screen, Snapshot } from '../../preload/contract.ts';
import { FULL } from '../arbitraries.ts';
import type { FakeApi } from './preview/fake-api.ts';
import { overflows, violations, windowOpener } from './preview/opened.ts';
import { STATES, WIZARDS } from './states.ts';

const SCREENS: readonly Screen[] = ['overview', 'hostnames', 'hosts-file', 'load-balancer', 'activity', 'settings'];

const openWindow = windowOpener();

/** Every state but the wizard's on every screen in both themes in the long form; else every sixth. */
const sights = Object.keys(STATES)
  .filter(state => !(state in WIZARDS))
  .flatMap((state, index) =>
    SCREENS.flatMap((screen, at) =>
      (['light', 'dark'] as const)
        .filter(
          (_, theme) =>
            FULL || (index % 6 === 0 && at === (index / 6) % SCREENS.length && theme === Math.floor(index / 12) % 2),
        )
        .map(theme => ({ state, screen, theme })),
    ),
  );

describe('every state', () => {
  it.each(sights)(
    '$state on $screen, $theme: nothing for axe to find, nothing against the policy',
    async ({ state, screen, theme }) => {
      const { context, page, complaints, show } = await openWindow(theme);
      await show(state, screen);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    },
    60_000,
  );
});

describe('what opens', () => {
  it('is sound too: the menu of clusters and the filter', async () => {
    const { context, page, complaints, show, asked } = await openWindow();
    await show('demo', 'hostnames');
    await page.getByRole('button', { name: /^turing-cluster/ }).click();
    const item = page.getByRole('menuitemradio', { name: 'office' });
    await item.waitFor();
    expect(await violations(page, true)).toEqual([]);
    await item.click();
    expect(await asked('chooseContext')).toEqual([['office']]);
    await page.getByRole('combobox', { name: 'Show' }).click();
    const option = page.getByRole('option', { name: /^Not synced/ });
    await option.waitFor();
    expect(await violations(page, true)).toEqual([]);
    await option.click();
    // The row is there before, too, among the others.
    await page.waitForFunction(() => document.querySelectorAll('tr').length === 3);
    await page.getByRole('button', { name: 'backup.lab' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('keeps its shapes where the system chooses the colours, and its lines where it wants contrast', async () => {
    const { context, page, show } = await openWindow();
    await page.emulateMedia({ forcedColors: 'active', contrast: 'more' });
    await show('conflict', 'hostnames');
    const borders = await page
      .getByRole('button', { name: 'Add a name…' })
      .evaluate(button => getComputedStyle(button).borderTopStyle);
    expect(borders).toBe('solid');
    const dots = await page
      .locator('td [aria-hidden=true]')
      .evaluateAll(all => new Set(all.map(dot => `${dot.clientHeight} ${getComputedStyle(dot).borderRadius}`)).size);
    expect(dots).toBeGreaterThanOrEqual(3);
    await context.close();
  });
});

describe('room', () => {
  it.each(FULL ? ['pending', 'hostile', 'unreachable', 'setup-program'] : ['hostile', 'setup-program'])(
    '%s fits into 320 pixels',
    async state => {
      const { context, page, show } = await openWindow('light', { width: 320, height: 512 });
      for (const screen of SCREENS) {
        await show(state, screen);
        expect(await overflows(page), screen).toBe(false);
      }
      await context.close();
    },
    60_000,
  );

  it('is left for the buttons that macOS draws over the page, in a narrow window too', async () => {
    const { context, page, show } = await openWindow('light', { width: 480, height: 640 });
    const { system } = (STATES.ok as Snapshot).state;
    for (const [state, screen] of Object.entries({ ok: 'overview', 'wizard-ready': 'setup' } as const)) {
      await show(state, screen);
      await page.evaluate(mac => (window as unknown as { fake: FakeApi }).fake.patch({ state: { system: mac } }), {
        ...system,
        platform: 'darwin',
      } as const);
      await page.locator('nav[data-platform="darwin"]').waitFor();
      const parts = await page.locator('nav').locator('button, li').all();
      for (const part of parts) expect((await part.boundingBox())?.y).toBeGreaterThanOrEqual(34);
    }
    await context.close();
  });

  it('is left for words that are 40 % longer', async () => {
    const { context, page, show } = await openWindow();
    for (const screen of SCREENS) {
      await show('pending', screen, '&locale=en-XA');
      expect(await overflows(page), screen).toBe(false);
    }
    await context.close();
  }, 60_000);
});

describe('the keyboard', () => {
  it('leads to every section, and the heading has the focus', async () => {
    const { context, page, show } = await openWindow();
    await show('ok', 'overview');
    expect(await page.title()).toBe('Overview - Cluster Hosts');
    await page.keyboard.press('Control+2');
    await page.waitForFunction(() => document.title === 'Hostnames - Cluster Hosts');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.keyboard.press('F6');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-current'))).toBe('page');
    await page.keyboard.press('Control+,');
    await page.waitForFunction(() => document.title === 'Settings - Cluster Hosts');
    await context.close();
  });

  it('finds the search from anywhere, and types a slash into it', async () => {
    const { context, page, show } = await openWindow();
    await show('ok', 'overview');
    await page.keyboard.press('/');
    const search = page.getByRole('searchbox');
    await search.waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('input[type=search]'));
    await page.keyboard.type('docs/');
    await page.waitForFunction(() => document.querySelectorAll('tr').length === 3);
    await page.getByRole('button', { name: 'paperless.lab' }).waitFor();
    await context.close();
  });

  it('syncs what is pending, and shows what is held back', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('pending', 'overview');
    await page.keyboard.press('Control+Enter');
    expect(await asked('syncNow')).toEqual([[false]]);
    await show('held', 'overview');
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction(() => document.title === 'Hosts file - Cluster Hosts');
    expect(await asked('syncNow')).toEqual([]);
    await context.close();
  });

  it('lists its keys, and none of them works behind the list', async () => {
    const { context, page, show } = await openWindow();
    await show('ok', 'overview');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+2');
    expect(await page.title()).toBe('Overview - Cluster Hosts');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await context.close();
  });

  it('has no single keys where they are switched off, and leads to everything all the same', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('ok', 'settings');
    await page.getByRole('switch', { name: 'Single-key shortcuts' }).click();
    expect(await asked('setSettings')).toEqual([[{ singleKeys: false }]]);
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('?');
    await page.keyboard.press('/');
    await page.keyboard.press('Control+/');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await list.getByText('Search hostnames').waitFor();
    expect(await page.title()).toBe('Settings - Cluster Hosts');
    expect(await list.locator('kbd').allTextContents()).not.toContain('?');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+f');
    await page.waitForFunction(() => document.activeElement?.matches('input[type=search]'));
    await context.close();
  });

  it('walks through ten thousand names without drawing them', async () => {
    const { context, page, show } = await openWindow();
    await show('many', 'hostnames');
    expect(await page.locator('table tbody button').count()).toBeLessThan(80);
    await page.locator('table tbody button').first().focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.activeElement?.textContent === 'app-09999.lab');
    await page.keyboard.press('ArrowUp');
    await page.waitForFunction(() => document.activeElement?.textContent === 'app-09998.lab');
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.activeElement?.textContent === 'app-00000.lab');
    await context.close();
  });
});

describe('names', () => {
  it('are told about in a panel that gives the focus back', async () => {
    const { context, page, show } = await openWindow();
    await show('conflict', 'hostnames');
    await page.getByRole('button', { name: 'router.lab' }).click();
    const panel = page.getByRole('complementary');
    await panel.getByText('in line 9 of the hosts file is not ours').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('router.lab');
    await context.close();
  });

  it('are allowed by domain, and left out by name', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('consent', 'hostnames');
    await page.getByRole('button', { name: 'cam.home.lan' }).click();
    await page.getByRole('button', { name: 'Allow home.lan' }).click();
    await page.getByRole('button', { name: 'Leave out' }).click();
    expect(await asked('setSettings')).toEqual([
      [{ allowedDomains: ['lab', 'home.lan'] }],
      [{ excluded: ['backup.lab', 'cam.home.lan'] }],
    ]);
    await context.close();
  });

  it('are told with every object that asks for them, and its annotations', async () => {
    const { context, page, complaints, show } = await openWindow();
    await show('ok', 'hostnames');
    const panel = page.getByRole('complementary');
    await page.getByRole('button', { name: 'grafana.lab' }).click();
    await panel.getByText('Reported by 2 objects').waitFor();
    await panel.getByText('Service monitoring/grafana').waitFor();
    await panel.getByText('grafana.lab,stats.lab').waitFor();
    expect(await violations(page)).toEqual([]);
    await show('conflict', 'hostnames');
    await page.getByRole('button', { name: 'wiki.lab', exact: true }).first().click();
    await panel.getByText('Also asked for by').waitFor();
    expect(await panel.getByText('Reported by').count()).toBe(0);
    await show('hostile', 'hostnames');
    await page.getByRole('button', { name: 'bal.elgoog' }).click();
    await panel.getByText('<img src=x onerror=alert(1)> xxx').waitFor();
    expect(await overflows(page)).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are left out and taken in, many at once', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('ok', 'hostnames');
    const box = (name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
    await box('books.lab').click();
    await box('grafana.lab').click({ modifiers: ['Shift'] });
    await box('git.lab').click();
    await box('backup.lab').click();
    await page.getByText('3 selected').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Leave out 2' }).click();
    await page.getByText('selected').waitFor({ state: 'detached' });
    await box('backup.lab').click();
    await page.getByRole('button', { name: 'Include 1' }).click();
    expect(await asked('setSettings')).toEqual([
      [{ excluded: ['backup.lab', 'books.lab', 'grafana.lab'] }],
      [{ excluded: ['books.lab', 'grafana.lab'] }],
    ]);
    expect(await box('nas.lab').count()).toBe(0);
    await context.close();
  });

  it('are selected with the keyboard alone, ten thousand of them too', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('many', 'hostnames');
    await page.getByRole('checkbox', { name: 'Select app-00000.lab' }).focus();
    await page.keyboard.press('Space');
    for (let row = 0; row < 3; row += 1) await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Select app-00003.lab');
    await page.keyboard.press('Shift+Space');
    await page.getByText('4 selected').waitFor();
    await page.getByRole('checkbox', { name: 'Select all that are shown' }).press('Space');
    await page.getByText('10,000 selected').waitFor();
    await page.getByRole('searchbox').fill('app-0000');
    await page.getByText('10 selected').waitFor();
    await page.getByRole('button', { name: 'Leave out 10' }).click();
    const [[change] = []] = await asked('setSettings');
    expect(change).toMatchObject({ excluded: expect.arrayContaining(['app-00009.lab']) });
    expect((change as { excluded: string[] }).excluded).toHaveLength(11);
    await context.close();
  });

  it('are typed by hand, and what is wrong with one is said', async () => {
    const { context, page, show, asked } = await openWindow();
    await show('ok', 'hostnames');
    await page.getByRole('button', { name: 'Add a name…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Printer.lab');
    await page.getByLabel('Address', { exact: true }).fill('192.168.1');
    await page.keyboard.press('Enter');
    await page.getByText('That is no IP address.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Address', { exact: true }).fill('192.168.1.21');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await asked('setSettings')).toEqual([
      [
        {
          names: [
            { hostname: 'nas.lab', address: '192.168.1.20' },
            { hostname: 'printer.lab', address: '192.168.1.21' },
          ],
        },
      ],
    ]);
    await context.close();
  });
});
