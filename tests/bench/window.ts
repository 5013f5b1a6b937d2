import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { Computer } from '../e2e/desk.ts';
import { launchApp } from '../e2e/launch.ts';

const ROOT = join(import.meta.dirname, '../..');
const SERVICES = 1_000;
const NAMES = 10_000;
const CHANGES = 30;
const IDLE_MS = 60_000;
const REST_MS = 15_000;

/** Figures of the app's window, through the stand-in where Electron cannot be had. Expects the app to be built. */
export async function measureWindow() {
  const sample = await launchApp({ app: join(ROOT, 'tests/standin/sample') });
  const bare = residentMb(sample.app.process().pid);
  await sample.close();
  const computer = await Computer.start({ ingresses: SERVICES });
  try {
    const startedAt = performance.now();
    const { app, page } = await computer.launch();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const visible = performance.now() - startedAt;
    await page
      .getByText('app-0001')
      .first()
      .waitFor({ state: 'attached' })
      .catch(() => undefined);
    const latencies = await followEvents(computer, page);
    await delay(REST_MS);
    const { pid } = app.process();
    const cpu = cpuSeconds(pid);
    await delay(IDLE_MS);
    return {
      'import ms': importMs().toFixed(0),
      'first paint ms': (await firstPaint(page)).toFixed(0),
      'launch to window ms': visible.toFixed(0),
      'event to row p50 ms': at(latencies, 0.5),
      'event to row max ms': at(latencies, 1),
      'idle CPU %': (((cpuSeconds(pid) - cpu) / IDLE_MS) * 100_000).toFixed(2),
      'RSS over a bare app MB': (residentMb(pid) - bare).toFixed(0),
      ...(await scrollMany()),
    };
  } finally {
    await computer.stop();
  }
}

/** From a change in the cluster to the row on the screen. */
async function followEvents(computer: Computer, page: Page): Promise<readonly number[]> {
  await page.getByRole('navigation').first().getByText('Hostnames', { exact: true }).click();
  const latencies: number[] = [];
  for (let change = 0; change < CHANGES; change++) {
    const host = `a-${change}.turing-cluster.local`;
    const seen = page.evaluate(
      wanted =>
        new Promise<number>(resolve => {
          const look = () => document.body.innerText.includes(wanted) && resolve(Date.now());
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
          look();
        }),
      host,
    );
    await delay(100);
    const happened = Date.now();
    computer.demo.cluster.apply({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace: 'default', name: `a-${change}` },
      spec: { ingressClassName: 'traefik', rules: [{ host }] },
    });
    latencies.push((await seen) - happened);
  }
  return latencies.sort((a, b) => a - b);
}

/** Scrolls through all names, and counts what kept the page from answering. */
async function scrollMany() {
  const computer = await Computer.start({ ingresses: NAMES });
  try {
    const { page } = await computer.launch();
    await page.getByRole('navigation').first().getByText('Hostnames', { exact: true }).click();
    await page.getByText('app-0001.turing-cluster.local').first().waitFor({ timeout: 30_000 });
    await delay(2_000);
    const tasks = await page.evaluate(async () => {
      const long: number[] = [];
      new PerformanceObserver(list => long.push(...list.getEntries().map(entry => entry.duration))).observe({
        type: 'longtask',
      });
      let scrolled = document.querySelector('table')?.parentElement;
      while (scrolled && scrolled.scrollHeight < scrolled.clientHeight * 5) scrolled = scrolled.parentElement;
      if (!scrolled) throw new Error('nothing scrolls');
      for (let step = 0; step < 300; step++) {
        scrolled.scrollTop = (scrolled.scrollHeight * step) / 300;
        await new Promise(requestAnimationFrame);
      }
      if (!document.body.innerText.includes('app-99')) throw new Error('it did not scroll to the end');
      return long;
    });
    const over = tasks.filter(ms => ms > 50);
    return { 'tasks over 50 ms': over.length, 'longest ms': Math.max(0, ...tasks).toFixed(0) };
  } finally {
    await computer.stop();
  }
}

async function firstPaint(page: Page): Promise<number> {
  return await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
}

/** The median of ten imports of what the app needs before it shows anything, Electron itself left out. */
function importMs(): number {
  const names = ['app', 'BrowserWindow', 'clipboard', 'dialog', 'ipcMain', 'Menu', 'nativeImage', 'nativeTheme', 'net'];
  const more = ['Notification', 'powerMonitor', 'protocol', 'screen', 'session', 'shell', 'Tray'];
  // Another one runs already, it says: so the entry does nothing of its own.
  const nothing = 'const nothing = new Proxy(class {}, { get: () => () => false });';
  const stub = nothing + [...names, ...more].map(name => `export const ${name} = nothing;`).join('');
  const script = `
    import { registerHooks } from 'node:module';
    const url = 'data:text/javascript,' + encodeURIComponent(${JSON.stringify(stub)});
    registerHooks({ resolve: (name, context, next) => name === 'electron' ? { url, shortCircuit: true } : next(name, context) });
    const before = performance.now();
    await import(${JSON.stringify(join(ROOT, 'out/main/app.js'))});
    console.log(performance.now() - before);`;
  const times = Array.from({ length: 10 }, () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return Number(stdout);
  });
  return times.sort((a, b) => a - b)[5] ?? Number.NaN;
}

function residentMb(pid: number | undefined): number {
  return Number(/VmRSS:\s+([0-9]+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function at(sorted: readonly number[], part: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(0);
}
