import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { startApiServer } from './api-server.ts';
import { ingress, ingressRoute } from './client/objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { waitFor } from './node/program.ts';

const ROOM = `
  const { openRoom } = await import('${import.meta.dirname}/rooms/room.ts');
  const room = await openRoom({ PATH: process.env.PATH });
  for (const place of [room.node, room.laptops.directory, room.laptops.file]) place.spawn(['sleep', '1000']);
  console.log(room.node.root);`;

const API_SERVER = `
  const { startApiServer } = await import('${import.meta.dirname}/api-server.ts');
  console.log((await startApiServer()).kubeconfig);`;

describeCluster('whoever dies how, nothing stays behind', () => {
  let child: ChildProcess | undefined;

  /** Runs a script that says one thing and then goes on until it is killed. */
  async function start(script: string): Promise<string> {
    child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = await once(child.stdout ?? child, 'data');
    return String(said).trim();
  }
  afterEach(() => child?.kill('SIGKILL'));

  test('a killed test run takes its namespaces and all in them with it', async () => {
    const root = await start(ROOM);
    const pid = root.split('/')[2] ?? '';
    const namespace = link(`/proc/${pid}/ns/pid`);
    const inside = (): string[] => processes(each => link(`/proc/${each}/ns/pid`) === namespace);
    const entering = (): string[] => processes(each => commandLine(each).includes(`nsenter -t ${pid} `));
    await waitFor('the programs run', () => inside().length >= 6 && entering().length >= 1);
    child?.kill('SIGKILL');
    await waitFor('they are gone', () => inside().length + entering().length === 0, 5_000);
  });

  test('so does a killed user of the lone API server, with its folder', async () => {
    const kubeconfig = await start(API_SERVER);
    const folder = kubeconfig.replace(/\/kubeconfig$/, '');
    const running = (): string[] => processes(each => commandLine(each).includes(folder));
    expect(running().length).toBeGreaterThanOrEqual(2);
    child?.kill('SIGKILL');
    await waitFor('they are gone', () => running().length === 0 && !existsSync(folder), 5_000);
  });

  test('the lone API server takes a thousand objects', async ({ annotate }) => {
    const server = await startApiServer();
    const numbers = Array.from({ length: 500 }, (_, i) => i);
    const objects = [
      ...numbers.map(i => ingress(`web-${i}`, `web-${i}.turing-cluster.local`)),
      ...numbers.map(i => ingressRoute(`route-${i}`, `Host(\`route-${i}.turing-cluster.local\`)`)),
    ];
    const start = performance.now();
    await server.api.each('create', objects);
    await annotate(`1,000 objects in ${Math.round(performance.now() - start)} ms`);
    const { items } = await server.api.get<{ items: unknown[] }>('/apis/traefik.io/v1alpha1/ingressroutes');
    expect(items).toHaveLength(500);
    await server.stop();
    expect(existsSync(server.kubeconfig)).toBe(false);
  });
});

function processes(match: (pid: string) => boolean): string[] {
  return readdirSync('/proc').filter(name => /^[0-9]+$/.test(name) && match(name));
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
