import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../../main/cli/main.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';

let demo: Demo;
let folder: string;
beforeAll(async () => {
  demo = await startDemo();
  folder = mkdtempSync(join(tmpdir(), 'cli-settings-'));
  mkdirSync(join(folder, 'cluster-hosts'));
  writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig);
  writeFileSync(join(folder, 'hosts'), '');
});
afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function names(
  ...argv: readonly string[]
): Promise<{ cluster: string; entries: { hostname: string; state: string }[] }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const env = { HOME: folder, XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder };
  const io = { stdout, stderr, stdin: new PassThrough(), env, interrupted: new AbortController().signal };
  await run(['names', '--json', '--hosts-file', join(folder, 'hosts'), ...argv], io);
  return JSON.parse(String(stdout.read()));
}

test('the command line takes what the window was told, and its own options over that', async () => {
  const settings = {
    version: 1,
    kubeconfigs: [join(folder, 'kubeconfig')],
    cluster: 'turing-cluster',
    pausedUntil: null,
    allowedDomains: ['home.lan'],
    names: [{ hostname: 'nas.example.lan', address: '10.0.0.20' }],
    excluded: ['grafana.turing-cluster.local'],
  };
  writeFileSync(join(folder, 'cluster-hosts', 'settings.json'), JSON.stringify(settings));
  const { entries } = await names();
  const found = Object.fromEntries(entries.map(({ hostname, state }) => [hostname, state]));
  expect(found).toMatchObject({ 'nas.example.lan': 'add', 'pihole.home.lan': 'add' });
  expect(found).not.toHaveProperty('grafana.turing-cluster.local');
  const other = await names('--cluster', 'attic', '--name', 'grafana.turing-cluster.local=10.0.0.99');
  expect(other.cluster).toBe('attic');
  expect(other.entries).toContainEqual(
    expect.objectContaining({ hostname: 'grafana.turing-cluster.local', address: '10.0.0.99' }),
  );
});

test('what the settings say of their cluster does not count for another one', async () => {
  const settings = {
    version: 1,
    kubeconfigs: [join(folder, 'kubeconfig')],
    context: 'turing-cluster',
    cluster: 'home',
    names: [{ hostname: 'nas.home.local', address: '10.0.0.20' }],
  };
  writeFileSync(join(folder, 'cluster-hosts', 'settings.json'), JSON.stringify(settings));
  expect((await names()).cluster).toBe('home');
  expect((await names('--kubeconfig', join(folder, 'kubeconfig'))).cluster).toBe('home');
  const office = join(folder, 'office');
  writeFileSync(office, demo.kubeconfig.replaceAll('turing-cluster', 'office'));
  const other = await names('--kubeconfig', office);
  expect(other.cluster).toBe('office');
  expect(other.entries.map(({ hostname }) => hostname)).not.toContain('nas.home.local');
  settings.kubeconfigs.push(office);
  writeFileSync(join(folder, 'cluster-hosts', 'settings.json'), JSON.stringify(settings));
  expect((await names('--context', 'office')).cluster).toBe('office');
});
