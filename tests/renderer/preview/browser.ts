import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from '@playwright/test';
import { build } from 'vite';
import { chromiumPath, fontEnvironment } from '../../standin/chromium-path.ts';

/** Where the page is, for the browser only: nothing goes over the network. */
export const ORIGIN = 'http://window.test';

const CHECKOUT = fileURLToPath(new URL('../../..', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** The browser of the other specs, with the same fonts on every machine. */
export async function launch(): Promise<Browser> {
  const executablePath = await chromiumPath();
  const env = { ...process.env, ...fontEnvironment(executablePath) };
  return await chromium.launch({ executablePath, env, args: ['--no-sandbox', '--font-render-hinting=none'] });
}

/** The files of the preview, by their path. They stay in memory: several tests may build at once. */
export type Preview = ReadonlyMap<string, string | Uint8Array>;

export async function buildPreview(): Promise<Preview> {
  const configFile = `${CHECKOUT}tests/renderer/preview/vite.config.ts`;
  const built = await build({ configFile, logLevel: 'error', build: { write: false } });
  const outputs = Array.isArray(built) ? built : 'output' in built ? [built] : [];
  return new Map(
    outputs
      .flatMap(({ output }) => output)
      .map(file => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
}

/** A context that finds the preview at `ORIGIN`, under the window's own Content-Security-Policy. */
export async function open(
  browser: Browser,
  preview: Preview,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  const policy = /Content-Security-Policy"\s+content="([^"]+)"/.exec(
    readFileSync(`${CHECKOUT}renderer/index.html`, 'utf8'),
  )?.[1];
  if (policy === undefined) throw new Error('renderer/index.html has no Content-Security-Policy');
  await context.route(`${ORIGIN}/**`, route => {
    const { pathname } = new URL(route.request().url());
    const path = pathname === '/' ? '/index.html' : pathname;
    const file = preview.get(path);
    if (file === undefined) return route.fulfill({ status: 404 });
    return route.fulfill({
      body: Buffer.from(file),
      contentType: TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      headers: { 'content-security-policy': policy },
    });
  });
  return context;
}
