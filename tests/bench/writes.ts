import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import hostile from 'hostile';
import { parseHostEntry } from '../../main/desired/host-entry.ts';
import { parseHosts, withSection } from '../../main/hosts/block.ts';
import { HostsFile } from '../../main/hosts/hosts-file.ts';
import { digestOf } from '../../main/hosts/text.ts';
import { writerPlaces } from '../../main/paths.ts';

const OLD = '127.0.0.1\tlocalhost\n';

/** So many entries into a file: ours in one write, from entries to the read-back file; hostile's one by one. */
export async function compareWrites(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-bench-'));
  const names = Array.from({ length: count }, (_, n) => `app-${n}.bench.local`);
  try {
    const ours = await timed(() => writeOurs(join(folder, 'ours'), names));
    const theirs = await timed(async () => writeWithHostile(join(folder, 'hostile'), names));
    return [
      { entries: count, writer: 'ours', 'seconds ': ours.toFixed(3) },
      { entries: count, writer: 'hostile', 'seconds ': theirs.toFixed(3) },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeOurs(path: string, names: readonly string[]): Promise<void> {
  writeFileSync(path, OLD);
  const origin = { kind: 'Ingress', namespace: 'default', name: 'app' } as const;
  const entries = names.flatMap(name => parseHostEntry(name, '10.0.0.70', origin) ?? []);
  const parsed = parseHosts(OLD);
  const edited = parsed.state === 'ok' ? withSection(parsed.hosts, 'bench', entries) : undefined;
  if (edited?.state !== 'ok') throw new Error('the block was not made');
  const file = new HostsFile(path, writerPlaces(path, join(path, '..', 'state')));
  const { outcome } = await file.write(
    { before: digestOf(OLD), text: edited.text, order: { op: 'remove', cluster: undefined } },
    edited.hosts,
  );
  if (outcome !== 'done') throw new Error(outcome);
}

function writeWithHostile(path: string, names: readonly string[]): void {
  writeFileSync(path, OLD);
  hostile.HOSTS = path;
  for (const name of names) hostile.set('10.0.0.70', name);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
