import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDemo } from '../../main/demo/demo.ts';
import { buildProgram } from '../fixtures/world/build.ts';
import { startWorld } from '../fixtures/world/world.ts';

const ROUNDS = 7;

/** An approved batch through a password dialog that answers at once; needs root, to make a computer for itself. */
export async function measureElevated(): Promise<readonly Readonly<Record<string, string>>[]> {
  const program = buildProgram();
  const demo = await startDemo();
  const world = await startWorld(program, '127.0.0.1\tlocalhost\n', '/usr/bin/pkexec');
  try {
    const kubeconfig = join(world.folder, 'kubeconfig');
    writeFileSync(kubeconfig, demo.kubeconfig, { mode: 0o644 });
    const names = Array.from({ length: 25 }, (_, n) => `--name=typed-${n}.home.lan=10.0.1.${n + 1}`);
    const sync = () => world.cli(kubeconfig, ['sync', '--yes', '--json', ...names]);
    const times = { bare: [] as number[], helper: [] as number[], pending: [] as number[], settled: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(await time(() => world.asRoot(['/opt/node/node', '-e', '0'])));
      times.helper.push(await time(() => world.asRoot(['/opt/node/node', '/opt/cluster-hosts/helper.cjs', 'none'])));
      times.pending.push(await time(sync));
      times.settled.push(await time(sync));
      await world.cli(kubeconfig, ['clean', '--yes']);
    }
    return [
      { what: 'Node.js starts', ms: median(times.bare).toFixed(0) },
      { what: 'the helper starts', ms: median(times.helper).toFixed(0) },
      { what: 'yes to verified file', ms: (median(times.pending) - median(times.settled)).toFixed(0) },
    ];
  } finally {
    await world.stop();
    await demo.stop();
    rmSync(program, { recursive: true, force: true });
  }
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
