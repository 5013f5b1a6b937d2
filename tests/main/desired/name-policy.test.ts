import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  canonicalHostname,
  isSharedSuffix,
  isWithin,
  judgeName,
  type NamePolicy,
} from '../../../main/desired/name-policy.ts';
import { codePoint, hostname, RUNS } from '../../arbitraries.ts';
import { POLICY } from '../../fixtures/objects.ts';

const runs = { numRuns: RUNS };

/** What becomes of a text: why it is no name, or its canonical form with the verdict on it. */
function outcome(text: string, policy: NamePolicy = POLICY): string {
  const name = canonicalHostname(text);
  if (!name.ok) return name.reason;
  const verdict = judgeName(name.hostname, policy);
  return `${name.hostname} ${verdict.verdict === 'needs-consent' ? `waits for ${verdict.domain}` : verdict.verdict}`;
}

/** Names that no consent makes good, in any policy. */
const DENIED = [
  'localhost',
  'foo.localhost',
  'localhost4',
  'localhost6',
  'localhost.localdomain',
  'localhost4.localdomain4',
  'localhost6.localdomain6',
  'broadcasthost',
  'kubernetes',
  'ip6-localhost',
  'ip6-loopback',
  'ip6-allnodes',
  'wpad',
  'wpad.home.lan',
  'wpad.turing-cluster.local',
  'isatap',
  'isatap.home.lan',
  'host.docker.internal',
  'gateway.docker.internal',
  'kubernetes.docker.internal',
  'host.containers.internal',
  'metadata.google.internal',
  'github.com',
  'api.github.com',
  'objects.githubusercontent.com',
  'microsoft.com',
  'www.microsoft.com',
  'login.windows.net',
  'update.windows.com',
  'ctldl.windowsupdate.com',
  'www.msftncsi.com',
  'www.msftconnecttest.com',
  'desk',
  'desk.home.lan',
];

describe('a text that names nothing a hosts file can hold', () => {
  test.each([
    ['nothing', '', 'bad-name'],
    ['a dot', '.', 'bad-name'],
    ['two dots', '..', 'bad-name'],
    ['an empty label', 'a..b', 'bad-name'],
    ['an empty first label', '.a.lan', 'bad-name'],
    ['two final dots', 'a.lan..', 'bad-name'],
    ['a hyphen in front', '-a', 'bad-name'],
    ['a hyphen behind', 'a-', 'bad-name'],
    ['a hyphen behind an inner label', 'a-.lan', 'bad-name'],
    ['a label of 64', `${'a'.repeat(64)}.lan`, 'bad-name'],
    ['254 characters', `${'a.'.repeat(125)}home`, 'bad-name'],
    ['256 KiB', 'a'.repeat(256 * 1024), 'bad-name'],
    ['a wildcard', '*.home.lan', 'wildcard'],
    ['a wildcard within', 'a.*.lan', 'wildcard'],
    ['only a star', '*', 'wildcard'],
    ['an underscore', 'a_b.home.lan', 'underscore'],
    ['a prototype', '__proto__', 'underscore'],
    ['a blank', 'a b.lan', 'bad-name'],
    ['a tab', 'a\tb.lan', 'bad-name'],
    ['a line feed', 'a\n6.6.6.6 b.lan', 'bad-name'],
    ['a line feed behind', 'a.lan\n', 'bad-name'],
    ['a carriage return', 'a\rb.lan', 'bad-name'],
    ['a NUL', 'a\0b.lan', 'bad-name'],
    ['a comment', 'a.lan#b', 'bad-name'],
    ['a percent escape', 'a%2eb.lan', 'bad-name'],
    ['a backslash escape', 'a\\056b.lan', 'bad-name'],
    ['a port', 'a.lan:80', 'bad-name'],
    ['a path', 'a.lan/b', 'bad-name'],
    ['a user', 'b@a.lan', 'bad-name'],
    ['our marker', '# BEGIN cluster-hosts v1', 'bad-name'],
    ['a line separator', 'a\u2028b.lan', 'not-ascii'],
    ['a no-break space', 'a\u00a0b.lan', 'not-ascii'],
    ['a Cyrillic letter', 'g\u043eogle.lan', 'not-ascii'],
    ['an umlaut', 'b\u00fcro.lan', 'not-ascii'],
    ['an emoji', '\u{1f600}.lan', 'not-ascii'],
    ['half an emoji', '\ud83d.lan', 'not-ascii'],
    ['a right-to-left mark', 'a\u200f.lan', 'not-ascii'],
    ['a byte order mark', '\ufeffa.lan', 'not-ascii'],
    ['full-width letters', '\uff47\uff4f.lan', 'not-ascii'],
    ['an ideographic full stop', 'a\u3002lan', 'not-ascii'],
    ['an IPv4 address', '1.2.3.4', 'bad-name'],
    ['a short IPv4 address', '127.1', 'bad-name'],
    ['a number', '2130706433', 'bad-name'],
    ['hexadecimal', '0x7f.1', 'bad-name'],
    ['hexadecimal behind', 'a.0x7F', 'bad-name'],
    ['a name that ends in a number', 'a.lan.1.', 'bad-name'],
    ['an IPv6 address', '::1', 'bad-name'],
  ])('%s', (_title, text, reason) => {
    expect(outcome(text)).toBe(reason);
  });
});

describe('a name', () => {
  test.each([
    ['the cluster', 'turing-cluster', 'turing-cluster allowed'],
    ['the cluster with its suffix', 'turing-cluster.local', 'turing-cluster.local allowed'],
    ['one under it', 'a.b.turing-cluster.local', 'a.b.turing-cluster.local allowed'],
    ['one that only ends like it', 'xturing-cluster.local', 'xturing-cluster.local waits for xturing-cluster.local'],
    ['in capitals, with a final dot', 'GRAFANA.Turing-Cluster.LOCAL.', 'grafana.turing-cluster.local allowed'],
    ['the domain that is allowed', 'home.lan', 'home.lan allowed'],
    ['one under it', 'Nas.Home.Lan.', 'nas.home.lan allowed'],
    ['one that only ends like it', 'myhome.lan', 'myhome.lan waits for myhome.lan'],
    ['one under another', 'a.b.other.lan', 'a.b.other.lan waits for other.lan'],
    ['one of a bank', 'www.google.com', 'www.google.com waits for google.com'],
    ['one under two suffixes', 'www.bank.co.uk', 'www.bank.co.uk waits for bank.co.uk'],
    ['one of a dynamic name service', 'a.me.duckdns.org', 'a.me.duckdns.org waits for me.duckdns.org'],
    ['one of the home zone', 'a.nas.home.arpa', 'a.nas.home.arpa waits for nas.home.arpa'],
    ['one that says its punycode', 'xn--bro-hoa.other.lan', 'xn--bro-hoa.other.lan waits for other.lan'],
    ['constructor', 'constructor.home.lan', 'constructor.home.lan allowed'],
    ['63 in a label', `${'a'.repeat(63)}.home.lan`, `${'a'.repeat(63)}.home.lan allowed`],
    ['253 characters', `${'a.'.repeat(122)}home.lan.`, `${'a.'.repeat(122)}home.lan allowed`],
    ['with a number that is not last', '1.2.3.4.home.lan', '1.2.3.4.home.lan allowed'],
    [
      'like a loopback name, under the cluster',
      'ip6-test.turing-cluster.local',
      'ip6-test.turing-cluster.local allowed',
    ],
    ['of a single word', 'nas', 'nas denied'],
    ['of JavaScript', 'constructor', 'constructor denied'],
    ['that is a suffix', 'com', 'com denied'],
    ['that is a suffix of two labels', 'co.uk', 'co.uk denied'],
    ['that is a suffix of a registrar', 'duckdns.org', 'duckdns.org denied'],
    ['that is a suffix in punycode', 'xn--55qx5d.cn', 'xn--55qx5d.cn denied'],
    ['that is the home zone', 'home.arpa', 'home.arpa denied'],
    ['that is a suffix without an owner', 'lan', 'lan denied'],
  ])('%s', (_title, text, expected) => {
    expect(outcome(text)).toBe(expected);
  });

  test('is allowed under a domain of one label', () => {
    const policy = { ...POLICY, allowedDomains: ['lan'] };
    expect(outcome('nas.other.lan', policy)).toBe('nas.other.lan allowed');
    expect(outcome('lan', policy)).toBe('lan denied');
  });

  test.each([
    ['home.arpa', 'home.arpa denied'],
    ['turing-cluster.home.arpa', 'turing-cluster.home.arpa allowed'],
    ['a.turing-cluster.home.arpa', 'a.turing-cluster.home.arpa allowed'],
    ['nas.home.arpa', 'nas.home.arpa waits for nas.home.arpa'],
    ['turing-cluster.local', 'turing-cluster.local waits for turing-cluster.local'],
  ])('%s, where the suffix is home.arpa', (text, expected) => {
    expect(outcome(text, { ...POLICY, suffix: 'home.arpa' })).toBe(expected);
  });

  test.each(['com', 'co.uk', 'duckdns.org', 'github.io', 'xn--p1ai', 'arpa'])('%s is a shared suffix', domain => {
    expect(isSharedSuffix(domain)).toBe(true);
  });
  test.each(['lan', 'local', 'internal', 'home.arpa', 'home.lan', 'example.com', 'me.duckdns.org'])(
    '%s is none',
    domain => {
      expect(isSharedSuffix(domain)).toBe(false);
    },
  );
});

describe('the deny list', () => {
  /** A name in letters of any case, with or without a final dot. */
  const spelling = fc
    .tuple(fc.constantFrom(...DENIED), fc.infiniteStream(fc.boolean()), fc.boolean())
    .map(
      ([name, capitals, dot]) =>
        [...name].map(letter => (capitals.next().value ? letter.toUpperCase() : letter)).join('') + (dot ? '.' : ''),
    );

  property.prop([spelling], runs)('holds in every spelling', text => {
    expect(outcome(text)).toMatch(/ denied$/);
  });

  test.each(DENIED)('holds for %s, whatever is allowed', name => {
    const parents = name.split('.').map((_, at, labels) => labels.slice(at).join('.'));
    expect(outcome(name, { ...POLICY, allowedDomains: parents })).toBe(`${name} denied`);
    const [cluster = '', ...suffix] = name.split('.');
    expect(outcome(name, { ...POLICY, cluster, suffix: suffix.join('.') })).toBe(`${name} denied`);
    expect(outcome(name, { ...POLICY, cluster: name, suffix: 'local' })).toBe(`${name} denied`);
  });

  property.prop(
    [spelling, fc.nat(), fc.constantFrom('\u212a', '\u0130', '\u017f', '\uff2b', '\u0131', '\u00ad')],
    runs,
  )('is not got round with letters that look or fold like ASCII', (text, at, letter) => {
    const disguised = text.slice(0, at % text.length) + letter + text.slice((at % text.length) + 1);
    expect(outcome(disguised)).toBe('not-ascii');
  });
});

describe('any text', () => {
  const nearly = fc.tuple(hostname, fc.string({ unit: codePoint, maxLength: 2 }), fc.nat(40));
  const text = fc.oneof(
    fc.string({ unit: codePoint, maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(...'aZ09-._* \n\t\0#%:/@\\K\u212a'), maxLength: 80 }),
    nearly.map(([name, noise, at]) => name.slice(0, at) + noise + name.slice(at)),
  );

  property.prop([text], runs)('is refused, or comes out as a name of letters, digits and hyphens', text => {
    const name = canonicalHostname(text);
    if (!name.ok) {
      expect(name.message).toMatch(/^(It|A hosts file) .*\.$/);
      return;
    }
    expect(name.hostname).toMatch(
      /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    );
    expect(text.toLowerCase().replace(/\.$/, '')).toBe(name.hostname);
    expect(canonicalHostname(name.hostname)).toEqual(name);
    // A browser takes it for the same host, and not for an address.
    if (!name.hostname.includes('xn--')) expect(new URL(`http://${name.hostname}`).hostname).toBe(name.hostname);
  });

  const domains = fc.array(hostname, { maxLength: 3 });
  property.prop([hostname, domains, domains], runs)('is judged by what was allowed only', (name, allowed, own) => {
    const policy = { ...POLICY, allowedDomains: allowed, ownNames: own };
    const verdict = judgeName(name, policy);
    const covered = ['turing-cluster.local', ...allowed].some(domain => `.${name}`.endsWith(`.${domain}`));
    if (own.includes(name)) expect(verdict.verdict).toBe('denied');
    if (verdict.verdict === 'allowed') expect(covered || name === 'turing-cluster').toBe(true);
    if (verdict.verdict !== 'needs-consent') return;
    expect(covered).toBe(false);
    // What is asked for is enough, no more than the domain that one owner has, and not a suffix of many.
    expect(isWithin(name, verdict.domain)).toBe(true);
    expect(isSharedSuffix(verdict.domain)).toBe(false);
    expect(judgeName(name, { ...policy, allowedDomains: [verdict.domain] })).toEqual({ verdict: 'allowed' });
  });
});
