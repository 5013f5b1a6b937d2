import type { Source } from '../cluster/source.ts';
import { CLAIMING_KINDS, type Desired, type DesiredNames } from '../desired/desired.ts';
import type { HostEntry } from '../desired/host-entry.ts';
import type { NameRules } from '../desired/rules.ts';
import { type HostsText, withSection } from '../hosts/block.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import type { HostsContent } from '../hosts/read.ts';
import { type Held, holdMassRemoval } from '../plan/guard.ts';
import type { Plan, Planner } from '../plan/plan.ts';

/** Everything one pass looks at. */
export interface PassInput {
  readonly file: Pick<HostsFile, 'read' | 'parse' | 'takenNames'>;
  readonly source: Source;
  readonly rules: NameRules;
  readonly names: DesiredNames;
  readonly planner: Planner;
  /** Of several addresses of one name, those that answered when tried. */
  readonly answering: ReadonlySet<string>;
  /** Names that went over the last ten minutes; `undefined` where the user has accepted all removals. */
  readonly recentRemovals: ReadonlySet<string> | undefined;
}

/** What a pass found: the file that the plan was made from, the plan, and the text that would carry it out. */
export interface Pass {
  readonly state: 'ready';
  readonly before: HostsContent;
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

/**
 * Why there is no plan: the file is not one that may be written, or our part of it cannot be told from the rest, or
 * somebody has just emptied it.
 */
export interface NoPass {
  readonly state: 'refused' | 'damaged' | 'too-large' | 'emptied';
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
  const foreign = file.takenNames(parsed.hosts, cluster);
  const planned = input.planner.plan({
    current,
    desired,
    policy: rules.policy,
    foreign,
    states,
    answering: input.answering,
  });
  const { plan, held } =
    input.recentRemovals === undefined
      ? { plan: planned, held: undefined }
      : holdMassRemoval(planned, current, input.recentRemovals);
  const edited = parsed.hosts.block?.edited ?? false;
  const after = isSettled(plan, held, edited)
    ? ({ state: 'ok', text: before.text, hosts: parsed.hosts } as const)
    : withSection(parsed.hosts, cluster, plan.entries);
  if (after.state === 'too-large') return { ...after, hint: TOO_MANY };
  return { state: 'ready', before, after, current, plan, held, edited, desired };
}

const TOO_MANY = 'Leave objects out with the annotation cluster-hosts/ignore: "true".';
const REPAIR =
  'Take what is left of the block out of the file by hand (its markers begin with "# BEGIN cluster-hosts" and "# END cluster-hosts"), or restore a backup.';

/** Nothing to write: what is in the file stays, and nothing comes. */
function isSettled({ counts, rows }: Plan, held: Held | undefined, edited: boolean): boolean {
  if (edited || counts.add > 0 || counts.update > 0) return false;
  return counts.remove === 0 || rows.every(({ state, hostname }) => state !== 'remove' || held?.names.has(hostname));
}
