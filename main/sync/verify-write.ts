import { readFileSync } from 'node:fs';
import { systemClock } from '../cluster/clock.ts';
import { flushDnsCache } from '../hosts/elevated/dns-cache.ts';
import { patienceMs, reasonOf, type World } from '../hosts/hidden.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import { differingAnswers, type WrittenName } from '../hosts/resolve.ts';
import { startResolver } from '../hosts/resolver-process.ts';
import { unseenEntries } from '../hosts/verify.ts';
import type { Pass } from './reconcile.ts';

/** So many names tell whether the resolver follows the file. */
const TRIED = 10;

/** Whatever the resolver does, the command goes on after this long. */
const LIMIT_MS = 3_500;

/**
 * What is to be said of a write that was carried out: lines that another parser does not read as they were meant, and
 * where the file is the system's, names that do not answer as written, with why.
 */
export async function verifyWrite(
  pass: Pass,
  file: HostsFile,
  /** `system`: it is the file that the resolver reads. */
  { system, interrupted }: { readonly system: boolean; readonly interrupted: AbortSignal },
): Promise<readonly string[]> {
  const unseen = unseenEntries(file.path, pass.plan.entries);
  if (unseen.length > 0) {
    const lines = unseen.length === 1 ? '1 line' : `${unseen.length} lines`;
    return [`${lines} did not read back as written, the first of them ${unseen[0]?.hostname}.`];
  }
  const names = system ? changedNames(pass).slice(0, TRIED) : [];
  if (names.length === 0) return [];
  // The helper has done so already.
  if (!file.asks) await flushDnsCache(process.platform);
  const remarks = await tryNames(names, file, interrupted);
  return interrupted.aborted ? [] : remarks;
}

function changedNames({ plan: { rows, entries } }: Pass): readonly WrittenName[] {
  const changed = new Set(
    rows.flatMap(({ state, hostname }) => (state === 'add' || state === 'update' ? hostname : [])),
  );
  const written = entries.filter(({ hostname }) => changed.has(hostname));
  const names = Map.groupBy(written, ({ hostname }) => hostname);
  return [...names].map(([hostname, lines]) => ({ hostname, written: lines.map(({ address }) => address) }));
}

async function tryNames(
  names: readonly WrittenName[],
  file: HostsFile,
  interrupted: AbortSignal,
): Promise<readonly string[]> {
  const done = new AbortController();
  const signal = AbortSignal.any([done.signal, interrupted, AbortSignal.timeout(LIMIT_MS)]);
  const world = worldOf(file);
  try {
    const lookup = await startResolver(signal);
    const asking = { lookup, time: systemClock, patienceMs: () => patienceMs(world) };
    const answers = await differingAnswers(names, asking);
    const reasons = answers.map(answer => reasonOf(answer, world));
    const hints = new Set(reasons.map(({ hint }) => hint).filter(hint => hint !== ''));
    return [...reasons.map(({ message }) => message), ...hints];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [`Whether the names answer could not be tried (${detail}).`];
  } finally {
    done.abort();
  }
}

/** What only a name that does not answer asks for, is read only then. */
function worldOf(file: HostsFile): World {
  const { platform } = process;
  const read = (path: string) => {
    try {
      return platform === 'linux' ? readFileSync(path, 'latin1') : '';
    } catch {
      return '';
    }
  };
  let nsswitch: string | undefined;
  return {
    ...{ platform, path: file.path },
    get hosts() {
      const content = file.read();
      return content.state === 'ok' ? content.text : '';
    },
    get nsswitch() {
      nsswitch ??= read('/etc/nsswitch.conf');
      return nsswitch;
    },
    get hostConf() {
      return read('/etc/host.conf');
    },
    get mounts() {
      return read('/proc/self/mountinfo');
    },
  };
}
