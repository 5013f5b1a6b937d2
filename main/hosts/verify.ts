import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import hostile from 'hostile';
import type { HostEntry } from '../desired/host-entry.ts';
import { parseHosts } from './block.ts';
import { nodeFileSystem } from './file-system.ts';
import { readHosts } from './read.ts';

/**
 * Reads our lines back from the file and has another program's parser (hostile) say what they mean: gives the entries
 * that it does not see as they were meant. It gets to see our block only; of foreign lines it would misread some.
 */
export function unseenEntries(path: string, entries: readonly HostEntry[]): readonly HostEntry[] {
  const file = readHosts(path, nodeFileSystem);
  const parsed = file.state === 'ok' ? parseHosts(file.text) : undefined;
  const block = parsed?.state === 'ok' ? (parsed.hosts.block?.text ?? '') : '';
  const folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-'));
  try {
    writeFileSync(join(folder, 'block'), block, 'latin1');
    const lines = hostile.getFile(join(folder, 'block'), false);
    const seen = new Set(lines.map(line => (Array.isArray(line) ? line.join(' ') : line)));
    return entries.filter(({ address, hostname }) => !seen.has(`${address} ${hostname}`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
