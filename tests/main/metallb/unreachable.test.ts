import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ObjectApi } from '../../../main/cluster/object-api.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import type { UnreachableFacts } from '../../../main/metallb/cause.ts';
import { likelyCauses } from '../../../main/metallb/causes.ts';
import type { AdvertisementFacts } from '../../../main/metallb/survey.ts';
import { explainUnreachable } from '../../../main/metallb/unreachable.ts';
import { HOME, quietNetwork } from '../../../main/probe/quiet-network.ts';
import { connectTo } from '../../demo-connection.ts';
import { AT_HOME, BARE, INSTALLED, NODES, node, own, pool, service } from './facts.ts';

const ADDRESS = '10.0.0.70';
const TRAEFIK = service('kube-system/traefik', [ADDRESS], { pool: 'default-pool' });
const EVERYWHERE: AdvertisementFacts = {
  ...{ kind: 'L2Advertisement', name: 'default', pools: ['default-pool'], hasPoolSelectors: false },
  ...{ nodes: undefined, interfaces: [] },
};
const NODE_1 = 'dc:a6:32:00:00:01';
const OTHER = '02:fc:00:00:00:99';

/** All is as it should be: only a firewall is left. */
const FINE: UnreachableFacts = {
  address: ADDRESS,
  service: TRAEFIK,
  survey: {
    ...BARE,
    pools: [pool('default-pool', ['10.0.0.70-10.0.0.80'])],
    advertisements: [EVERYWHERE],
    announcers: [{ service: 'kube-system/traefik', node: 'turing-1' }],
  },
  readyEndpoints: 1,
  surroundings: AT_HOME,
  way: AT_HOME.own[0],
  hardwareAddress: NODE_1,
  nodeHardware: new Map([['turing-1', NODE_1]]),
};

const SILENT = { ...FINE.survey, announcers: [] };
const away = { own: [own('10.1.0.5/24')], gateways: ['10.1.0.1'] };
const tunnel = own('100.100.1.1/32', { interface: 'tailscale0', tunnel: true });

type Change = Partial<UnreachableFacts>;

describe('the likeliest cause', () => {
  test.each<[string, Change, string, string]>([
    [
      'no advertisement',
      { survey: { ...SILENT, advertisements: [] } },
      'no-advertisement',
      'No L2Advertisement covers the pool default-pool',
    ],
    [
      'one for another pool',
      { survey: { ...SILENT, advertisements: [{ ...EVERYWHERE, pools: ['other'] }] } },
      'no-advertisement',
      '10.0.0.70',
    ],
    [
      'the pool known by its range only',
      { service: service('kube-system/traefik', [ADDRESS]), survey: { ...SILENT, advertisements: [] } },
      'no-advertisement',
      'default-pool',
    ],
    [
      'every node excluded',
      { survey: { ...SILENT, nodes: NODES.map(each => ({ ...each, excluded: true })) } },
      'node-excluded',
      'kept out by a label: turing-1, turing-2, turing-3, turing-4.',
    ],
    [
      'the only chosen node excluded',
      {
        survey: {
          ...SILENT,
          nodes: [node('a', '10.0.0.60', { excluded: true }), node('b', '10.0.0.61')],
          advertisements: [{ ...EVERYWHERE, nodes: ['a'] }],
        },
      },
      'node-excluded',
      'kept out by a label: a.',
    ],
    [
      'no chosen node ready',
      { survey: { ...SILENT, nodes: [node('a', '10.0.0.60', { ready: false })] } },
      'node-excluded',
      'No node that may answer for 10.0.0.70 is ready (L2Advertisement default).',
    ],
    ['no endpoint', { readyEndpoints: 0 }, 'no-endpoint', 'kube-system/traefik has no pod that is ready'],
    [
      'nobody announces it, though all could',
      { survey: { ...SILENT, metallb: INSTALLED } },
      'no-announcer',
      'No node has said yet that it answers for 10.0.0.70.',
    ],
    [
      'another machine',
      { hardwareAddress: OTHER },
      'taken',
      `it is answered by ${OTHER}, not by turing-1 (${NODE_1}).`,
    ],
    [
      'another machine, and no Service',
      { hardwareAddress: OTHER, service: undefined },
      'taken',
      `it is answered by ${OTHER}, and no Service has it.`,
    ],
    [
      'this computer elsewhere',
      { surroundings: away, way: away.own[0], hardwareAddress: '' },
      'other-network',
      'This computer is in another network (10.1.0.5/24) than 10.0.0.70',
    ],
    [
      'this computer nowhere',
      { surroundings: { own: [], gateways: [] }, way: undefined, hardwareAddress: '' },
      'other-network',
      'This computer is in no network',
    ],
    [
      'a pool of another subnet',
      { address: '10.0.5.70' },
      'other-network',
      '10.0.5.70 is in another network than the nodes (10.0.0.60, 10.0.0.61, 10.0.0.62, 10.0.0.63)',
    ],
    [
      'a pool of this computer’s subnet',
      { survey: { ...FINE.survey, nodes: [node('a', '10.9.0.60')] } },
      'other-network',
      '10.0.0.70 is in another network than the nodes (10.9.0.60)',
    ],
    [
      'the way of a VPN',
      { surroundings: { ...AT_HOME, own: [...AT_HOME.own, tunnel] }, way: tunnel },
      'vpn',
      'through tailscale0, a VPN',
    ],
    [
      'a VPN that is on',
      { surroundings: { ...AT_HOME, own: [...AT_HOME.own, tunnel] } },
      'vpn',
      'A VPN is on (tailscale0)',
    ],
    ['a firewall', {}, 'firewall', 'ARP is answered for 10.0.0.70, so a firewall on turing-1'],
    ['nobody answering ARP', { hardwareAddress: '' }, 'firewall', 'filters ARP'],
  ])('%s', (_, change, id, sentence) => {
    const [first] = likelyCauses({ ...FINE, ...change });
    expect(first).toMatchObject({
      id,
      sentence: expect.stringContaining(sentence),
      wayOut: expect.stringMatching(/./),
    });
  });

  test('what nobody told is no cause', () => {
    const only = (change: Change) => likelyCauses({ ...FINE, ...change }).map(({ id }) => id);
    const selectors = [{ ...EVERYWHERE, pools: [], hasPoolSelectors: true }];
    expect(only({ readyEndpoints: undefined })).toEqual(['firewall']);
    expect(only({ survey: { ...SILENT, advertisements: selectors } })).toEqual(['firewall']);
    expect(only({ survey: { ...SILENT, advertisements: [], forbidden: ['l2advertisements.metallb.io'] } })).toEqual([
      'firewall',
    ]);
    expect(only({ survey: { ...SILENT, nodes: [] } })).toEqual(['firewall']);
    expect(only({ survey: { ...FINE.survey, announcers: [] }, hardwareAddress: OTHER })).toEqual(['firewall']);
    expect(only({ hardwareAddress: OTHER, nodeHardware: new Map() })).toEqual(['firewall']);
  });

  test('a node that announces is not kept out, and any node may answer for it', () => {
    const nodes = NODES.map(each => ({ ...each, excluded: true }));
    const nodeHardware = new Map([
      ['turing-1', NODE_1],
      ['turing-2', OTHER],
    ]);
    expect(likelyCauses({ ...FINE, survey: { ...FINE.survey, nodes } })).toHaveLength(1);
    expect(likelyCauses({ ...FINE, hardwareAddress: OTHER, nodeHardware })).toHaveLength(1);
  });

  test('they come in order, and plain', () => {
    const advertisements = [{ ...EVERYWHERE, name: 'a\u001b[31m' }];
    const nodes = [node('x', '10.0.0.60', { ready: false })];
    const facts = { ...FINE, readyEndpoints: 0, survey: { ...SILENT, nodes, advertisements }, surroundings: away };
    const causes = likelyCauses({ ...facts, hardwareAddress: '' });
    expect(causes.map(({ id }) => id)).toEqual(['node-excluded', 'no-endpoint', 'other-network', 'firewall']);
    expect(JSON.stringify(causes)).not.toContain('\\u001b');
  });
});

describe('in a cluster', () => {
  let demo: Demo;

  beforeEach(async () => {
    demo = await startDemo({ scenario: 'empty' });
  });
  afterEach(() => demo.stop());

  async function explain(endpoints: readonly unknown[] | undefined) {
    const traefik = service('default/mine', [ADDRESS]);
    if (endpoints !== undefined) {
      const labels = { 'kubernetes.io/service-name': 'mine' };
      const metadata = { namespace: 'default', name: 'mine-1', labels };
      demo.cluster.apply({ apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, endpoints });
    }
    const { signal } = new AbortController();
    const connection = connectTo(demo);
    const api = new ObjectApi(connection, signal);
    const network = quietNetwork(HOME);
    try {
      return await explainUnreachable({ address: ADDRESS, service: traefik, survey: BARE, api, network }, signal);
    } finally {
      connection.close();
    }
  }

  test.each([
    ['none is ready', [{ conditions: { ready: false } }, { conditions: { ready: false } }], true],
    ['there is none', [], true],
    ['one is ready', [{ conditions: { ready: false } }, { conditions: { ready: true } }], false],
    ['one does not say', [{}], false],
    ['there is no slice', undefined, false],
  ])('endpoints: %s', async (_, endpoints, wanted) => {
    const [first] = await explain(endpoints);
    expect(first?.startsWith('default/mine has no pod that is ready')).toBe(wanted);
  });

  test('the way out is said with it', async () => {
    expect((await explain([]))[0]).toMatch(/ kubectl -n default get pods$/);
  });
});
