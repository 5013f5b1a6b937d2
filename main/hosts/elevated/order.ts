import { formatOrigin, type HostEntry, type Origin, parseHostEntry, parseOrigin } from '../../desired/host-entry.ts';
import { parseJson } from './request.ts';

/** What is to be done to the hosts file, said so that somebody who trusts nobody can judge it and do it himself. */
export type Order = ApplyOrder | RemoveOrder | RestoreOrder;

/** A cluster's section is to hold these entries. */
export interface ApplyOrder {
  readonly op: 'apply';
  readonly cluster: string;
  readonly suffix: string;
  /** Domains that the user consented to. */
  readonly allowedDomains: readonly string[];
  /** This computer's names and the API servers'. */
  readonly ownNames: readonly string[];
  /** Names that the user typed. */
  readonly typed: readonly string[];
  readonly allowPublic: boolean;
  readonly entries: readonly HostEntry[];
}

/** A cluster's section is to go, or the whole block. */
export interface RemoveOrder {
  readonly op: 'remove';
  readonly cluster: string | undefined;
}

/** A backup of the writer's own is to be put back. */
export interface RestoreOrder {
  readonly op: 'restore';
  /** As `listBackups` gives it. */
  readonly backup: string;
}

const BACKUP = /^[0-9a-f]{12}$/;
const CLUSTER = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** More of them are no consents that a person gave. */
const MAX_NAMES = 1_000;

/** An order as the text of a plan file (ASCII, as everything in it is). */
export function formatOrder(order: Order): string {
  switch (order.op) {
    case 'apply':
      return JSON.stringify({ v: 1, ...order, entries: order.entries.map(fieldsOf) });
    case 'remove':
      return JSON.stringify({ v: 1, op: order.op, cluster: order.cluster ?? null });
    case 'restore':
      return JSON.stringify({ v: 1, ...order });
  }
}

/** The reverse of `formatOrder`; `undefined` for any other text. Each entry has come through the one parser of entries. */
export function parseOrder(text: string): Order | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !('v' in value) || value.v !== 1) return undefined;
  const raw: Readonly<Record<string, unknown>> = { ...value };
  switch (raw.op) {
    case 'apply':
      return parseApply(raw);
    case 'remove':
      if (raw.cluster === null) return { op: 'remove', cluster: undefined };
      return isCluster(raw.cluster) ? { op: 'remove', cluster: raw.cluster } : undefined;
    case 'restore':
      if (typeof raw.backup !== 'string' || !BACKUP.test(raw.backup)) return undefined;
      return { op: 'restore', backup: raw.backup };
    default:
      return undefined;
  }
}

function parseApply(raw: Readonly<Record<string, unknown>>): ApplyOrder | undefined {
  const { cluster, suffix, allowedDomains, ownNames, typed, allowPublic } = raw;
  if (!isCluster(cluster) || typeof suffix !== 'string' || typeof allowPublic !== 'boolean') return undefined;
  if (!isNames(allowedDomains) || !isNames(ownNames) || !isNames(typed) || !Array.isArray(raw.entries))
    return undefined;
  const entries = raw.entries.map(parseEntry);
  if (!entries.every(entry => entry !== undefined)) return undefined;
  return { op: 'apply', cluster, suffix, allowedDomains, ownNames, typed, allowPublic, entries };
}

function fieldsOf({ hostname, address, origin }: HostEntry): readonly string[] {
  return [hostname, address, formatOrigin(origin)];
}

function parseEntry(fields: unknown): HostEntry | undefined {
  if (!Array.isArray(fields) || fields.length !== 3) return undefined;
  const [hostname, address, text] = fields as readonly unknown[];
  if (typeof hostname !== 'string' || typeof address !== 'string' || typeof text !== 'string') return undefined;
  const origin: Origin | undefined = parseOrigin(text);
  return origin && parseHostEntry(hostname, address, origin);
}

function isCluster(value: unknown): value is string {
  return typeof value === 'string' && CLUSTER.test(value);
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= MAX_NAMES && value.every(name => typeof name === 'string');
}
