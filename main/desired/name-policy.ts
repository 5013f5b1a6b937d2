import { getDomain, parse } from 'tldts';

/** Who may have which name: the cluster's own names, the domains that the user allowed, and this computer's own. */
export interface NamePolicy {
  /** What the user calls the cluster: one DNS label, such as `turing-cluster`. */
  readonly cluster: string;
  /** The domain that the cluster's names end in, without a dot in front: `local`, `home.arpa`. */
  readonly suffix: string;
  /** Domains that the user consented to; a name equal to one or under one may be written. */
  readonly allowedDomains: readonly string[];
  /** This computer's own names and the API server's: never written. */
  readonly ownNames: readonly string[];
}

export type NameProblem = 'bad-name' | 'wildcard' | 'underscore' | 'not-ascii' | 'denied-name';

/** A host name in its one canonical spelling (lower case, no final dot), or why a hosts file cannot hold it. */
export type HostnameVerdict =
  | { readonly ok: true; readonly hostname: string }
  | { readonly ok: false; readonly reason: NameProblem; readonly message: string };

/** Whether a canonical name may be written under a policy; `domain` is what the user would have to allow. */
export type NameVerdict =
  | { readonly verdict: 'allowed' }
  | { readonly verdict: 'needs-consent'; readonly domain: string }
  | { readonly verdict: 'denied'; readonly message: string };

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A last label that makes URL parsers read the whole name as an IPv4 address (WHATWG URL, "ends in a number"). */
const NUMBER = /^([0-9]+|0x[0-9a-f]*)$/;

/** Names that the operating systems and container engines resolve themselves; taking one breaks this computer. */
const DENIED = new Set([
  'localhost.localdomain',
  'localhost4.localdomain4',
  'localhost6.localdomain6',
  'host.docker.internal',
  'gateway.docker.internal',
  'kubernetes.docker.internal',
  'host.containers.internal',
  'metadata.google.internal',
]);

/**
 * Domains denied with everything under them: loopback, where this program's updates come from, and Microsoft's, for
 * which Windows Defender resets the whole hosts file (SettingsModifier:Win32/HostsFileHijack).
 */
const DENIED_DOMAINS = [
  'localhost',
  'github.com',
  'githubusercontent.com',
  'microsoft.com',
  'windows.com',
  'windows.net',
  'windowsupdate.com',
  'msftncsi.com',
  'msftconnecttest.com',
];

/** First labels by which browsers and Windows look for a proxy or a tunnel in every domain. */
const DENIED_LABELS = new Set(['wpad', 'isatap']);

/** Single labels that hosts files come with; a cluster may not be called so either. */
const DENIED_SINGLE = /^(localhost[46]?|broadcasthost|kubernetes|ip6-[^.]*)$/;

/** Parses a host name from the cluster or the user. Non-ASCII text is refused, not converted: nothing is guessed. */
export function canonicalHostname(text: string): HostnameVerdict {
  if (/\P{ASCII}/u.test(text)) {
    return refuse('not-ascii', 'It has characters outside ASCII; write it in its xn-- form.');
  }
  const hostname = text.toLowerCase().replace(/\.$/, '');
  if (hostname.includes('*')) return refuse('wildcard', 'A hosts file cannot hold a wildcard.');
  if (hostname.length > 253) return refuse('bad-name', 'It is longer than 253 characters.');
  const labels = hostname.split('.');
  if (labels.some(label => !LABEL.test(label))) {
    return /^[a-z0-9._-]+$/.test(hostname) && hostname.includes('_')
      ? refuse('underscore', 'It has an underscore, which resolvers do not accept in a hosts file.')
      : refuse('bad-name', 'It is not a valid host name.');
  }
  if (NUMBER.test(labels.at(-1) ?? '')) return refuse('bad-name', 'It reads like an IP address.');
  return { ok: true, hostname };
}

/** Judges a name that `canonicalHostname` gave. Denied beats consent, and consent is asked for by domain. */
export function judgeName(hostname: string, policy: NamePolicy): NameVerdict {
  const denied = denial(hostname, policy);
  if (denied !== undefined) return { verdict: 'denied', message: denied };
  const own = `${policy.cluster}.${policy.suffix}`;
  if (hostname === policy.cluster || isWithin(hostname, own)) return ALLOWED;
  if (policy.allowedDomains.some(domain => isWithin(hostname, domain))) return ALLOWED;
  return { verdict: 'needs-consent', domain: getDomain(hostname, SUFFIXES) ?? hostname };
}

/** True for the domain itself and every name under it. */
export function isWithin(hostname: string, domain: string): boolean {
  return hostname === domain || hostname.endsWith(`.${domain}`);
}

/**
 * True for `com`, `co.uk`, `duckdns.org`: domains under which strangers have names of their own. A suffix that nobody
 * registers under (`lan`, `home.arpa`) is not one of them.
 */
export function isSharedSuffix(domain: string): boolean {
  const { publicSuffix, isIcann, isPrivate } = parse(domain, SUFFIXES);
  return publicSuffix === domain && (isIcann === true || isPrivate === true) && domain !== 'home.arpa';
}

/** Why this name may be written by no consent at all; `undefined` where it may. */
function denial(hostname: string, policy: NamePolicy): string | undefined {
  const [first = '', ...rest] = hostname.split('.');
  if (policy.ownNames.includes(hostname)) return 'It is the name of this computer or of the API server.';
  if (DENIED.has(hostname) || DENIED_LABELS.has(first) || DENIED_SINGLE.test(hostname)) return SYSTEM_NAME;
  if (DENIED_DOMAINS.some(domain => isWithin(hostname, domain))) return SYSTEM_NAME;
  if (hostname === policy.cluster) return undefined;
  if (rest.length === 0) return 'It is a single word; of those only the name of the cluster may be written.';
  if (hostname === 'home.arpa' || isSharedSuffix(hostname))
    return 'It is a suffix, under which others have their names.';
  return undefined;
}

const SYSTEM_NAME = 'It is a name that this computer or its updates rely on.';

const ALLOWED: NameVerdict = { verdict: 'allowed' };

const SUFFIXES = { allowPrivateDomains: true };

function refuse(reason: NameProblem, message: string): HostnameVerdict {
  return { ok: false, reason, message };
}
