import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { patienceMs, reasonOf, type World } from '../../../main/hosts/hidden.ts';
import type { Answer } from '../../../main/hosts/resolve.ts';
import { codePoint, RUNS } from '../../arbitraries.ts';

const HOSTNAME = 'web.turing-cluster.local';
const OURS = `10.0.0.70\t${HOSTNAME}\n`;
const MOUNT = '612 590 0:45 /hosts /etc/hosts rw,relatime - ext4 /dev/vda1 rw\n';

function answer(found: readonly string[], rest: Partial<Answer> = {}): Answer {
  return { hostname: HOSTNAME, written: ['10.0.0.70'], found, pace: 'prompt', ...rest };
}

function world(platform: NodeJS.Platform, rest: Partial<World> = {}): World {
  return {
    platform,
    path: '/etc/hosts',
    hosts: OURS,
    nsswitch: 'hosts: files dns\n',
    hostConf: '',
    mounts: '',
    ...rest,
  };
}

/** Both sentences as one text. */
function tell(said: Answer, where: World): string {
  const { message, hint } = reasonOf(said, where);
  return `${message} ${hint}`.trim();
}

const NOT_FOUND = answer([]);
const OTHER = answer(['10.0.0.9']);
const BESIDES = answer(['10.0.0.70', '10.0.0.9']);
const SIX_BESIDES = answer(['10.0.0.70', '2001:db8::1']);
const SLOW = answer(['10.0.0.70'], { pace: 'slow' });
const SILENT = answer([], { pace: 'silent' });
const HALF = answer(['10.0.0.70'], { written: ['10.0.0.70', 'fd00::70'] });
const ELSEWHERE = { hostname: 'web.home.lan', hosts: '10.0.0.70\tweb.home.lan\n' };

const nsswitch = (order: string) => ({ nsswitch: `hosts: ${order}\n` });

const TAKE_OUT = 'Take the name out of that line; otherwise the next sync takes ours out.';
const FLUSH_MAC = 'If it stays so, run "sudo dscacheutil -flushcache; sudo killall -HUP mDNSResponder".';
const FLUSH_WINDOWS = 'If it stays so, run "ipconfig /flushdns".';
const FLUSH_NSCD = 'If it stays so and nscd runs here, run "sudo nscd -i hosts".';
const SUFFIX = 'Names under another suffix answer at once: --suffix home.arpa.';
const RESOLVED =
  'Take "ReadEtcHosts=no" out of /etc/systemd/resolved.conf, or put "files" first in /etc/nsswitch.conf.';

describe('another line of the file', () => {
  const line = '10.0.0.9 tv.home.lan WEB.turing-cluster.local. # mine';
  const quote = '"10.0.0.9 tv.home.lan WEB.turing-cluster.local."';

  test.each(['linux', 'darwin', 'win32'] as const)('above ours, on %s', platform => {
    const hosts = `127.0.0.1 localhost\n${line}\n${OURS}`;
    expect(tell(OTHER, world(platform, { hosts }))).toBe(
      `${HOSTNAME} answers with 10.0.0.9, not with 10.0.0.70: line 2 of the file, above ours, is ${quote}. ${TAKE_OUT}`,
    );
  });

  test('below ours, whose address is an answer, too', () => {
    expect(tell(BESIDES, world('darwin', { hosts: `${OURS}${line}\r\n` }))).toBe(
      `${HOSTNAME} also answers with 10.0.0.9: line 2 of the file, below ours, is ${quote}. ${TAKE_OUT}`,
    );
  });

  test('in another spelling of the address', () => {
    const hosts = `FD00:0::9 ${HOSTNAME}\n${OURS}`;
    expect(tell(answer(['10.0.0.70', 'fd00::9']), world('linux', { hosts }))).toContain(`is "fd00::9 ${HOSTNAME}"`);
  });

  test('with bytes that are no text, and too long to be quoted', () => {
    const strange = `10.0.0.9 caf\xe9\x1b[31m ${HOSTNAME}`;
    expect(tell(OTHER, world('linux', { hosts: `${strange}\n${OURS}` }))).toContain(`"10.0.0.9 caf??[31m ${HOSTNAME}"`);
    const long = `10.0.0.9 ${'x '.repeat(600)} ${HOSTNAME}`;
    expect(tell(OTHER, world('linux', { hosts: `${long}\n${OURS}` }))).toContain(`"10.0.0.9 ... ${HOSTNAME} ..."`);
  });

  test('is likelier than a service that is asked first', () => {
    const hosts = `10.0.0.9 ${HOSTNAME}\n${OURS}`;
    expect(tell(OTHER, world('linux', { hosts, ...nsswitch('dns files') }))).toContain('line 1 of the file');
  });

  test.each([
    ['with an address that was not the answer', `10.0.0.8 ${HOSTNAME}`],
    ['of another name', `10.0.0.9 more.${HOSTNAME}`],
    ['in a comment', `10.0.0.9 x # ${HOSTNAME}`],
    ['without a valid address', `10.0.0.09 ${HOSTNAME}`],
  ])('%s is none', (_, text) => {
    expect(tell(OTHER, world('linux', { hosts: `${text}\n${OURS}` }))).not.toContain('line 1');
  });
});

/** What was said, and where → all that is told of it. */
const CASES: readonly [what: string, said: Answer, where: World, told: string][] = [
  [
    'DNS before the file',
    OTHER,
    world('linux', nsswitch('dns files')),
    'answers with 10.0.0.9, not with 10.0.0.70: dns is asked before the hosts file. ' +
      'Put "files" first in /etc/nsswitch.conf, which has "hosts: dns files".',
  ],
  [
    'a hanging DNS before the file',
    SILENT,
    world('linux', nsswitch('dns files')),
    'does not answer in time: dns is asked before the hosts file. ' +
      'Put "files" first in /etc/nsswitch.conf, which has "hosts: dns files".',
  ],
  [
    'mDNS before the file',
    answer([], { hostname: 'turing-cluster.local' }),
    world('linux', nsswitch('mdns4_minimal [NOTFOUND=return] files')),
    'does not answer: mdns4_minimal is asked before the hosts file, and its no is final. ' +
      'Put "files" first in /etc/nsswitch.conf, which has "hosts: mdns4_minimal [NOTFOUND=return] files".',
  ],
  [
    'mDNS with IPv4 only before the file',
    HALF,
    world('linux', nsswitch('mdns4 files')),
    'answers with 10.0.0.70, but not with fd00::70: mdns4 is asked before the hosts file. ' +
      'Put "files" first in /etc/nsswitch.conf, which has "hosts: mdns4 files".',
  ],
  [
    'DNS without the file',
    NOT_FOUND,
    world('linux', nsswitch('dns')),
    'does not answer: dns is asked, and the hosts file is not. ' +
      'Put "files" first in /etc/nsswitch.conf, which has "hosts: dns".',
  ],
  [
    'nobody',
    NOT_FOUND,
    world('linux', nsswitch('')),
    'does not answer: the hosts file is not asked. Put "files" first in /etc/nsswitch.conf, which has "hosts: ".',
  ],
  [
    'systemd-resolved before the file',
    NOT_FOUND,
    world('linux', nsswitch('mymachines resolve [!UNAVAIL=return] files dns')),
    `does not answer: systemd-resolved is asked, and does not go by the hosts file. ${RESOLVED}`,
  ],
  [
    'systemd-resolved outside the container',
    NOT_FOUND,
    world('linux', { ...nsswitch('resolve [!UNAVAIL=return] files'), mounts: `1 2 0:1 / / rw\n${MOUNT}` }),
    'does not answer: /etc/hosts is a mount here, as in a container, and what answers may read another file. ' +
      'Run Cluster Hosts outside the container.',
  ],
  [
    'DNS before the file in a container',
    NOT_FOUND,
    world('linux', { ...nsswitch('dns'), mounts: MOUNT }),
    'does not answer: dns is asked, and the hosts file is not. ' +
      'Put "files" first in /etc/nsswitch.conf, which has "hosts: dns".',
  ],
  [
    'a mount, but our address is there',
    BESIDES,
    world('linux', { mounts: MOUNT }),
    `also answers with 10.0.0.9 so far. ${FLUSH_NSCD}`,
  ],
  [
    'another mount',
    NOT_FOUND,
    world('linux', { mounts: MOUNT.replace('/etc/hosts', '/etc/hostname') }),
    `is in the file, but does not answer yet. ${FLUSH_NSCD}`,
  ],
  [
    'two lines of one name, of which only the first counts',
    HALF,
    world('linux', { hostConf: 'order hosts\n# multi on\n' }),
    'answers with 10.0.0.70, but not with fd00::70: of several lines for a name only the first counts here. ' +
      'Put the line "multi on" in /etc/host.conf.',
  ],
  [
    'two lines of one name, which both count',
    HALF,
    world('linux', { hostConf: 'order hosts\nmulti on\n' }),
    `answers with 10.0.0.70, but not with fd00::70 so far. ${FLUSH_NSCD}`,
  ],
  ['Linux', OTHER, world('linux'), `answers with 10.0.0.9, not with 10.0.0.70 so far. ${FLUSH_NSCD}`],
  ['another system', NOT_FOUND, world('freebsd'), 'is in the file, but does not answer yet.'],
  [
    'macOS',
    NOT_FOUND,
    world('darwin', nsswitch('dns')),
    `is in the file, but does not answer yet: macOS takes a moment to read a changed hosts file. ${FLUSH_MAC}`,
  ],
  [
    'macOS, the address before',
    OTHER,
    world('darwin', { mounts: MOUNT }),
    `answers with 10.0.0.9, not with 10.0.0.70 so far: macOS takes a moment to read a changed hosts file. ${FLUSH_MAC}`,
  ],
  [
    'macOS, .local',
    SLOW,
    world('darwin'),
    `answers only slowly: macOS asks the network (mDNS) for the IPv6 addresses of names under .local. ${SUFFIX}`,
  ],
  [
    'macOS, .local with IPv6 only',
    answer(['fd00::70'], { pace: 'slow', written: ['fd00::70'] }),
    world('darwin'),
    `answers only slowly: macOS asks the network (mDNS) for the IPv4 addresses of names under .local. ${SUFFIX}`,
  ],
  [
    'macOS, .local, nothing at all',
    SILENT,
    world('darwin'),
    `does not answer in time: macOS asks the network (mDNS) for names under .local. ${SUFFIX}`,
  ],
  [
    'macOS, elsewhere',
    { ...SLOW, hostname: ELSEWHERE.hostname },
    world('darwin', { hosts: ELSEWHERE.hosts }),
    'answers only slowly: the file has no IPv6 address of it, so that is asked for elsewhere.',
  ],
  [
    'Windows',
    NOT_FOUND,
    world('win32'),
    `is in the file, but does not answer yet: the DNS client of Windows may hold an earlier answer. ${FLUSH_WINDOWS}`,
  ],
  [
    'the other family from elsewhere',
    SIX_BESIDES,
    world('win32'),
    'also answers with 2001:db8::1: the file has no IPv6 address of it, so that is asked for elsewhere.',
  ],
  [
    'more than the other family from elsewhere',
    answer(['10.0.0.70', '2001:db8::1', '10.0.0.9']),
    world('win32'),
    `also answers with 2001:db8::1, 10.0.0.9 so far: the DNS client of Windows may hold an earlier answer. ${FLUSH_WINDOWS}`,
  ],
  [
    'a family that does not come',
    HALF,
    world('win32'),
    'answers with 10.0.0.70, but not with fd00::70 so far: the DNS client of Windows may hold an earlier answer. ' +
      FLUSH_WINDOWS,
  ],
  [
    'many addresses',
    answer(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4']),
    world('linux'),
    `answers with 10.0.0.1, 10.0.0.2, 10.0.0.3, ..., not with 10.0.0.70 so far. ${FLUSH_NSCD}`,
  ],
];

test.each(CASES)('%s', (_, said, where, told) => {
  expect(tell(said, where)).toBe(`${said.hostname} ${told}`);
});

test('a long order is cut', () => {
  const { hint } = reasonOf(NOT_FOUND, world('linux', nsswitch(`dns  ${'wins '.repeat(30)}`)));
  expect(hint).toMatch(/"hosts: dns wins [^"]{40,55}\.\.\."\.$/);
});

const anyText = fc.array(codePoint, { maxLength: 80 }).map(points => points.join(''));

property.prop([anyText, anyText], { numRuns: RUNS })(
  'whatever the files hold, what is told is short and plain',
  (a, b) => {
    const hosts = `10.0.0.9 ${a.replaceAll(/[\n#]/g, '')} ${HOSTNAME} ${a}\n${OURS}`;
    expect(reasonOf(OTHER, world('linux', { hosts })).message).toMatch(/^[\x20-\x7e]{1,300}$/);
    const order = `x${b.replaceAll(/[\n#]/g, '')}`;
    const { message, hint } = reasonOf(NOT_FOUND, world('linux', nsswitch(order)));
    expect(message).toMatch(/^[\x20-\x7e]{1,300}$/);
    expect(hint).toMatch(/^[\x20-\x7e]{1,300}$/);
  },
);

test('only systemd-resolved, macOS and Windows are waited for', () => {
  const resolved = patienceMs(world('linux', nsswitch('resolve files')));
  expect(resolved).toBeGreaterThan(2_000);
  expect(patienceMs(world('linux'))).toBeLessThan(500);
  for (const platform of ['darwin', 'win32'] as const) expect(patienceMs(world(platform))).toBeGreaterThan(1_500);
});
