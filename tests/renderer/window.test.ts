import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Requests, Screen } from '../../preload/contract.ts';
import { FULL } from '../arbitraries.ts';
import { buildPreview, launch, ORIGIN, open, type Preview } from './preview/browser.ts';
import type { FakeApi } from './preview/fake-api.ts';
import { NOW, STATES } from './states.ts';

const SCREENS: readonly Screen[] = ['overview', 'hostnames', 'hosts-file', 'load-balancer', 'activity', 'settings'];
const VIEWPORT = { width: 920, height: 640 };

let browser: Browser;
let preview: Preview;
beforeAll(async () => {
  preview = await buildPreview();
  browser = await launch();
}, 120_000);
afterAll(() => browser.close());

interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about, violations of the Content-Security-Policy among it. */
  readonly complaints: readonly string[];
  readonly show: (state: string, screen: Screen, rest?: string) => Promise<void>;
  readonly asked: (method: keyof Requests) => Promise<readonly (readonly unknown[])[]>;
}

async function openWindow(colorScheme: 'light' | 'dark' = 'light', viewport = VIEWPORT): Promise<Opened> {
  const options = { viewport, colorScheme, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' } as const;
  const context = await open(browser, preview, options);
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  const complaints: string[] = [];
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  return {
    context,
    page,
    complaints,
    show: async (state, screen, rest = '') => {
      await page.goto(`${ORIGIN}/?state=${state}&screen=${screen}${rest}`);
      await page.locator('h1').first().waitFor();
    },
    asked: method =>
      page.evaluate(
        wanted =>
          (window as unknown as { readonly fake: FakeApi }).fake.asked
            .filter(request => request.method === wanted)
            .map(({ args }) => args),
        method,
      ),
  };
}

/** `isPopup`: a menu is open, which is outside of all landmarks for as long as it is. */
async function violations(page: Page, isPopup = false): Promise<readonly string[]> {
  // Base UI's guards take the focus only to pass it on.
  const axe = new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]');
  const { violations: found } = await (isPopup ? axe.disableRules(['region']) : axe).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
  );
}

/** Whether anything is wider than the window, so that one would have to scroll sideways. */
async function overflows(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const sheet = document.querySelector('main');
    const isTooWide = (element: Element | null) => element !== null && element.scrollWidth > element.clientWidth;
    return isTooWide(document.documentElement) || isTooWide(sheet);
  });
}

/** Every state on every screen in both themes in the long form; else every other state, and each screen and theme. */
const sights = Object.keys(STATES).flatMap((state, index) =>
  SCREENS.flatMap((screen, at) =>
    (['light', 'dark'] as const)
      .filter(
        (_, theme) =>
          FULL || (index % 2 === 0 && at === (index / 2) % SCREENS.length && theme === Math.floor(index / 12)),
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
  it.each(['pending', 'hostile', 'unreachable', 'setup-program'])(
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
