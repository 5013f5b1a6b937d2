/* The benchmark: the shipped program against a real API server, and one large write beside hostile's. Figures in one run
   belong together: machines are noisy, so compare ratios. `npm run bench -- 100 1000` takes other sizes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startApiServer } from '../cluster/api-server.ts';
import { ingress } from '../cluster/client/objects.ts';
import { measureElevated } from './elevated.ts';
import { untilFile, WatchingProgram } from './process.ts';
import { measureWindow } from './window.ts';
import { compareWrites } from './writes.ts';

const CHANGES = 100;
const IDLE_MS = 60_000;
/** After work the program gives its memory back; that belongs to the work, not to the idle minute. */
const REST_MS = 15_000;
const DOMAIN = 'bench.local';

const sizes = process.argv.slice(2).map(Number);
execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
const rows = [];
for (const size of sizes.length > 0 ? sizes : [100, 1_000, 10_000]) rows.push(await measure(size));
print(rows);
print(await compareWrites(10_000));
if (process.geteuid?.() === 0) print(await measureElevated());
print([await measureWindow()]);

async function measure(size: number) {
  const server = await startApiServer();
  const folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-bench-'));
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, '127.0.0.1\tlocalhost\n');
  try {
    await addTraefik(server.api);
    const ingresses = Array.from({ length: size }, (_, n) => ingress(`app-${n}`, `app-${n}.${DOMAIN}`));
    await server.api.each('create', ingresses);
    const program = new WatchingProgram(server.kubeconfig, hosts, folder);
    const complete = (await untilFile(hosts, text => text.split('\n').length > 2 * size)) - program.startedAt;
    const latencies = await follow(server.api, hosts);
    await delay(REST_MS);
    const cpu = program.cpuSeconds;
    await delay(IDLE_MS);
    const idle = ((program.cpuSeconds - cpu) / (IDLE_MS / 1000)) * 100;
    const residentMb = program.residentMb;
    await program.stop();
    return {
      Ingresses: size,
      'complete s': (complete / 1000).toFixed(2),
      'p50 ms': percentile(latencies, 50),
      'p99 ms': percentile(latencies, 99),
      'RSS MB': residentMb.toFixed(0),
      'idle CPU %': idle.toFixed(2),
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** K3s' Traefik with an address, as MetalLB would have given it one. */
async function addTraefik(api: Awaited<ReturnType<typeof startApiServer>>['api']): Promise<void> {
  const labels = { 'app.kubernetes.io/name': 'traefik', 'helm.sh/chart': 'traefik-37.1.1_up37.1.0' };
  const metadata = { name: 'traefik', namespace: 'kube-system', labels };
  const spec = { type: 'LoadBalancer', ports: [{ name: 'web', port: 80 }] };
  await api.create({ apiVersion: 'v1', kind: 'Service', metadata, spec });
  const status = { status: { loadBalancer: { ingress: [{ ip: '10.0.0.70' }] } } };
  const path = '/api/v1/namespaces/kube-system/services/traefik/status';
  await api.request('PATCH', path, status, 'application/merge-patch+json');
}

/** From the API server's answer to the changed line in the file, for changes that come one at a time. */
async function follow(api: Awaited<ReturnType<typeof startApiServer>>['api'], hosts: string): Promise<number[]> {
  const latencies: number[] = [];
  for (let n = 0; n < CHANGES; n++) {
    await delay(200);
    const line = `\tlate-${n}.${DOMAIN}\n`;
    await api.create(ingress(`late-${n}`, `late-${n}.${DOMAIN}`));
    const answeredAt = performance.now();
    latencies.push(Math.max(0, (await untilFile(hosts, text => text.includes(line))) - answeredAt));
  }
  return latencies.sort((a, b) => a - b);
}

function percentile(sorted: readonly number[], percent: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN).toFixed(1);
}

function print(table: readonly Readonly<Record<string, string | number>>[]): void {
  const [first = {}] = table;
  const lines = [Object.keys(first), ...table.map(row => Object.values(row).map(String))];
  process.stdout.write(`${lines.map(cells => cells.map(cell => cell.padStart(22)).join('')).join('\n')}\n\n`);
}
