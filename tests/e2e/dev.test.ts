import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, mergeConfig, type ViteDevServer } from 'vite';
import { afterEach, beforeEach, it } from 'vitest';
import config from '../../electron.vite.config.ts';
import { launchApp } from './launch.ts';
import { expect } from './patient.ts';

const ROOT = join(import.meta.dirname, '../..');

let folder: string;
let server: ViteDevServer;
let url: string;

/** The window's sources once more, where they can be edited, behind the dev server that `npm run dev` starts. */
beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cluster-hosts-dev-')));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const part of ['renderer', 'preload', 'main/errors.ts'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const { renderer } = config({ command: 'serve', mode: 'development' });
  const root = join(folder, 'renderer');
  const own = {
    ...({ configFile: false, logLevel: 'error', root, cacheDir: join(folder, 'cache') } as const),
    server: { port, ws: { clientPort: port }, fs: { allow: [ROOT, folder] } },
    build: { rolldownOptions: { input: join(root, 'index.html') } },
  };
  server = await createServer(mergeConfig(renderer ?? {}, own));
  await server.listen();
});

afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const probe = createTcpServer().listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
  });
  return await promise;
}

it('what is edited is in the window at once, at the same address and under a policy', async () => {
  const app = await launchApp({ env: { ELECTRON_RENDERER_URL: url } });
  const { page } = app;
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('Where is your cluster?');
  expect(await page.evaluate(() => location.pathname)).toBe('/index.html');
  await page.evaluate(() => Object.assign(window, { isStillHere: true }));
  edit('renderer/screens/setup/Setup.module.css', text => `${text}\nh1 { letter-spacing: 3px !important; }\n`);
  await expect(heading).toHaveCSS('letter-spacing', '3px');
  edit('renderer/components/PageHeader.tsx', text => text.replace('<h1', '<h1 data-edited=""'));
  await expect(page.locator('h1[data-edited]')).toBeVisible();
  expect(await page.evaluate(() => 'isStillHere' in window)).toBe(true);
  expect(app.problems()).toEqual([]);
  await app.close();
});

function edit(path: string, change: (text: string) => string): void {
  const file = join(folder, path);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${path} is not what it was`);
  writeFileSync(file, after);
}
