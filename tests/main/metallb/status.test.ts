import { describe, expect, test } from 'vitest';
import { metallbStatus } from '../../../main/metallb/status.ts';
import type { AdvertisementFacts, Installation, Survey } from '../../../main/metallb/survey.ts';
import { BARE, NODES, node, pool, service } from './facts.ts';

const NOW = Date.UTC(2026, 10, 2);
const HOUR = 3_600_000;
const running = (wanted: number, ready = wanted, waiting: readonly string[] = [], age = HOUR) => ({
  ...{ wanted, ready, waiting, createdAt: NOW - age },
});

const INSTALLED: Installation = {
  ...{ managedBy: 'helm', ours: false, version: '0.15.3', namespace: 'metallb-system', release: 'metallb' },
  ...{ releaseStatus: 'deployed', releaseSecret: 'sh.helm.release.v1.metallb.v1', mode: 'native' },
  ...{ controller: running(1), speaker: running(4), configurationErrors: [] },
};
const ADVERTISEMENT: AdvertisementFacts = {
  ...{ kind: 'L2Advertisement', name: 'default', pools: [], hasPoolSelectors: false, nodes: undefined, interfaces: [] },
};
const WELL: Survey = {
  ...BARE,
  metallb: INSTALLED,
  pools: [pool('default-pool', ['10.0.0.70-10.0.0.80'])],
  advertisements: [ADVERTISEMENT],
};
const status = (more: Partial<Survey> = {}, metallb: Partial<Installation> = {}) =>
  metallbStatus({ ...WELL, metallb: { ...INSTALLED, ...metallb }, ...more }, NOW);

describe('state', () => {
  test('all is well, whosever it is; its owner is told', () => {
    expect(status()).toEqual({
      ...{ state: 'ready', version: '0.15.3', managedBy: 'helm', ours: false, problems: [] },
      owner: 'It was installed by Helm as release metallb in metallb-system: change it there, with helm.',
      pools: [{ name: 'default-pool', ranges: ['10.0.0.70-10.0.0.80'], used: null, total: null }],
    });
    expect(status({}, { ours: true })).toMatchObject({ state: 'ready', ours: true, owner: '' });
  });

  test.each([
    [['secrets'], {}, 'It may be of Cluster Hosts after all: secrets tell, and may not be read.'],
    [['helmcharts.helm.cattle.io'], {}, 'after all: helmcharts.helm.cattle.io tell'],
    [['secrets'], { managedBy: 'manifests' }, 'by the files that it was made of.'],
  ] as const)('whose it is where %j may not be read', (forbidden, metallb, owner) => {
    expect(status({ forbidden }, metallb).owner).toContain(owner);
    expect(status({ forbidden: [] }, metallb).owner).not.toContain('after all');
  });

  test('none, and one that may not be seen', () => {
    const nothing = { version: '', managedBy: '', ours: false, owner: '', pools: [], problems: [] };
    expect(metallbStatus(BARE)).toEqual({ ...nothing, state: 'absent' });
    const forbidden = ['deployments.apps'];
    expect(metallbStatus({ ...BARE, forbidden })).toEqual({ ...nothing, state: 'unknown' });
    // Its kinds are there, but what else is, nobody knows: leftovers would be a guess.
    const metallb: Installation = { ...INSTALLED, managedBy: 'leftovers', controller: undefined, speaker: undefined };
    expect(metallbStatus({ ...BARE, forbidden, metallb }).state).toBe('unknown');
    expect(metallbStatus({ ...BARE, metallb })).toMatchObject({
      ...{ state: 'foreign', managedBy: '' },
      problems: [expect.stringContaining('an earlier installation was not removed to its end')],
    });
  });

  test.each<[Partial<Installation>, string]>([
    [{ controller: running(1, 0, [], 60_000) }, 'installing'],
    [{ controller: running(1, 0) }, 'degraded'],
    [{ controller: running(1, 1, [], 60_000), speaker: running(4, 2) }, 'installing'],
    [{ speaker: running(4, 2) }, 'degraded'],
    [{ controller: running(0) }, 'degraded'],
    [{ controller: undefined, speaker: undefined, managedBy: 'helmchart', releaseStatus: '' }, 'installing'],
    [{ controller: undefined, speaker: undefined, releaseStatus: 'pending-install' }, 'installing'],
    [{ controller: undefined, speaker: undefined, releaseStatus: 'failed' }, 'degraded'],
  ])('%j is %s', (metallb, state) => {
    expect(status({}, metallb).state).toBe(state);
  });
});

describe('problems', () => {
  const NOT_READY = 'MetalLB’s controller is not running, so no Service gets an address.';
  const label = 'node.kubernetes.io/exclude-from-external-load-balancers';
  const excluded = NODES.map(each => ({ ...each, excluded: true }));
  const onlyOn = (...nodes: string[]) => [{ ...ADVERTISEMENT, nodes }];

  test.each<[string, Partial<Survey>, Partial<Installation>, readonly string[]]>([
    [
      'a controller, with why',
      {},
      { controller: running(1, 0, ['ImagePullBackOff: no such host', 'Unschedulable: 0/4']) },
      [`${NOT_READY} The image cannot be pulled: no such host. No node has room for it: 0/4.`],
    ],
    [
      'speakers, with why',
      {},
      { speaker: running(4, 3, ['CrashLoopBackOff: x']) },
      ['3 of 4 MetalLB speakers are ready. It crashes again and again: x.'],
    ],
    [
      'no speaker anywhere',
      {},
      { speaker: running(0) },
      ['No node runs a speaker of MetalLB, so nobody announces its addresses.'],
    ],
    [
      'no speakers',
      {},
      { speaker: undefined },
      ['MetalLB has no speakers, so nobody announces its addresses: install it again.'],
    ],
    [
      'a configuration that is refused',
      {},
      { configurationErrors: ['pools overlap'] },
      ['MetalLB does not take its configuration: pools overlap.'],
    ],
    ['no pool', { pools: [] }, {}, ['MetalLB has no address pool, so no Service gets an address: add one.']],
    ['pools that may not be read', { pools: [], forbidden: ['ipaddresspools.metallb.io'] }, {}, []],
    [
      'a pool without advertisement, beside one with',
      {
        pools: [pool('a', ['10.0.0.70/32']), pool('b', ['10.0.0.71/32'])],
        advertisements: [{ ...ADVERTISEMENT, pools: ['a'] }],
      },
      {},
      ['No advertisement is for the pool b, so its addresses do not answer: add an L2Advertisement.'],
    ],
    [
      'selectors may mean any pool',
      { advertisements: [{ ...ADVERTISEMENT, pools: ['x'], hasPoolSelectors: true }] },
      {},
      [],
    ],
    ['advertisements that may not be read', { advertisements: [], forbidden: ['l2advertisements.metallb.io'] }, {}, []],
    [
      'ServiceLB, and what it did',
      {
        serviceLb: { daemonSets: ['svclb-traefik-1'], serversOn: ['turing-1'] },
        services: [
          service('kube-system/traefik', ['10.0.0.60']),
          service('a/b', ['10.0.0.70'], { pool: 'default-pool' }),
          service('a/c', ['10.0.0.61'], { loadBalancerClass: 'other/one' }),
        ],
      },
      {},
      [
        'K3s’ own load balancer (ServiceLB) is also on (turing-1): the two fight over the addresses. Start K3s with "--disable servicelb" on every server.',
        'ServiceLB has given nodes’ own addresses to kube-system/traefik, in place of MetalLB’s.',
      ],
    ],
    [
      'all nodes left out',
      { nodes: excluded },
      {},
      [
        `No node may announce the addresses. Labelled to be left out: turing-1, turing-2, turing-3, turing-4. Take the label ${label} off one.`,
      ],
    ],
    ['one node left out', { nodes: [...NODES, node('x', '10.0.0.9', { excluded: true })] }, {}, []],
    ['MetalLB disregards the label', { nodes: excluded, announcers: [{ service: 'a/b', node: 'turing-1' }] }, {}, []],
    [
      'no node ready',
      { nodes: [node('a', '10.0.0.60', { ready: false })] },
      {},
      ['No node is ready, so nobody announces the addresses.'],
    ],
    [
      'advertised from a node that is left out',
      { nodes: [node('a', '10.0.0.60', { excluded: true }), node('b', '10.0.0.61')], advertisements: onlyOn('a') },
      {},
      ['The advertisements for the pool default-pool name only nodes that cannot announce it: name another.'],
    ],
    ['advertised from one that may', { advertisements: onlyOn('turing-2') }, {}, []],
    [
      'loose IPVS',
      { kubeProxy: 'ipvs-loose' },
      {},
      [expect.stringMatching(/IPVS mode without strict ARP.*set strictARP to true/) as unknown as string],
    ],
    [
      'helm, stopped halfway',
      {},
      { controller: undefined, speaker: undefined, releaseStatus: 'pending-install' },
      ['Helm is still at work on the release metallb, or was stopped halfway: if nothing happens, install it again.'],
    ],
  ])('%s', (_, survey, metallb, problems) => {
    const found = status(survey, metallb);
    expect(found.problems).toEqual(problems);
    expect(found.state === 'ready').toBe(problems.length === 0);
  });

  test.each([
    ['0.15.3', 0],
    ['0.16.0', 2],
    ['0.16.1', 1],
    ['0.16.2', 0],
  ])('MetalLB %s works, with %i known faults', (version, faults) => {
    const found = status({}, { version });
    expect(found.state).toBe('ready');
    expect(found.problems).toHaveLength(faults);
    for (const problem of found.problems) expect(problem).toMatch(new RegExp(`${version}.*0\\.15\\.3`));
  });

  test('speakers that may not be seen', () => {
    expect(status({ forbidden: ['daemonsets.apps'] }, { speaker: undefined })).toMatchObject({
      state: 'ready',
      problems: ['Whether MetalLB’s speakers run cannot be told: DaemonSets may not be read.'],
    });
  });
});
