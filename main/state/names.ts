import { domainToUnicode } from 'node:url';
import type { NameRow, Patch, Snapshot } from '../../preload/contract.ts';
import { plainText } from '../cluster/plain-text.ts';
import type { Skipped } from '../desired/claim.ts';
import type { Origin } from '../desired/host-entry.ts';
import type { Plan } from '../plan/plan.ts';
import type { Row } from '../plan/row.ts';

/** Rows for the window, made once for each row of a plan: what did not change keeps its identity. */
export class NameRows {
  readonly #made = new WeakMap<Row | Skipped, NameRow>();

  #last: { readonly plan: Plan; readonly rows: readonly NameRow[] } | undefined;

  /** The same list for the same plan. */
  of(plan: Plan): readonly NameRow[] {
    if (this.#last?.plan !== plan) this.#last = { plan, rows: this.#rowsOf(plan) };
    return this.#last.rows;
  }

  #rowsOf({ rows, skipped }: Plan): readonly NameRow[] {
    const all = [...rows, ...skipped].map(row => this.#rowOf(row));
    const seen = new Map<string, number>();
    return all.map(row => {
      const times = (seen.get(row.id) ?? 0) + 1;
      seen.set(row.id, times);
      return times === 1 ? row : { ...row, id: `${row.id} ${times}` };
    });
  }

  #rowOf(row: Row | Skipped): NameRow {
    const known = this.#made.get(row);
    if (known !== undefined) return known;
    const made = 'state' in row ? planned(row) : leftOut(row);
    this.#made.set(row, made);
    return made;
  }
}

function planned(row: Row): NameRow {
  const { address, state, reason, from, domain } = row;
  const more = { ...(from !== undefined && { from }), ...(domain !== undefined && { domain }) };
  return { ...named(row, address), address, state, reason: plainText(reason), ...more };
}

function leftOut(skipped: Skipped): NameRow {
  const state = skipped.reason === 'excluded' ? 'excluded' : 'skipped';
  return { ...named(skipped, state), address: '', state, reason: plainText(skipped.message) };
}

function named({ hostname, origin }: { hostname: string; origin: Origin }, what: string) {
  const { kind, namespace, name } = origin;
  const id = [hostname, kind, namespace, name, what].join(' ');
  return { id, hostname, shown: shownName(hostname), origin: { kind, namespace, name } };
}

/** Decoded where it is an `xn--` name, and without what would change how the text around it reads. */
function shownName(hostname: string): string {
  const decoded = hostname.includes('xn--') ? domainToUnicode(hostname) : '';
  return plainText(decoded === '' ? hostname : decoded);
}

/** What makes the one list of rows the other; `undefined` where nothing does. */
export function namesPatch(before: readonly NameRow[], after: readonly NameRow[]): Patch['names'] {
  if (before === after) return undefined;
  const old = new Map(before.map(row => [row.id, row]));
  const put = after.filter(row => old.get(row.id) !== row);
  const kept = new Set(after.map(({ id }) => id));
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  return put.length + gone.length > 0 ? { put, gone } : undefined;
}

/** The names that this program writes or could write: what of the cluster may be opened in the browser. */
export function managedNames({ names, state: { cluster } }: Snapshot): ReadonlySet<string> {
  const written = names.filter(({ state }) => state !== 'skipped').map(({ hostname }) => hostname);
  return new Set(cluster ? [...written, cluster.domain] : written);
}
