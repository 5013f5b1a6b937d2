import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { adviseAddresses } from '../../../main/metallb/addresses/advise.ts';
import { judge } from '../../../main/metallb/addresses/judge.ts';
import { type AddressFacts, nodeNetworks } from '../../../main/metallb/addresses/node-networks.ts';
import { contains, countOf, parseAddresses } from '../../../main/metallb/addresses/ranges.ts';
import { candidates, suggest } from '../../../main/metallb/addresses/suggest.ts';
import type { Network } from '../../../main/probe/network.ts';
import { quietNetwork } from '../../../main/probe/quiet-network.ts';
import { FULL } from '../../arbitraries.ts';
import { AT_HOME, BARE, NODES, node, own, pool, service } from './facts.ts';

const HOME: AddressFacts = { nodes: NODES, services: [], pools: [], traefik: undefined, surroundings: AT_HOME };
const AWAY = { own: [own('10.1.0.5/24')], gateways: ['10.1.0.1'] };
const DHCP = 'Keep these addresses out of your router’s DHCP range.';

function suggested(facts: AddressFacts, occupied: readonly string[] = []): string | undefined {
  return suggest(candidates(facts), new Set(occupied))?.text;
}

function judged(text: string, facts: AddressFacts, occupied: readonly string[] = []) {
  const parsed = parseAddresses(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return judge(parsed.ranges, facts, new Set(occupied));
}

describe('the nodes’ network', () => {
  test.each([
    ['this computer’s own', AT_HOME, [{ text: '10.0.0.0-10.0.0.255', assumed: false }]],
    [
      'as large as it is',
      { own: [own('10.0.1.5/16')], gateways: [] },
      [{ text: '10.0.0.0-10.0.255.255', assumed: false }],
    ],
    ['assumed from elsewhere', AWAY, [{ text: '10.0.0.0-10.0.0.255', assumed: true }]],
    [
      'assumed where only a VPN is in it',
      { own: [own('10.0.0.5/24', { tunnel: true })], gateways: [] },
      [{ text: '10.0.0.0-10.0.0.255', assumed: true }],
    ],
  ])('%s', (_, surroundings, wanted) => {
    expect(nodeNetworks({ ...HOME, surroundings })).toMatchObject(wanted);
  });

  test('the one with most nodes comes first; public addresses are of none', () => {
    const nodes = [node('a', '10.9.0.1'), node('b', '10.0.0.2'), node('c', '10.0.0.3'), node('d', '203.0.113.7')];
    expect(nodeNetworks({ ...HOME, nodes }).map(({ text }) => text)).toEqual([
      '10.0.0.0-10.0.0.255',
      '10.9.0.0-10.9.0.255',
    ]);
  });
});

describe('suggests', () => {
  test.each<[string, Partial<AddressFacts>, readonly string[], string | undefined]>([
    ['the next ten above the nodes', {}, [], '10.0.0.70-10.0.0.80'],
    ['the ten after what answers', {}, ['10.0.0.75'], '10.0.0.80-10.0.0.90'],
    ['the longest that is free', {}, tens(70, 254, 7), '10.0.0.120-10.0.0.125'],
    ['none of a Service', { services: [service('a/b', ['10.0.0.71'])] }, [], '10.0.0.80-10.0.0.90'],
    ['none of a pool', { pools: [pool('old', ['10.0.0.70-10.0.0.99'])] }, [], '10.0.0.100-10.0.0.110'],
    ['below nodes at the end', { nodes: [node('a', '10.0.0.250')] }, [], '10.0.0.230-10.0.0.240'],
    ['in a small network', { surroundings: { own: [own('10.0.0.57/29')], gateways: [] } }, [], '10.0.0.58-10.0.0.59'],
    ['nothing where all is taken', {}, tens(1, 254, 1), undefined],
    ['nothing without nodes', { nodes: [] }, [], undefined],
    ['nothing for IPv6 alone', { nodes: [node('a', 'fd00::1')] }, [], undefined],
  ])('%s', (_, facts, occupied, wanted) => {
    expect(suggested({ ...HOME, ...facts }, occupied)).toBe(wanted);
  });

  const host = fc.integer({ min: 1, max: 254 });
  const nodes = fc.array(host, { minLength: 1, maxLength: 5 });
  const busy = fc.array(host, { maxLength: 40 });

  test.prop([nodes, busy, host, host, fc.integer({ min: 16, max: 28 })], { numRuns: FULL ? 2_000 : 300 })(
    'only what it would itself accept, for any network',
    (hosts, others, gateway, mine, prefix) => {
      const at = (last: number) => `192.168.1.${last}`;
      const facts: AddressFacts = {
        ...{
          services: [],
          pools: [],
          traefik: undefined,
          nodes: hosts.map((last, index) => node(`n${index}`, at(last))),
        },
        surroundings: { own: [own(`${at(mine)}/${prefix}`)], gateways: [at(gateway)] },
      };
      const occupied = new Set(others.map(at));
      const range = suggest(candidates(facts), occupied);
      if (range === undefined) return;
      const { problems, warnings } = judge([range], facts, occupied);
      expect(problems).toEqual([]);
      expect(warnings.filter(each => each.includes('the network itself'))).toEqual([]);
      expect(Number(countOf([range]))).toBeLessThanOrEqual(11);
      const taken = [...occupied, ...hosts.map(at), at(gateway), at(mine)];
      expect(taken.filter(each => contains([range], each))).toEqual([]);
    },
  );
});

/** Every `step`th address: what leaves no longer run free than `step - 1`. */
function tens(first: number, last: number, step: number): readonly string[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => `10.0.0.${first + index * step}`);
}

describe('judges', () => {
  test('a good range: only what nobody can see', () => {
    expect(judged('10.0.0.70-10.0.0.80', HOME)).toEqual({ problems: [], warnings: [DHCP] });
  });

  test.each<[string, string, Partial<AddressFacts>, readonly string[], string]>([
    [
      'a node',
      '10.0.0.60-10.0.0.61',
      {},
      [],
      'Nodes of the cluster have some of them: 10.0.0.60 (turing-1), 10.0.0.61 (turing-2).',
    ],
    ['the router', '10.0.0.0/29', {}, [], 'The router has one of them: 10.0.0.1.'],
    ['this computer', '10.0.0.5', {}, [], 'This computer has one of them: 10.0.0.5.'],
    [
      'another machine',
      '10.0.0.70-10.0.0.80',
      {},
      ['10.0.0.72', '10.0.0.99'],
      'Something on your network answers already at 10.0.0.72.',
    ],
    [
      'another pool',
      '10.0.0.70',
      { pools: [pool('theirs', ['10.0.0.64/28'])] },
      [],
      'Another pool of MetalLB has some of them: theirs (10.0.0.64/28).',
    ],
    ['public ones', '203.0.113.0/28', {}, [], '203.0.113.0/28 has public addresses'],
    ['what begins private', '192.168.255.250-192.169.0.5', {}, [], 'has public addresses'],
    ['loopback', '127.0.0.1', {}, [], 'loopback'],
    ['link-local', '169.254.1.1-169.254.1.9', {}, [], 'link-local'],
    ['multicast', '224.0.0.1', {}, [], 'multicast'],
    ['link-local IPv6', 'fe80::1', {}, [], 'link-local'],
    ['global IPv6', '2001:db8::1', {}, [], 'public'],
    [
      'another subnet',
      '10.0.5.70-10.0.5.80',
      {},
      [],
      '10.0.5.70-10.0.5.80 is not in the nodes’ network (10.0.0.0-10.0.0.255)',
    ],
    ['more than the subnet', '10.0.0.250-10.0.1.5', {}, [], 'is not in the nodes’ network'],
    ['a family that no node has', 'fd00::1', {}, [], 'No node has a private IPv6 address'],
  ])('%s: a problem', (_, text, facts, occupied, problem) => {
    expect(judged(text, { ...HOME, ...facts }, occupied).problems.join('\n')).toContain(problem);
  });

  test('what MetalLB itself answers for, and its own pool, are no problem', () => {
    const facts = {
      ...HOME,
      pools: [pool('default-pool', ['10.0.0.70-10.0.0.80'], true)],
      services: [service('kube-system/traefik', ['10.0.0.70'])],
    };
    expect(judged('10.0.0.70-10.0.0.90', facts, ['10.0.0.70'])).toEqual({ problems: [], warnings: [DHCP] });
  });

  test.each<[string, string, Partial<AddressFacts>, string]>([
    ['one address', '10.0.0.70', {}, 'There is only one address'],
    ['the end of the network', '10.0.0.250-10.0.0.255', {}, 'means the network itself'],
    [
      '.255 in a larger one',
      '10.0.0.250-10.0.1.9',
      { surroundings: { own: [own('10.0.0.5/16')], gateways: [] } },
      'means the network itself',
    ],
    [
      'Services',
      '10.0.0.70-10.0.0.80',
      { services: [service('kube-system/traefik', ['10.0.0.60', '10.0.0.61'])] },
      'These Services get another address: kube-system/traefik (now 10.0.0.60 and 1 more).',
    ],
    [
      'Wi-Fi',
      '10.0.0.70-10.0.0.80',
      { surroundings: { own: [own('10.0.0.5/24', { wireless: true, interface: 'wlan0' })], gateways: [] } },
      'on Wi-Fi (wlan0)',
    ],
    [
      'another network',
      '10.0.0.70-10.0.0.80',
      { surroundings: AWAY },
      'This computer is in another network (10.1.0.5/24)',
    ],
    [
      'no network',
      '10.0.0.70-10.0.0.80',
      { surroundings: { own: [], gateways: [] } },
      'This computer is in no network',
    ],
    [
      'what is outside an assumed network',
      '10.0.5.70-10.0.5.80',
      { surroundings: AWAY },
      'make sure that it has 10.0.5.70-10.0.5.80.',
    ],
  ])('%s: a warning', (_, text, facts, warning) => {
    const { problems, warnings } = judged(text, { ...HOME, ...facts });
    expect(problems).toEqual([]);
    expect(warnings.join('\n')).toContain(warning);
  });

  test('Services of another class or another pool keep their address', () => {
    const facts = {
      ...HOME,
      pools: [pool('theirs', ['10.0.0.100-10.0.0.110'])],
      services: [
        service('a/b', ['10.0.0.100']),
        service('c/d', ['10.0.0.9'], { loadBalancerClass: 'x' }),
        service('e/f', []),
      ],
    };
    expect(judged('10.0.0.70-10.0.0.80', facts).warnings).toEqual([DHCP]);
  });
});

describe('advice', () => {
  const network = quietNetwork(AT_HOME);
  const { signal } = new AbortController();

  test('suggests', async () => {
    expect(await adviseAddresses(undefined, BARE, network, signal)).toEqual({
      ...{ text: '10.0.0.70-10.0.0.80', count: 11, notes: [], problems: [], warnings: [DHCP] },
    });
  });

  test('keeps the pool that is there, where it is ours', async () => {
    const survey = { ...BARE, pools: [pool('default-pool', ['10.0.0.200-10.0.0.205', '10.0.0.210/32'], true)] };
    expect(await adviseAddresses(undefined, survey, network, signal)).toMatchObject({
      ...{ text: '10.0.0.200-10.0.0.205, 10.0.0.210/32', count: 7, problems: [] },
    });
  });

  test('tells what it could not suggest, and what it could not read', async () => {
    const lost = await adviseAddresses(undefined, { ...BARE, nodes: [] }, network, signal);
    expect(lost).toMatchObject({ text: '', count: 0, problems: [expect.stringContaining('No node has')] });
    const typed = await adviseAddresses('10.0.0.70 - 80', BARE, network, signal);
    expect(typed).toMatchObject({
      text: '10.0.0.70 - 80',
      count: 0,
      problems: [expect.stringContaining('Type a range')],
    });
  });

  test('what answers is taken; what the system only remembers, unless it was a node’s', async () => {
    const hardware = new Map([
      ['10.0.0.60', 'dc:a6:32:00:00:01'],
      ['10.0.0.70', 'dc:a6:32:00:00:01'],
      ['10.0.0.71', '02:fc:00:00:00:99'],
      ['10.0.0.72', 'dc:a6:32:00:00:01'],
    ]);
    const remembering: Network = {
      ...network,
      occupied: async () =>
        new Map([
          ['10.0.0.70', 'known'],
          ['10.0.0.71', 'known'],
          ['10.0.0.72', 'answers'],
        ]),
      hardwareAddress: async address => hardware.get(address) ?? '',
    };
    const { problems } = await adviseAddresses('10.0.0.70-10.0.0.80', BARE, remembering, signal);
    expect(problems).toEqual(['Something on your network answers already at 10.0.0.71, 10.0.0.72.']);
  });

  test('says what it made of the text, and how many it looked at', async () => {
    expect(await adviseAddresses('10.0.0.70', BARE, network, signal)).toMatchObject({
      ...{ text: '10.0.0.70/32', count: 1, notes: ['10.0.0.70 is written as 10.0.0.70/32.'] },
    });
    expect(await adviseAddresses('10.0.0.128/25', BARE, network, signal)).toMatchObject({
      notes: ['Only the first 64 were looked at for machines that have them.'],
    });
  });
});
