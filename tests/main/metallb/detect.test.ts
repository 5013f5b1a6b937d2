import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { RawObject } from '../../../main/cluster/object-api.ts';
import { valuesOf } from '../../../main/metallb/detect/flags.ts';
import { installationOf } from '../../../main/metallb/detect/installation.ts';
import { kubeProxyOf } from '../../../main/metallb/detect/kube-proxy.ts';
import { nodesOf, runsK3s } from '../../../main/metallb/detect/nodes.ts';
import { advertisementsOf, announcersOf, poolsOf } from '../../../main/metallb/detect/pools.ts';
import { serviceLbOf } from '../../../main/metallb/detect/service-lb.ts';
import { loadBalancersOf, traefikOf } from '../../../main/metallb/detect/services.ts';
import { explainWaiting, waitingOf } from '../../../main/metallb/detect/waiting.ts';
import { RUNS } from '../../arbitraries.ts';
import { node } from './facts.ts';

const named = (name: string, more: RawObject = {}) => ({ metadata: { name, ...more } });

describe('arguments', () => {
  test.each([
    [['server', '--disable', 'servicelb'], ['servicelb']],
    [
      ['server', '--disable=traefik, servicelb'],
      ['traefik', 'servicelb'],
    ],
    [
      ['--disable', 'traefik,servicelb', '--disable', 'metrics-server'],
      ['traefik', 'servicelb', 'metrics-server'],
    ],
    [['--disable', '--tls-san', 'servicelb'], ['']],
    [['--disable'], ['']],
    [['--disable-cloud-controller', 'servicelb'], []],
  ])('%j', (args, values) => {
    expect(valuesOf('--disable', args)).toEqual(values);
  });
});

describe('nodes', () => {
  test('K3s’ server with its arguments, and an agent', () => {
    const raw = [
      named('b', { annotations: { 'k3s.io/node-args': '["agent"]' } }),
      {
        ...named('a', { annotations: { 'k3s.io/node-args': '["server","--disable","servicelb"]' } }),
        status: {
          addresses: [{ type: 'InternalIP', address: '10.0.0.60' }],
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      },
    ];
    expect(nodesOf(raw)).toEqual([
      node('a', '10.0.0.60', { isServer: true, args: ['server', '--disable', 'servicelb'] }),
      node('b', '', { addresses: [], ready: false, args: ['agent'] }),
    ]);
  });

  test('kubeadm’s label that leaves a node out has no value', () => {
    const labels = {
      'node.kubernetes.io/exclude-from-external-load-balancers': '',
      'node-role.kubernetes.io/control-plane': '',
    };
    expect(nodesOf([named('a', { labels })])[0]).toMatchObject({ excluded: true, isServer: true, args: undefined });
    expect(nodesOf([named('a', { labels: {} })])[0]).toMatchObject({ excluded: false, isServer: false });
  });

  test.each(['', 'server', '{"a":1}', '"server"'])('arguments that are none: %j', annotation => {
    const annotations = { 'k3s.io/node-args': annotation };
    expect(nodesOf([named('a', { annotations })])[0]?.args).toBeUndefined();
  });

  test('K3s is known by the server or by any kubelet', () => {
    const kubelet = (kubeletVersion: string) => ({ status: { nodeInfo: { kubeletVersion } } });
    expect(runsK3s('v1.35.4+k3s1', [])).toBe(true);
    expect(runsK3s('', [kubelet('v1.35.4+k3s1')])).toBe(true);
    expect(runsK3s('v1.35.4', [kubelet('v1.35.4')])).toBe(false);
  });
});

describe('ServiceLB', () => {
  const server = (name: string, ...args: string[]) => node(name, '', { isServer: true, args: ['server', ...args] });

  test.each([
    [server('a'), true],
    [server('a', '--disable', 'traefik'), true],
    [server('a', '--disable', 'traefik,servicelb'), false],
    [server('a', '--disable=servicelb'), false],
    [server('a', '--no-deploy', 'servicelb'), false],
    // K3s runs its cloud controller with nothing but ServiceLB in it then.
    [server('a', '--disable-cloud-controller'), true],
    [node('a', '', { isServer: true }), false],
    [node('a', '', { args: ['agent'] }), false],
  ])('%j', (each, isOn) => {
    expect(serviceLbOf([], [each], true).serversOn).toEqual(isOn ? ['a'] : []);
  });

  test('its DaemonSets are told, and nothing where K3s is not', () => {
    const daemonSets = [named('svclb-traefik-12345678')];
    expect(serviceLbOf(daemonSets, [], true)).toEqual({ daemonSets: ['svclb-traefik-12345678'], serversOn: [] });
    expect(serviceLbOf(daemonSets, [server('a')], false)).toEqual({ daemonSets: [], serversOn: [] });
  });
});

describe('kube-proxy', () => {
  const config = (yaml: string) => ({ data: { 'config.conf': yaml } });
  const k3s = (...args: string[]) => [node('a', '', { args: ['server', ...args] })];

  test.each([
    ['mode: ipvs\nipvs:\n  strictARP: true\n', 'ipvs-strict'],
    ['mode: "ipvs"\nipvs:\n  strictARP: false\n', 'ipvs-loose'],
    ['mode: ipvs\n', 'ipvs-loose'],
    ['mode: ""\nipvs:\n  strictARP: false\n', 'other'],
    ['kind: KubeProxyConfiguration\n', 'other'],
    ['', 'unknown'],
    ['a: [', 'unknown'],
  ])('by kubeadm’s configuration: %j', (yaml, mode) => {
    expect(kubeProxyOf(config(yaml), [], false)).toBe(mode);
  });

  test.each([
    [k3s(), true, 'other'],
    [k3s('--kube-proxy-arg', 'proxy-mode=ipvs'), true, 'ipvs-loose'],
    [k3s('--kube-proxy-arg=proxy-mode=ipvs', '--kube-proxy-arg=ipvs-strict-arp=true'), true, 'ipvs-strict'],
    [k3s('--kube-proxy-arg', 'proxy-mode=ipvs', '--kube-proxy-arg', 'ipvs-strict-arp'), true, 'ipvs-strict'],
    [[...k3s(), node('b', '', { args: ['agent', '--kube-proxy-arg', 'proxy-mode=ipvs'] })], true, 'ipvs-loose'],
    [[node('a', '')], true, 'unknown'],
    [[], false, 'unknown'],
  ] as const)('by K3s’ arguments: %j', (nodes, isK3s, mode) => {
    expect(kubeProxyOf(undefined, nodes, isK3s)).toBe(mode);
  });
});

describe('Services', () => {
  const service = (name: string, more: RawObject = {}, metadata: RawObject = {}) => ({
    metadata: { namespace: 'web', name, ...metadata },
    spec: { type: 'LoadBalancer', ...more },
  });

  test('only those of type LoadBalancer, with what they ask for', () => {
    const raw = [
      { ...service('b', { loadBalancerIP: '10.0.0.9', loadBalancerClass: 'x/y' }) },
      service('c', { type: 'ClusterIP' }),
      {
        ...service(
          'a',
          {},
          {
            annotations: {
              'metallb.universe.tf/loadBalancerIPs': '10.0.0.70, fd00::1',
              'metallb.io/ip-allocated-from-pool': 'default-pool',
            },
          },
        ),
        status: { loadBalancer: { ingress: [{ ip: '10.0.0.70' }, {}] } },
      },
    ];
    expect(loadBalancersOf(raw)).toEqual([
      {
        ...{ namespace: 'web', name: 'a', addresses: ['10.0.0.70'], loadBalancerClass: '' },
        ...{ pinned: ['10.0.0.70', 'fd00::1'], requested: '', pool: 'default-pool' },
      },
      {
        ...{ namespace: 'web', name: 'b', addresses: [], loadBalancerClass: 'x/y' },
        ...{ pinned: [], requested: '10.0.0.9', pool: '' },
      },
    ]);
  });

  test('Traefik: K3s’ own before others, by label or name, and only as a LoadBalancer', () => {
    const labelled = service('edge', {}, { labels: { 'app.kubernetes.io/name': 'traefik' } });
    const own = service('traefik', {}, { namespace: 'kube-system' });
    expect(traefikOf([labelled, own])).toMatchObject({ namespace: 'kube-system', name: 'traefik' });
    expect(traefikOf([service('other'), labelled])).toMatchObject({ name: 'edge' });
    expect(traefikOf([service('traefik')])).toMatchObject({ namespace: 'web' });
    expect(traefikOf([service('traefik', { type: 'NodePort' }), service('other')])).toBeUndefined();
  });
});

describe('pools and advertisements', () => {
  test('a pool with what is used of it, and whose it is', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'cluster-hosts' };
    const spec = { addresses: ['10.0.0.70-10.0.0.80'], autoAssign: false };
    const status = { assignedIPv4: 3, assignedIPv6: 0, availableIPv4: 8, availableIPv6: 0 };
    expect(
      poolsOf([
        { ...named('a', { labels }), spec, status },
        { ...named('b'), spec },
      ]),
    ).toEqual([
      { name: 'a', ranges: ['10.0.0.70-10.0.0.80'], autoAssign: false, used: 3, total: 11, ours: true },
      { name: 'b', ranges: ['10.0.0.70-10.0.0.80'], autoAssign: false, used: null, total: null, ours: false },
    ]);
  });

  const HOST = 'kubernetes.io/hostname';
  test.each([
    [{}, { pools: [], hasPoolSelectors: false, nodes: undefined }],
    [{ ipAddressPools: ['a'] }, { pools: ['a'] }],
    [{ ipAddressPoolSelectors: [{ matchLabels: { zone: 'x' } }] }, { hasPoolSelectors: true }],
    [{ nodeSelectors: [{ matchLabels: { [HOST]: 'a' } }] }, { nodes: ['a'] }],
    [
      { nodeSelectors: [{ matchExpressions: [{ key: HOST, operator: 'In', values: ['a', 'b'] }] }] },
      { nodes: ['a', 'b'] },
    ],
    [{ nodeSelectors: [{ matchLabels: { [HOST]: 'a' } }, { matchLabels: { zone: 'x' } }] }, { nodes: undefined }],
    [{ interfaces: ['eth0'] }, { interfaces: ['eth0'] }],
  ])('advertisement %j', (spec, facts) => {
    expect(advertisementsOf([{ ...named('x'), spec }], [])).toMatchObject([{ kind: 'L2Advertisement', ...facts }]);
  });

  test('who announces; what names no Service is left out', () => {
    const status = { node: 'turing-2', serviceName: 'traefik', serviceNamespace: 'kube-system' };
    expect(announcersOf([{ status }, { status: { node: 'turing-2' } }, {}])).toEqual([
      { service: 'kube-system/traefik', node: 'turing-2' },
    ]);
  });
});

describe('why pods wait', () => {
  const pod = (...containerStatuses: RawObject[]) => ({ status: { containerStatuses } });
  const waiting = (reason: string, message = '', more: RawObject = {}) =>
    pod({ state: { waiting: { reason, message } }, ...more });

  test.each<[RawObject, readonly string[], string]>([
    [
      waiting('ImagePullBackOff', 'Back-off pulling image "quay.io/metallb/controller:v0.15.3"'),
      ['ImagePullBackOff: Back-off pulling image "quay.io/metallb/controller:v0.15.3"'],
      'The image cannot be pulled: Back-off pulling image "quay.io/metallb/controller:v0.15.3".',
    ],
    [
      waiting('CrashLoopBackOff', 'back-off 5m0s restarting failed container'),
      ['CrashLoopBackOff: back-off 5m0s restarting failed container'],
      'It crashes again and again: back-off 5m0s restarting failed container.',
    ],
    [
      waiting('CrashLoopBackOff', 'back-off 5m0s', {
        restartCount: 4,
        lastState: { terminated: { reason: 'Error', exitCode: 1, message: 'no route\nto host' } },
      }),
      ['CrashLoopBackOff: restarted 4 times, exit code 1: no route to host'],
      'It crashes again and again: restarted 4 times, exit code 1: no route to host.',
    ],
    [
      waiting('CrashLoopBackOff', 'back-off', { restartCount: 1, lastState: { terminated: { reason: 'OOMKilled' } } }),
      ['CrashLoopBackOff: restarted 1 time, OOMKilled'],
      'It crashes again and again: restarted 1 time, OOMKilled.',
    ],
    [
      {
        status: {
          conditions: [
            { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/4 nodes are available.' },
          ],
        },
      },
      ['Unschedulable: 0/4 nodes are available.'],
      'No node has room for it: 0/4 nodes are available.',
    ],
    [waiting('ContainerCreating'), ['ContainerCreating'], 'It is being started.'],
    [
      { status: { initContainerStatuses: [{ state: { terminated: { exitCode: 2 } } }] } },
      ['Terminated: exit code 2'],
      'It runs, but does not get ready: exit code 2.',
    ],
    [
      waiting('CreateContainerConfigError', 'secret "x" not found'),
      ['CreateContainerConfigError: secret "x" not found'],
      'Something that it needs is missing: secret "x" not found.',
    ],
    [waiting('New\u001b[31mReason', 'why'), ['NewReason: why'], 'It is not ready: NewReason: why.'],
  ])('%#', (raw, reasons, sentence) => {
    expect(waitingOf([raw])).toEqual(reasons);
    expect(reasons.map(explainWaiting)).toEqual([sentence]);
  });

  test('nothing for pods that are well, that only start, or that ended as they should', () => {
    expect(
      waitingOf([
        pod({ ready: true, restartCount: 7, lastState: { terminated: { exitCode: 1 } }, state: { running: {} } }),
        pod({ ready: false, restartCount: 0, state: { running: {} } }),
        pod({ ready: false, state: { terminated: { exitCode: 0, reason: 'Completed' } } }),
        { status: { conditions: [{ type: 'PodScheduled', status: 'True' }] } },
      ]),
    ).toEqual([]);
  });

  test('the same of several pods is told once', () => {
    expect(waitingOf([waiting('ErrImagePull', 'x'), waiting('ErrImagePull', 'x')])).toEqual(['ErrImagePull: x']);
  });
});

describe('whatever a cluster sends', () => {
  const FIELDS = ['metadata', 'spec', 'status', 'name', 'namespace', 'labels', 'annotations', 'type', 'containers'];
  const KEYS = fc.constantFrom(
    ...[...FIELDS, 'template', 'conditions', 'containerStatuses', 'state', 'waiting', 'addresses', 'ingress'],
    ...['loadBalancer', 'nodeSelectors', 'matchExpressions', 'webhooks', 'data', 'config.conf', 'replicas', 'value'],
    ...['k3s.io/node-args', 'app.kubernetes.io/component', 'component', 'meta.helm.sh/release-name', '__proto__'],
  );
  const LEAVES = fc.oneof(
    fc.constantFrom('controller', 'speaker', 'metallb', 'LoadBalancer', 'ipvs', 'a', '["server"]', 'mode: ipvs'),
    ...[fc.string(), fc.integer(), fc.constant(null), fc.boolean(), fc.double()],
  );
  const { object } = fc.letrec<{ object: RawObject; value: unknown }>(tie => ({
    object: fc.dictionary(KEYS, tie('value'), { maxKeys: 6 }),
    value: fc.oneof({ depthSize: 'medium' }, LEAVES, tie('object'), fc.array(tie('value'), { maxLength: 4 })),
  }));
  const objects = fc.array(object, { maxLength: 5 });

  property.prop([objects, objects, objects, fc.option(object, { nil: undefined })], { numRuns: RUNS / 10 })(
    'nothing throws',
    (some, others, more, one) => {
      const nodes = nodesOf(some);
      serviceLbOf(others, nodes, true);
      kubeProxyOf(one, nodes, true);
      loadBalancersOf(some);
      traefikOf(others);
      poolsOf(some);
      advertisementsOf(some, others);
      announcersOf(more);
      for (const reason of waitingOf([...some, ...others])) expect(explainWaiting(reason)).toMatch(/^\S.*[.…]$/s);
      const workloads = [...more, { metadata: { labels: { component: 'controller' } }, ...one }];
      const state = { configurationStates: some, pods: others, kinds: ['ipaddresspools'] };
      const found = { deployments: workloads, daemonSets: some, webhook: one, releases: more, helmCharts: others };
      expect(installationOf({ ...found, ...state })).toBeDefined();
    },
  );
});
