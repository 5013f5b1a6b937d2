import type { Kind } from '../cluster/objects.ts';
import { canonicalAddress, classifyAddress } from './address-policy.ts';
import { canonicalHostname } from './name-policy.ts';

/** Who asked for a name: a cluster object, or the user (`Manual`, without namespace and name). */
export interface Origin {
  readonly kind: Kind | 'Manual';
  readonly namespace: string;
  readonly name: string;
}

declare const parsed: unique symbol;

/** One line of a hosts file. Only `parseHostEntry` makes one, so whoever holds one may write it as it is. */
export interface HostEntry {
  readonly hostname: string;
  readonly address: string;
  readonly origin: Origin;
  readonly [parsed]: true;
}

/** The one origin of names that the user typed. */
export const MANUAL: Origin = { kind: 'Manual', namespace: '', name: '' };

/** Kubernetes' names of objects and namespaces: DNS subdomains (RFC 1123). */
const OBJECT_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

const ORIGIN = /^([A-Za-z][A-Za-z.]{0,63})(?: ([^ /]{1,253})\/([^ /]{1,253}))?$/;

const KINDS: ReadonlySet<string> = new Set<Origin['kind']>([
  'Manual',
  'Service',
  'Ingress',
  'IngressRoute',
  'IngressRoute.traefik.containo.us',
  'IngressRouteTCP',
  'IngressRouteTCP.traefik.containo.us',
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
]);

/**
 * The only way to make a HostEntry. Gives `undefined` unless hostname and address are already canonical, the address
 * is of a class that may ever be written, and the origin is of names that Kubernetes itself accepts.
 */
export function parseHostEntry(hostname: string, address: string, origin: Origin): HostEntry | undefined {
  const name = canonicalHostname(hostname);
  if (!name.ok || name.hostname !== hostname) return undefined;
  if (canonicalAddress(address) !== address || classifyAddress(address) === 'never') return undefined;
  if (!isOrigin(origin)) return undefined;
  return { hostname, address, origin } as HostEntry;
}

/** `Ingress media/jellyfin`, or `Manual`: how an origin stands in the hosts file. */
export function formatOrigin(origin: Origin): string {
  return origin.kind === 'Manual' ? 'Manual' : `${origin.kind} ${origin.namespace}/${origin.name}`;
}

/** The reverse of `formatOrigin`; `undefined` for any other text. */
export function parseOrigin(text: string): Origin | undefined {
  const [, kind = '', namespace = '', name = ''] = ORIGIN.exec(text) ?? [];
  const origin = { kind: kind as Origin['kind'], namespace, name };
  return isOrigin(origin) && formatOrigin(origin) === text ? origin : undefined;
}

/** True where `formatOrigin` gives a comment that nobody can forge a line with. */
export function isOrigin({ kind, namespace, name }: Origin): boolean {
  if (!KINDS.has(kind)) return false;
  return kind === 'Manual' ? namespace + name === '' : OBJECT_NAME.test(namespace) && OBJECT_NAME.test(name);
}

export function sameOrigin(a: Origin, b: Origin): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

/** By kind, namespace, name, hostname, address: the order of lines in the file. */
export function compareEntries(a: HostEntry, b: HostEntry): number {
  return compareOrigins(a.origin, b.origin) || compareText(a.hostname, b.hostname) || compareText(a.address, b.address);
}

/** By kind, namespace, name. */
function compareOrigins(a: Origin, b: Origin): number {
  return compareText(a.kind, b.kind) || compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}

/** Code-unit order: the same on every computer, whatever its language. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
