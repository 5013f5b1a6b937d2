import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll } from 'vitest';
import type { Requests, Screen } from '../../../preload/contract.ts';
import { NOW } from '../states.ts';
import { buildPreview, launch, ORIGIN, open, type Preview } from './browser.ts';
import type { FakeApi } from './fake-api.ts';

/** A window of the preview in a context of its own, which the test closes. */
export interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about, violations of the Content-Security-Policy among it. */
  readonly complaints: readonly string[];
  /** `''`: the window decides where it begins. */
  readonly show: (state: string, screen: Screen | '', rest?: string) => Promise<void>;
  readonly asked: (method: keyof Requests) => Promise<readonly (readonly unknown[])[]>;
}

type Open = (colorScheme?: 'light' | 'dark', viewport?: { width: number; height: number }) => Promise<Opened>;

/** One browser for all tests of a file. */
export function windowOpener(): Open {
  let browser: Browser;
  let preview: Preview;
  beforeAll(async () => {
    preview = await buildPreview();
    browser = await launch();
  }, 120_000);
  afterAll(() => browser.close());
  return async (colorScheme = 'light', viewport = { width: 920, height: 640 }) => {
    const options = { viewport, colorScheme, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' } as const;
    return await inContext(await open(browser, preview, options));
  };
}

async function inContext(context: BrowserContext): Promise<Opened> {
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
      const at = screen === '' ? '' : `&screen=${screen}`;
      await page.goto(`${ORIGIN}/?state=${state}${at}${rest}`);
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
export async function violations(page: Page, isPopup = false): Promise<readonly string[]> {
  // Base UI's guards take the focus only to pass it on.
  const axe = new AxeBuilder({ page }).exclude('[data-base-ui-focus-guard]');
  const { violations: found } = await (isPopup ? axe.disableRules(['region']) : axe).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
  );
}

/** Whether anything is wider than the window, so that one would have to scroll sideways. */
export async function overflows(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const sheet = document.querySelector('main');
    const isTooWide = (element: Element | null) => element !== null && element.scrollWidth > element.clientWidth;
    return isTooWide(document.documentElement) || isTooWide(sheet);
  });
}
