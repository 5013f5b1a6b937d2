import { familyOf } from '../desired/address-policy.ts';
import { asksResolved, type Rival, rivalOf } from './nsswitch.ts';
import { findLine, quote } from './quote.ts';
import type { Answer } from './resolve.ts';

/** What decides who answers for a name. */
export interface World {
  readonly platform: NodeJS.Platform;
  /** Of the hosts file; `hosts` is its text as it is now. */
  readonly path: string;
  readonly hosts: string;
  /** Linux: /etc/nsswitch.conf, /etc/host.conf and /proc/self/mountinfo, `''` where there is none. */
  readonly nsswitch: string;
  readonly hostConf: string;
  readonly mounts: string;
}

/** Why a name does not answer as written, in one sentence, and the way out in another; `''` where there is none. */
export interface Reason {
  readonly message: string;
  readonly hint: string;
}

/** How long a system may take to follow a file that changed. */
export function patienceMs({ platform, nsswitch }: Pick<World, 'platform' | 'nsswitch'>): number {
  // macOS waits a second before it opens a file that was replaced; systemd-resolved looks every two.
  if (platform !== 'linux') return 1_800;
  return asksResolved(nsswitch) ? 2_100 : 300;
}

/** The most certain reason that there is for an answer that is not as written. Pure. */
export function reasonOf(answer: Answer, world: World): Reason {
  for (const rule of RULES) {
    const reason = rule(answer, world);
    if (reason !== undefined) return { ...reason, message: `${describe(answer)}: ${reason.message}.` };
  }
  const { message = '', hint = '' } = SYSTEMS[world.platform] ?? {};
  const silent = `${answer.hostname} is in the file, but does not answer yet`;
  const soFar = answer.found.length === 0 ? silent : `${describe(answer)} so far`;
  return { message: message === '' ? `${soFar}.` : `${soFar}: ${message}.`, hint };
}

type Rule = (answer: Answer, world: World) => Reason | undefined;

const RULES: readonly Rule[] = [otherLine, otherService, firstLineOnly, otherFile, resolved, multicast, otherFamily];

const SYSTEMS: Partial<Record<NodeJS.Platform, Reason>> = {
  darwin: {
    message: 'macOS takes a moment to read a changed hosts file',
    hint: 'If it stays so, run "sudo dscacheutil -flushcache; sudo killall -HUP mDNSResponder".',
  },
  win32: {
    message: 'the DNS client of Windows may hold an earlier answer',
    hint: 'If it stays so, run "ipconfig /flushdns".',
  },
  linux: { message: '', hint: 'If it stays so and nscd runs here, run "sudo nscd -i hosts".' },
};

/** What was found that the file does not give, and what it gives that was not found. */
function compare({ found, written }: Answer) {
  const others = found.filter(address => !written.includes(address));
  return { others, missing: written.filter(address => !found.includes(address)) };
}

function describe(answer: Answer): string {
  const { hostname, found, pace } = answer;
  const { others, missing } = compare(answer);
  const [extra, lost] = [list(others), list(missing)];
  if (found.length === 0) return `${hostname} does not answer${pace === 'silent' ? ' in time' : ''}`;
  if (others.length > 0 && missing.length > 0) return `${hostname} answers with ${extra}, not with ${lost}`;
  if (others.length > 0) return `${hostname} also answers with ${extra}`;
  if (pace === 'slow') return `${hostname} answers only slowly`;
  return `${hostname} answers with ${list(found)}, but not with ${lost}`;
}

/** Names that balance loads have many addresses. */
const MOST_ADDRESSES = 3;

function list(addresses: readonly string[]): string {
  const more = addresses.length > MOST_ADDRESSES ? ', ...' : '';
  return addresses.slice(0, MOST_ADDRESSES).join(', ') + more;
}

function otherLine(answer: Answer, { hosts }: World): Reason | undefined {
  const line = findLine(hosts, answer.hostname, compare(answer).others);
  if (line === undefined) return undefined;
  const ours = findLine(hosts, answer.hostname, answer.written);
  const where = ours !== undefined && ours.at < line.at ? 'below' : 'above';
  return {
    message: `line ${line.at} of the file, ${where} ours, is "${line.quote}"`,
    hint: 'Take the name out of that line; otherwise the next sync takes ours out.',
  };
}

function otherService(answer: Answer, world: World): Reason | undefined {
  const rival = rivalFor(answer, world);
  if (rival === undefined || rival.service === 'resolve') return undefined;
  return {
    message: describeRival(rival),
    hint: `Put "files" first in /etc/nsswitch.conf, which has "hosts: ${quote(rival.order)}".`,
  };
}

function rivalFor({ hostname, found, pace }: Answer, { platform, nsswitch }: World): Rival | undefined {
  if (platform !== 'linux') return undefined;
  return rivalOf(nsswitch, hostname, pace === 'silent' ? 'nothing' : found.length > 0 ? 'found' : 'not-found');
}

function describeRival({ service, way }: Rival): string {
  const name = quote(service);
  switch (way) {
    case 'before':
      return `${name} is asked before the hosts file`;
    case 'final':
      return `${name} is asked before the hosts file, and its no is final`;
    case 'instead':
      return name === '' ? 'the hosts file is not asked' : `${name} is asked, and the hosts file is not`;
  }
}

/** The C library's own choice where nobody has made one: a name has the family of its first line. */
function firstLineOnly(answer: Answer, { platform, hostConf }: World): Reason | undefined {
  const { others, missing } = compare(answer);
  const isHalf = answer.found.length > 0 && missing.length > 0 && others.length === 0 && answer.pace === 'prompt';
  if (platform !== 'linux' || !isHalf || /^\s*multi\s+on\b/m.test(hostConf)) return undefined;
  return {
    message: 'of several lines for a name only the first counts here',
    hint: 'Put the line "multi on" in /etc/host.conf.',
  };
}

/** Containers have a hosts file of their own, and mostly it is a mount. */
function otherFile({ found, written }: Answer, { platform, path, mounts }: World): Reason | undefined {
  if (platform !== 'linux' || written.some(address => found.includes(address))) return undefined;
  const isMount = mounts.split('\n').some(line => line.split(' ')[4] === path);
  if (!isMount) return undefined;
  return {
    message: `${path} is a mount here, as in a container, and what answers may read another file`,
    hint: 'Run Cluster Hosts outside the container.',
  };
}

function resolved(answer: Answer, world: World): Reason | undefined {
  if (rivalFor(answer, world)?.service !== 'resolve') return undefined;
  return {
    message: 'systemd-resolved is asked, and does not go by the hosts file',
    hint: 'Take "ReadEtcHosts=no" out of /etc/systemd/resolved.conf, or put "files" first in /etc/nsswitch.conf.',
  };
}

/** macOS asks the network for the addresses of such a name that the file does not have, and waits for an answer. */
function multicast({ hostname, pace, written }: Answer, { platform }: World): Reason | undefined {
  if (platform !== 'darwin' || !hostname.endsWith('.local') || pace === 'prompt') return undefined;
  const what = pace === 'slow' ? unwritten(written) : undefined;
  return {
    message: `macOS asks the network (mDNS) for ${what === undefined ? 'names' : `the ${what} addresses of names`} under .local`,
    hint: 'Names under another suffix answer at once: --suffix home.arpa.',
  };
}

function otherFamily(answer: Answer): Reason | undefined {
  const { others, missing } = compare(answer);
  const family = unwritten(answer.written);
  if (family === undefined || missing.length > 0) return undefined;
  if (others.some(address => nameOf(address) !== family)) return undefined;
  return { message: `the file has no ${family} address of it, so that is asked for elsewhere`, hint: '' };
}

/** The family that these addresses are not of. */
function unwritten(written: readonly string[]): 'IPv4' | 'IPv6' | undefined {
  return (['IPv4', 'IPv6'] as const).find(family => written.every(address => nameOf(address) !== family));
}

function nameOf(address: string): 'IPv4' | 'IPv6' {
  return familyOf(address) === 4 ? 'IPv4' : 'IPv6';
}
