import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HostEntry } from '../../../../main/desired/host-entry.ts';
import type { ApplyOrder } from '../../../../main/hosts/elevated/order.ts';
import { applyOrder, CLUSTER, forged, OLD, Scene, textWith, typedEntry } from '../../../fixtures/elevated.ts';

/*
 * Plans as somebody would write them who wants root to write a line that it should not: each asks for one entry, with
 * every consent that a plan can hold, and says rightly what file it would give.
 */

let scene: Scene;
beforeEach(() => {
  scene = new Scene(undefined, OLD);
});
afterEach(() => scene.remove());

const askFor = (entry: HostEntry, other: Partial<ApplyOrder> = {}) =>
  scene.ask(scene.applyByHand(applyOrder({ ...other, entries: [entry] })));

/** Consent to the name however a plan can say it: typed, and its domain allowed, where that may be. */
const consentTo = (hostname: string): Partial<ApplyOrder> => ({
  allowedDomains: ['home.lan', ...(hostname.split('.').length > 1 && CONSENTABLE.test(hostname) ? [hostname] : [])],
  typed: [hostname],
});
const CONSENTABLE = /^[a-z0-9.-]+\.(localdomain|internal|localhost|com|net|lan|example)$/;

const WRITTEN = { outcome: 'done' };
const refused = (message: unknown) => ({ outcome: 'refused', message, touched: [] });
const notAPlan = refused('The plan is not one of this program.');
const denied = (hostname: string) =>
  refused(expect.stringMatching(`^${hostname.replaceAll('.', '\\.')} may not be written: It is`));

const DENIED = [
  ...['localhost', 'foo.localhost', 'localhost4', 'localhost6', 'broadcasthost', 'kubernetes'],
  ...['localhost.localdomain', 'localhost4.localdomain4', 'localhost6.localdomain6'],
  ...['ip6-localhost', 'ip6-loopback', 'ip6-localnet', 'ip6-mcastprefix', 'ip6-allnodes', 'ip6-allrouters'],
  ...['host.docker.internal', 'gateway.docker.internal', 'kubernetes.docker.internal', 'host.containers.internal'],
  ...['metadata.google.internal', 'wpad', 'wpad.home.lan', 'isatap', 'isatap.home.lan', 'wpad.turing-cluster.local'],
  ...['github.com', 'api.github.com', 'objects.githubusercontent.com', 'raw.githubusercontent.com'],
  ...['microsoft.com', 'update.microsoft.com', 'windows.com', 'windowsupdate.com', 'download.windowsupdate.com'],
  ...['www.msftncsi.com', 'www.msftconnecttest.com', 'core.windows.net'],
  // This computer's names, and the API server's.
  ...['desk.home.lan', 'api.home.lan'],
];

describe('names that no consent covers', () => {
  test.each(DENIED)('%s', async hostname => {
    expect(await askFor(typedEntry(hostname), consentTo(hostname))).toMatchObject(denied(hostname));
    expect(await askFor(forged(hostname), consentTo(hostname))).toMatchObject(denied(hostname));
  });

  test.each(DENIED)('%s in other spellings', async hostname => {
    const capital = hostname.replace(/[a-z]/, letter => letter.toUpperCase());
    const spellings = [
      hostname.toUpperCase(),
      capital,
      `${hostname}.`,
      `.${hostname}`,
      ` ${hostname}`,
      `${hostname}\t`,
    ];
    for (const spelling of [
      ...spellings,
      `${hostname}..`,
      hostname.replace('o', '\u043e'),
      hostname.replace(/.$/, '$&\u00ad'),
    ]) {
      if (spelling === hostname) continue;
      const answer = await askFor(typedEntry(spelling), { ...consentTo(hostname), typed: [spelling, hostname] });
      expect(answer, spelling).toMatchObject(notAPlan);
    }
  });

  test.each(['router', 'intranet', 'bank', 'constructor', 'prototype', 'tostring', 'desk', 'a'])(
    'the single word %s',
    async hostname => {
      expect(await askFor(typedEntry(hostname), consentTo(hostname))).toMatchObject(denied(hostname));
    },
  );

  test.each(['com', 'co.uk', 'github.io', 'duckdns.org', 'home.arpa', 'internal.ck', 's3.amazonaws.com'])(
    'the suffix %s itself',
    async hostname => {
      expect(await askFor(typedEntry(hostname), { typed: [hostname] })).toMatchObject(denied(hostname));
    },
  );

  test('a cluster may be called as a single word, but not as one of those, nor as this computer', async () => {
    expect(await askFor(forged(CLUSTER))).toMatchObject(WRITTEN);
    for (const cluster of ['localhost', 'kubernetes', 'wpad', 'ip6-localhost', 'broadcasthost', 'desk']) {
      expect(await askFor(forged(cluster), { cluster })).toMatchObject(denied(cluster));
    }
  });

  test('this computer’s name is known whatever the plan leaves out', async () => {
    const world = { ...scene.world, computer: 'LAPTOP.Office.Home.Lan.' };
    for (const name of ['laptop.office.home.lan', 'laptop']) {
      const order = applyOrder({ cluster: 'laptop', ownNames: [], typed: [name], entries: [typedEntry(name)] });
      expect(await scene.ask(scene.applyByHand(order), world)).toMatchObject(denied(name));
    }
    const order = applyOrder({ ownNames: [], entries: [forged('laptop.home.lan')] });
    expect(await scene.ask(scene.applyByHand(order), world)).toMatchObject(WRITTEN);
  });

  test('a computer whose name is none does not open the door', async () => {
    const world = { ...scene.world, computer: 'my_laptop' };
    const order = applyOrder({ entries: [typedEntry('localhost')], typed: ['localhost'] });
    expect(await scene.ask(scene.applyByHand(order), world)).toMatchObject(denied('localhost'));
  });
});

const LABEL_64 = 'a'.repeat(64);
const LONG = (length: number) => `${'abc.'.repeat(70).slice(0, length - 'x.home.lan'.length)}x.home.lan`;

describe('texts that are no name in its one spelling', () => {
  test.each([
    ...['', '.', '..', 'a..home.lan', '-a.home.lan', 'a-.home.lan', `${LABEL_64}.home.lan`, LONG(254), 'A.home.lan'],
    ...[
      'a.home.lan.',
      '*.home.lan',
      '*',
      'a_b.home.lan',
      'a b.home.lan',
      'a\tb.home.lan',
      'a\nb.home.lan',
      'a\rb.home.lan',
    ],
    ...['a\u000bb.home.lan', 'a\u000cb.home.lan', 'a\u0085b.home.lan', 'a\u2028b.home.lan', 'a\u2029b.home.lan'],
    ...['a\0b.home.lan', 'a#b.home.lan', 'a.home.lan # x', 'a%b.home.lan', 'a.home.lan\n10.0.0.66\tevil.home.lan'],
    ...['a.home.lan\n# END cluster-hosts', '# END cluster-hosts', '# cluster evil', 'a,b.home.lan', 'a/b.home.lan'],
    ...[
      '1.2.3.4',
      '0x7f.1',
      '0x7f',
      '10.0.0.1.',
      'a.home.lan.1',
      'home.lan.0x',
      '__proto__',
      '__proto__.home.lan',
      '[a].home.lan',
    ],
    ...[
      'b\u00fccher.home.lan',
      '\u0430pple.home.lan',
      '\u{1f600}.home.lan',
      '\u202ea.home.lan',
      '\ufeffa.home.lan',
      'a\u200b.home.lan',
    ],
    ...[
      '\uff41.home.lan',
      'a\u3002home.lan',
      '\ud800.home.lan',
      'a\\.home.lan',
      "a'.home.lan",
      '$(id).home.lan',
      'a:80.home.lan',
    ],
  ])('%j', async hostname => {
    expect(await askFor(typedEntry(hostname), { typed: [hostname] })).toMatchObject(notAPlan);
    expect(await askFor(forged(hostname))).toMatchObject(notAPlan);
  });

  test('the longest name, the longest label, and xn-- are names', async () => {
    for (const hostname of [
      LONG(253),
      `${'a'.repeat(63)}.home.lan`,
      'xn--bcher-kva.home.lan',
      'a-b.home.lan',
      '1.home.lan',
    ]) {
      expect(await askFor(forged(hostname)), hostname).toMatchObject(WRITTEN);
    }
  });

  test('xn-- does not get around a denial', async () => {
    expect(await askFor(typedEntry('xn--localhost-.home.lan'), { typed: ['xn--localhost-.home.lan'] })).toMatchObject(
      notAPlan,
    );
    expect(await askFor(forged('xn--80ak6aa92e.com'))).toMatchObject(
      refused(expect.stringContaining('nobody consented')),
    );
  });
});

describe('addresses that may never be written, whatever the plan allows', () => {
  const all = { typed: ['a.home.lan'], allowPublic: true };

  test.each([
    ...[
      '',
      'None',
      '1',
      '1.2.3',
      '01.2.3.4',
      '10.0.0.010',
      '256.1.1.1',
      '10.0.0.1 ',
      ' 10.0.0.1',
      '10.0.0.1\t',
      '10.0.0.1\n',
    ],
    ...[
      '10.0.0.1\n10.0.0.66 x',
      '10.0.0.1#',
      '0x0a.0.0.1',
      '167772161',
      '10.0.0.1:80',
      '10.0.0.1/8',
      '10.0.0.1.',
      '\u0661\u0660.0.0.1',
    ],
    ...[
      '0.0.0.0',
      '0.0.0.1',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
      '192.0.0.1',
      '224.0.0.1',
      '239.255.255.250',
    ],
    ...[
      '240.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '0:0:0:0:0:0:0:1',
      'fe80::1',
      'fe80::1%eth0',
      'fd00::1%1',
      'fec0::1',
    ],
    ...[
      'ff02::1',
      '::ffff:10.0.0.1',
      '::ffff:a00:1',
      '::10.0.0.1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
      '2001::1',
      '100::1',
    ],
    ...[
      '[::1]',
      '[fd00::1]',
      'fd00::1/64',
      'FD00::1',
      'fd00:0::1',
      'fd00::0001',
      'fd00:0:0:0:0:0:0:1',
      'fd00::10.0.0.1',
      'elb.example.com',
    ],
  ])('%j', async address => {
    expect(await askFor(forged('a.home.lan', address), all)).toMatchObject(notAPlan);
    expect(await askFor(typedEntry('a.home.lan', address), all)).toMatchObject(notAPlan);
  });

  test.each(['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', 'fd00::1', 'fc00::1'])('%s may', async address => {
    expect(await askFor(forged('a.home.lan', address))).toMatchObject(WRITTEN);
  });
});

describe('public addresses', () => {
  const PUBLIC = ['8.8.8.8', '172.32.0.1', '100.128.0.1', '192.169.0.1', '2606:4700::1111'];

  test.each(PUBLIC)('%s only with a yes to them, or typed', async address => {
    expect(await askFor(forged('a.home.lan', address))).toMatchObject(
      refused(`a.home.lan may not be written: ${address} is a public address.`),
    );
    expect(await askFor(typedEntry('a.home.lan', address))).toMatchObject({ outcome: 'refused', touched: [] });
    expect(await askFor(forged('a.home.lan', address), { typed: ['a.home.lan'] })).toMatchObject({
      ...{ outcome: 'refused', touched: [] },
    });
    expect(await askFor(typedEntry('a.home.lan', address), { typed: ['a.home.lan'] })).toMatchObject(WRITTEN);
  });

  test('a yes to them', async () => {
    expect(await askFor(forged('a.home.lan', '8.8.8.8'), { allowPublic: true })).toMatchObject(WRITTEN);
  });
});

describe('consent', () => {
  const nobody = (hostname: string, domain: string) =>
    refused(`${hostname} may not be written: nobody consented to ${domain}.`);

  test.each([
    ['bank.example.com', 'example.com'],
    ['www.google.com', 'google.com'],
    ['home.lan.example.com', 'example.com'],
    ['nothome.lan', 'nothome.lan'],
    ['turing-cluster.lan', 'turing-cluster.lan'],
    ['other.local', 'other.local'],
    ['xturing-cluster.local', 'xturing-cluster.local'],
    ['me.duckdns.org', 'me.duckdns.org'],
    ['a.b.github.io', 'b.github.io'],
  ])('%s needs one', async (hostname, domain) => {
    expect(await askFor(forged(hostname))).toMatchObject(nobody(hostname, domain));
    expect(await askFor(forged(hostname), { allowedDomains: [domain] })).toMatchObject(WRITTEN);
  });

  test('a typed name is its own, of no cluster object and no other name', async () => {
    const [typed, name] = [['bank.example.com'], 'bank.example.com'] as const;
    expect(await askFor(forged(name), { typed })).toMatchObject(nobody(name, 'example.com'));
    expect(await askFor(typedEntry(`www.${name}`), { typed })).toMatchObject(nobody(`www.${name}`, 'example.com'));
    expect(await askFor(typedEntry(name))).toMatchObject(nobody(name, 'example.com'));
    expect(await askFor(typedEntry(name), { typed })).toMatchObject(WRITTEN);
  });

  test('one name that is not covered refuses all of them', async () => {
    const entries = [forged('a.home.lan'), forged('b.home.lan'), forged('bank.example.com')];
    const token = scene.applyByHand(applyOrder({ entries }));
    expect(await scene.ask(token)).toMatchObject(nobody('bank.example.com', 'example.com'));
  });

  const SHARED = [
    'com',
    'uk',
    'co.uk',
    'github.io',
    'duckdns.org',
    'ngrok-free.app',
    's3.amazonaws.com',
    'in-addr.arpa',
  ];
  test.each(SHARED)('no yes to all of %s', async domain => {
    const name = `bank.${domain}`;
    const sentence = refused(`${domain} is no domain that anybody could consent to.`);
    expect(await askFor(forged(name), { allowedDomains: [domain] })).toMatchObject(sentence);
    expect(await askFor(forged(name), { suffix: domain, cluster: 'bank' })).toMatchObject(sentence);
    // Nor where no name needs it: what a plan says must be true.
    expect(await askFor(forged('a.home.lan'), { allowedDomains: ['home.lan', domain] })).toMatchObject(sentence);
  });

  test('no cluster whose domain is shared by strangers, made of two parts that are not', async () => {
    const other = { cluster: 's3', suffix: 'amazonaws.com' };
    expect(await askFor(forged('bank.s3.amazonaws.com'), other)).toMatchObject(
      refused('s3.amazonaws.com is no domain that anybody could consent to.'),
    );
  });

  test.each([
    '',
    '.',
    'COM',
    'Home.lan',
    'home.lan.',
    '.home.lan',
    '*.home.lan',
    '*',
    'a b',
    'home.lan\n',
    '10.0.0.1',
    '\u0441om',
  ])('no domain: %j', async domain => {
    const sentence = refused(expect.stringMatching(/^[\x20-\x7e]* is no domain that anybody could consent to\.$/));
    expect(await askFor(forged('a.home.lan'), { allowedDomains: ['home.lan', domain] })).toMatchObject(sentence);
    expect(await askFor(forged('a.home.lan'), { suffix: domain })).toMatchObject(sentence);
  });

  test.each(['lan', 'home.arpa', 'internal', 'test', 'local', 'home.lan', 'example.com'])(
    '%s may be a suffix',
    async suffix => {
      expect(await askFor(forged(`a.${CLUSTER}.${suffix}`), { suffix, allowedDomains: [] })).toMatchObject(WRITTEN);
    },
  );

  test('an order without names asks for nothing', async () => {
    expect(await scene.ask(scene.applyByHand(applyOrder({ entries: [] })))).toMatchObject({ outcome: 'no-change' });
    expect(scene.text).toBe(textWith(OLD, CLUSTER, []));
  });
});
