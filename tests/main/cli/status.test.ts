import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { runCommand } from './terminal.ts';

let folder: string;
let path: string;
let demo: Demo;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-status-'));
  path = join(folder, 'hosts');
  demo = await startDemo();
  writeFileSync(path, '127.0.0.1\tlocalhost\n', { mode: 0o644 });
  writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig, { mode: 0o600 });
});

afterEach(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...argv: string[]) => {
  const env = {
    ...{ PATH: process.env.PATH, HOME: folder },
    ...{ XDG_STATE_HOME: join(folder, 'state'), KUBECONFIG: join(folder, 'kubeconfig') },
  };
  return runCommand(['--hosts-file', path, ...argv], { env });
};
const problems = async () => JSON.parse((await run('status', '--json')).stdout).hostsFile.problems;

test('a hosts file as it should be has no problems', async () => {
  await run('sync', '--yes');
  expect(await problems()).toEqual([]);
  expect((await run('status')).stdout).not.toContain('To look at');
});

test('a file that others may write is told, in JSON and in words', async () => {
  chmodSync(path, 0o666);
  const told = `Everybody may write ${path}: any program of any user of this computer can send names elsewhere. Run "chmod go-w" on it, with sudo where it is not yours.`;
  expect(await problems()).toEqual([told]);
  expect((await run('status')).stdout).toContain(`\nTo look at\n  ${told}\n`);
});

test('a line put in by hand for a name of ours is told, and after the next sync it has the name', async () => {
  await run('sync', '--yes');
  appendFileSync(path, '10.9.9.9 grafana.turing-cluster.local\n');
  const quote = expect.stringContaining('"10.9.9.9 grafana.turing-cluster.local"');
  expect(await problems()).toEqual([quote]);
  await run('sync', '--yes', '--accept-removals');
  expect(await problems()).toEqual([
    'grafana.turing-cluster.local: It is in the file already: 10.9.9.9 grafana.turing-cluster.local',
  ]);
});

test.each([
  ['fails', { kind: 'answer', code: 500 }, /^The server failed \(500\)/],
  ['is silent', { kind: 'hang' }, /nothing answers here/],
] as const)('MetalLB is not known where the cluster %s; the rest is told all the same', async (_, fault, why) => {
  demo.faults.add({ resource: 'secrets', verb: 'any', fault });
  const { code, stdout } = await run('status', '--json', '--timeout', '1');
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    traefik: { address: '10.0.0.70' },
    metallb: { state: 'unknown', problems: [expect.stringMatching(why)] },
  });
  const alone = await run('metallb', 'status', '--timeout', '1');
  expect(alone).toMatchObject({ code: 1, stderr: expect.stringMatching(why) });
});

test('where Services cannot be read, nobody says that there is no Traefik', async () => {
  await run('sync', '--yes');
  demo.faults.add({ resource: 'services', verb: 'any', fault: { kind: 'answer', code: 403 } });
  expect(JSON.parse((await run('status', '--json')).stdout)).toMatchObject({
    headline: 'Services cannot be read, so Traefik’s address is not known.',
    traefik: { state: 'unknown' },
  });
  expect((await run('status')).stdout).toMatch(/^Traefik +not known: Services cannot be read$/m);
});
