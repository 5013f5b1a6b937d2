import type { Source } from '../cluster/source.ts';
import { CLAIMING_KINDS, type Desired, type DesiredNames } from '../desired/desired.ts';
import type { HostEntry } from '../desired/host-entry.ts';
import type { NameRules } from '../desired/rules.ts';
import { type HostsText, withSection } from '../hosts/block.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import type { HostsBytes } from '../hosts/read.ts';
import { type Held, holdMassRemoval } from '../plan/guard.ts';
import { type Plan, planChanges } from '../plan/plan.ts';

/** Everything one pass looks at. */
export interface PassInput {
  readonly file: Pick<HostsFile, 'read' | 'parse' | 'foreignNames'>;
  readonly source: Source;
  readonly rules: NameRules;
  readonly names: DesiredNames;
  /** Of several addresses of one name, those that answered when tried. */
  readonly answering: ReadonlySet<string>;
  /** Names that went over the last ten minutes; `undefined` where the user has accepted all removals. */
  readonly recentRemovals: ReadonlySet<string> | undefined;
}

/** What a pass found: the file that the plan was made from, the plan, and the text that would carry it out. */
export interface Pass {
  readonly state: 'ready';
  readonly before: HostsBytes;
  /** The same text as before where there is nothing to write. */
  readonly after: { readonly text: string; readonly hosts: HostsText };
  /** The cluster's entries in the file. */
  readonly current: readonly HostEntry[];
  readonly plan: Plan;
  readonly held: Held | undefined;
  /** Somebody changed our lines by hand; the text puts them back. */
  readonly edited: boolean;
  readonly desired: Desired;
}

/** Why there is no plan: the file is not one that may be written, or our part of it cannot be told from the rest. */
export interface NoPass {
  readonly state: 'refused' | 'damaged' | 'too-large';
  readonly message: string;
  readonly hint: string;
}

/** The program: what the file holds, what the cluster says, what names that asks for, what must change. Changes nothing. */
export function reconcile(input: PassInput): Pass | NoPass {
  const { file, source, rules } = input;
  const before = file.read();
  if (before.state === 'refused') return before;
  const parsed = file.parse(before.text);
  if (parsed.state === 'damaged') return { ...parsed, hint: REPAIR };
  const { cluster } = rules.policy;
  const current = parsed.hosts.block?.sections.get(cluster)?.entries ?? [];
  const desired = input.names.of(source, rules);
  const states = new Map([...CLAIMING_KINDS, 'Gateway' as const].map(kind => [kind, source.status(kind).state]));
  const foreign = takenNames(file.foreignNames(parsed.hosts), parsed.hosts, cluster);
  const planned = planChanges({ current, desired, policy: rules.policy, foreign, states, answering: input.answering });
  const { plan, held } =
    input.recentRemovals === undefined
      ? { plan: planned, held: undefined }
      : holdMassRemoval(planned, current, input.recentRemovals);
  const edited = parsed.hosts.block?.edited ?? false;
  const after = isSettled(plan, current, edited)
    ? ({ state: 'ok', text: before.text, hosts: parsed.hosts } as const)
    : withSection(parsed.hosts, cluster, plan.entries);
  if (after.state === 'too-large') return { ...after, hint: TOO_MANY };
  return { state: 'ready', before, after, current, plan, held, edited, desired };
}

const TOO_MANY = 'Leave objects out with the annotation cluster-hosts/ignore: "true".';
const REPAIR =
  'Take what is left of the block out of the file by hand (its markers begin with "# BEGIN cluster-hosts" and "# END cluster-hosts"), or restore a backup.';

/** Nothing to write: the plan keeps exactly what is there. */
function isSettled({ entries }: Plan, current: readonly HostEntry[], edited: boolean): boolean {
  return !edited && entries.length === current.length && new Set([...entries, ...current]).size === current.length;
}

/** Names in the user's own lines, and in the sections of other clusters. */
function takenNames(
  foreign: ReadonlyMap<string, string>,
  hosts: HostsText,
  cluster: string,
): ReadonlyMap<string, string> {
  const others = [...(hosts.block?.sections ?? [])].filter(([name]) => name !== cluster);
  if (others.length === 0) return foreign;
  const lines = others.flatMap(([name, { entries }]) =>
    entries.map(({ hostname, address }) => [hostname, `${address} ${hostname} (of cluster ${name})`] as const),
  );
  return new Map([...lines, ...foreign]);
}
