import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Screen } from '../../preload/contract.ts';
import { buildPreview, launch, ORIGIN, open } from './preview/browser.ts';
import { NOW, STATES } from './states.ts';

/** Takes pictures of the window: `node tests/renderer/shots.ts FOLDER [--state S…] [--screen S…] [--theme T…] [--width N] [--zoom N]`. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    state: { type: 'string', multiple: true, default: Object.keys(STATES) },
    /** Where there is none, the one that the state is about. */
    screen: { type: 'string', multiple: true, default: [] },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    width: { type: 'string', default: '920' },
    height: { type: 'string', default: '640' },
    zoom: { type: 'string', default: '1' },
    locale: { type: 'string', default: 'en' },
    /** Clicks on what has this text, before the picture. */
    click: { type: 'string', multiple: true, default: [] },
    /** Presses this, before the picture. */
    press: { type: 'string', multiple: true, default: [] },
  },
});

const [folder] = positionals;
if (folder === undefined) throw new Error('Where to? Give a folder.');
mkdirSync(folder, { recursive: true });

const zoom = Number(values.zoom);
const viewport = { width: Math.round(Number(values.width) / zoom), height: Math.round(Number(values.height) / zoom) };

const preview = await buildPreview();
const browser = await launch();
for (const theme of values.theme) {
  const context = await open(browser, preview, {
    viewport,
    deviceScaleFactor: 1.5 * zoom,
    colorScheme: theme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  page.on('console', message => message.type() === 'error' && process.stderr.write(`${message.text()}\n`));
  page.on('pageerror', error => process.stderr.write(`${error.message}\n`));
  await page.clock.install({ time: NOW });
  for (const state of values.state)
    for (const screen of values.screen.length > 0 ? values.screen : [screenOf(state)]) {
      await page.goto(`${ORIGIN}/?state=${state}&screen=${screen}&locale=${values.locale}`);
      await page.locator('h1').first().waitFor({ state: 'attached' });
      await page.clock.runFor(500);
      for (const text of values.click) {
        await page.getByText(text).first().click();
        await page.clock.runFor(500);
      }
      for (const key of values.press) {
        await page.keyboard.press(key);
        await page.clock.runFor(500);
      }
      await page.screenshot({ path: `${folder}/${state}-${screen}-${theme}.png` });
    }
  await context.close();
}
await browser.close();

function screenOf(state: string): Screen {
  if (state.startsWith('wizard-')) return 'setup';
  return /^(ours|unfinished|remov)/.test(state) ? 'load-balancer' : 'overview';
}
