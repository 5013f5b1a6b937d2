import { describe, expect, test } from 'vitest';
import { type HostsText, parseHosts } from '../../../main/hosts/block.ts';
import { healthOf } from '../../../main/hosts/health.ts';
import type { HealthFacts } from '../../../main/hosts/health-facts.ts';

/** What no rule finds fault with. */
const FINE: HealthFacts = {
  platform: 'linux',
  isSystem: true,
  stats: { mode: 0o100644, uid: 0, gid: 0, size: 200 },
  attributes: undefined,
  kernel: undefined,
  wslConf: undefined,
  hasCloudInit: false,
};

const LOCALHOST = '127.0.0.1 localhost\n';

function parse(text: string): HostsText {
  const parsed = parseHosts(text);
  if (parsed.state !== 'ok') throw new Error(parsed.message);
  return parsed.hosts;
}

const findings = (facts: Partial<HealthFacts>, text = LOCALHOST) =>
  healthOf('/etc/hosts', parse(text), { ...FINE, ...facts });
const kinds = (facts: Partial<HealthFacts>, text?: string) => findings(facts, text).map(({ kind }) => kind);
const stats = (mode: number, gid = 0, size = 200) => ({ mode: 0o100000 | mode, uid: 0, gid, size });

test.each(['linux', 'darwin', 'win32'] as const)('a file as it should be has no findings (%s)', platform => {
  expect(findings({ platform })).toEqual([]);
});

test.each(['linux', 'darwin', 'win32'] as const)('of what cannot be had nothing is said (%s)', platform => {
  expect(findings({ platform, stats: undefined })).toEqual([]);
});

describe('written by others', () => {
  const by = (who: string) => [
    { kind: 'writable-by-others', message: who, hint: 'Run "chmod go-w" on it, with sudo where it is not yours.' },
  ];
  const ALL = by('Everybody may write /etc/hosts: any program of any user of this computer can send names elsewhere.');
  const GROUP = by('The group of /etc/hosts may write it: any program of any of its members can send names elsewhere.');

  test.each([
    [0o666, 0, ALL],
    [0o646, 0, ALL],
    [0o602, 20, ALL],
    [0o664, 20, GROUP],
    [0o620, 20, GROUP],
    [0o664, 0, []],
    [0o644, 20, []],
    [0o755, 20, []],
    [0o600, 20, []],
  ])('mode %o, group %i', (mode, gid, expected) => {
    expect(findings({ stats: stats(mode, gid) })).toEqual(expected);
    expect(findings({ stats: stats(mode, gid), platform: 'darwin', isSystem: false })).toEqual(expected);
  });

  test('on Windows the mode says nothing of it', () => {
    expect(findings({ platform: 'win32', stats: stats(0o666, 20) })).toEqual([]);
  });
});

test('read-only: a finding on Windows, nothing elsewhere', () => {
  const readOnly = stats(0o444);
  expect(findings({ platform: 'win32', stats: readOnly, isSystem: false })).toEqual([
    {
      kind: 'read-only',
      message: '/etc/hosts has the read-only attribute, so nobody can write it.',
      hint: 'Take the check mark off "Read-only" in its properties.',
    },
  ]);
  expect(findings({ stats: readOnly })).toEqual([]);
  expect(findings({ platform: 'darwin', stats: readOnly })).toEqual([]);
});

describe('locked', () => {
  test.each([
    ['linux', '----i---------e------- /etc/hosts\n', '(i)', 'chattr -i'],
    ['linux', '-----a--------e------- /etc/hosts\n', '(a)', 'chattr -a'],
    ['linux', '----ia-------- /etc/hosts\n', '(i, a)', 'chattr -ia'],
    ['darwin', '-rw-r--r--  1 0  0  uchg 213 Jan  1  2026 /private/etc/hosts\n', '(uchg)', 'chflags nouchg'],
    [
      'darwin',
      '-rw-r--r--@ 1 501  20  schg,hidden,uappnd,sappnd 213 Jan  1  2026 /private/etc/hosts\n',
      '(schg, uappnd, sappnd)',
      'chflags noschg,nouappnd,nosappnd',
    ],
  ] as const)('%s: %s', (platform, attributes, flags, unlock) => {
    expect(findings({ platform, attributes })).toEqual([
      {
        kind: 'locked',
        message: `/etc/hosts is locked against changes, also by root ${flags}.`,
        hint: `Where nobody wants that, run "sudo ${unlock} /etc/hosts".`,
      },
    ]);
    expect(findings({ platform, attributes, isSystem: false })).toEqual([]);
  });

  test.each([
    ['linux', '--------------e------- /etc/hosts\n'],
    ['linux', '--------IA----e------- /etc/hosts\n'],
    ['linux', 'lsattr: Operation not supported While reading flags on /etc/hosts\n'],
    ['linux', ''],
    ['darwin', '-rw-r--r--  1 0  0  - 213 Jan  1  2026 /private/etc/hosts\n'],
    ['darwin', '-rw-r--r--  1 0  0  hidden,compressed 213 Jan  1  2026 /private/etc/uchg\n'],
    ['darwin', ''],
  ] as const)('%s: not %j', (platform, attributes) => {
    expect(findings({ platform, attributes })).toEqual([]);
  });
});

test('large on Windows', () => {
  const mebibyte = 1024 * 1024;
  const large = { platform: 'win32', stats: stats(0o666, 0, mebibyte + 1) } as const;
  expect(findings(large)).toEqual([
    {
      kind: 'large',
      message: '/etc/hosts is larger than 1 MiB, which makes Windows slow at looking up names.',
      hint: 'Take lines out of it (block lists belong in a DNS server).',
    },
  ]);
  expect(kinds({ ...large, stats: stats(0o666, 0, mebibyte) })).toEqual([]);
  expect(kinds({ ...large, isSystem: false })).toEqual([]);
  expect(kinds({ ...large, stats: stats(0o644, 0, mebibyte + 1), platform: 'linux' })).toEqual([]);
});

describe('made by WSL', () => {
  const HEADER =
    '# This file was automatically generated by WSL. To stop automatic generation of this file, add the following entry to /etc/wsl.conf:\n# [network]\n# generateHosts = false\n';
  const OLD_HEADER = '# This file is automatically generated by WSL based on the Windows hosts file:\n';
  const WSL = { kernel: 'Linux version 5.15.153.1-microsoft-standard-WSL2 (root@x)', wslConf: '' };

  test('is told with the way out', () => {
    expect(findings(WSL, HEADER + LOCALHOST)).toEqual([
      {
        kind: 'made-by-wsl',
        message: 'WSL makes /etc/hosts anew at each start, and the names are gone until the next sync.',
        hint: 'Put "generateHosts = false" under [network] in /etc/wsl.conf.',
      },
    ]);
    const first = { ...WSL, kernel: 'Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com)' };
    expect(kinds(first, LOCALHOST + OLD_HEADER)).toEqual(['made-by-wsl']);
  });

  test.each([
    '[network]\ngenerateHosts = true\n',
    '[network]\n# generateHosts = false\n',
    '[automount]\ngenerateHosts = false\n',
    '[network]\ngenerateHosts=true\ngenerateHosts=false\n',
    '[network]\ngenerateResolvConf = false\n',
    '[network]\n[boot]\ngenerateHosts = false\n',
  ])('wsl.conf: %j leaves it so', wslConf => {
    expect(kinds({ ...WSL, wslConf }, HEADER)).toEqual(['made-by-wsl']);
  });

  test.each([
    '[network]\ngenerateHosts = false\n',
    '[boot]\nsystemd=true\r\n\r\n [Network] # mine\r\n  generatehosts="FALSE" # mine\r\n',
    '[network]\nhostname = x\ngenerateHosts=0',
  ])('wsl.conf: %j ends it, whatever header is left over', wslConf => {
    expect(kinds({ ...WSL, wslConf }, HEADER)).toEqual([]);
  });

  test('not without the header (a container), another kernel, the file that counts, or a wsl.conf to be read', () => {
    expect(kinds(WSL)).toEqual([]);
    expect(kinds({ ...WSL, kernel: 'Linux version 6.8.0-generic (buildd@x)' }, HEADER)).toEqual([]);
    expect(kinds({ ...WSL, isSystem: false }, HEADER)).toEqual([]);
    expect(kinds({ ...WSL, wslConf: undefined }, HEADER)).toEqual([]);
    expect(kinds({ ...WSL, kernel: undefined }, HEADER)).toEqual([]);
  });
});

test('made by cloud-init', () => {
  const header = "# Your system has configured 'manage_etc_hosts' as True.\n# As a result, if you wish\n";
  expect(findings({ hasCloudInit: true }, header + LOCALHOST)).toEqual([
    {
      kind: 'made-by-cloud-init',
      message: 'cloud-init makes /etc/hosts anew at each start, and the names are gone until the next sync.',
      hint: 'Set "manage_etc_hosts: false" in /etc/cloud/cloud.cfg, and take its comment out of the file.',
    },
  ]);
  expect(kinds({ hasCloudInit: true })).toEqual([]);
  expect(kinds({ hasCloudInit: false }, header)).toEqual([]);
  expect(kinds({ hasCloudInit: true, isSystem: false }, header)).toEqual([]);
});

test('of several findings all are told, what the lines say last', () => {
  const facts = { stats: stats(0o666), attributes: '----i--- /etc/hosts', hasCloudInit: true };
  const text = "# has configured 'manage_etc_hosts' as True.\n# --- SWITCHHOSTS_CONTENT_START ---\n";
  expect(kinds(facts, text)).toEqual(['writable-by-others', 'locked', 'made-by-cloud-init', 'switchhosts']);
});
