import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../../main/cluster/connection.ts';
import { ObjectApi } from '../../../main/cluster/object-api.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { AppError } from '../../../main/errors.ts';
import { readSurvey } from '../../../main/metallb/detect/read-survey.ts';
import { engineFor } from '../../../main/metallb/preflight/engine.ts';
import { runPreflight } from '../../../main/metallb/preflight/run.ts';
import type { PreflightWorld } from '../../../main/metallb/preflight/world.ts';
import type { Installation, Survey } from '../../../main/metallb/survey.ts';
import type { CheckRow } from '../../../preload/installer.ts';
import { connectTo } from '../../demo-connection.ts';
import { BARE, NODES, node, pool, service } from './facts.ts';

let demo: Demo;
let connection: Connection;
let api: ObjectApi;

beforeAll(async () => {
  demo = await startDemo({ scenario: 'empty', paceMs: 1 });
  connection = connectTo(demo);
  api = new ObjectApi(connection, AbortSignal.timeout(60_000));
});

afterAll(async () => {
  connection.close();
  await demo.stop();
});

const HELM = { path: '/usr/bin/helm', version: '3.19.0' };
const TRAEFIK = service('kube-system/traefik', []);

function world(more: Partial<PreflightWorld> = {}): PreflightWorld {
  return {
    api,
    survey: () => readSurvey(api),
    server: '10.0.0.60:6443',
    chartSource: 'https://metallb.github.io/metallb',
    hosts: { way: 'prompt', reason: 'It asks for your password.', path: '/etc/hosts' },
    helm: async () => undefined,
    engine: 'auto',
    signal: new AbortController().signal,
    ...more,
  };
}

const run = (more: Partial<PreflightWorld> = {}, before?: readonly CheckRow[]) =>
  runPreflight(world(more), { onRow: () => {}, ...(before && { before }) });
const rowOf = (rows: readonly CheckRow[], id: string) => rows.find(row => row.id === id);
const seeing = (survey: Partial<Survey>) => ({ survey: async () => ({ ...BARE, traefik: TRAEFIK, ...survey }) });
/** One row, by what a survey says. */
const judge = async (id: string, survey: Partial<Survey>) => rowOf(await run(seeing(survey)), id);

const FOREIGN: Installation = {
  ...{ managedBy: 'helm', ours: false, version: '0.14.9', namespace: 'lb', release: 'lb', mode: 'native' },
  ...{ releaseStatus: 'deployed', releaseSecret: 'sh.helm.release.v1.lb.v1', configurationErrors: [] },
  controller: { wanted: 1, ready: 1, createdAt: 0, waiting: [] },
  speaker: { wanted: 4, ready: 4, createdAt: 0, waiting: [] },
};

describe('a bare K3s', () => {
  test('is ready for everything, and says what it found', async () => {
    const rows = await run();
    expect(rows.map(({ id, state }) => [id, state])).toEqual(
      ['reachable', 'rights', 'engine', 'pull', 'servicelb', 'metallb', 'traefik', 'nodes', 'strict-arp', 'hosts'].map(
        id => [id, 'ready'],
      ),
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      'K3s v1.35.4 at 10.0.0.60:6443.',
      'This user may do all that the installation needs.',
      'K3s installs it, from a HelmChart object.',
      'The chart comes from https://metallb.github.io/metallb and the images from quay.io: the cluster itself fetches them.',
      'It is off on every server.',
      'None is there yet.',
      'kube-system/traefik waits for an address.',
      '4 of 4 may answer: turing-1, turing-2, turing-3, turing-4.',
      'kube-proxy does not work in IPVS mode, so only MetalLB answers ARP.',
      '/etc/hosts: It asks for your password.',
    ]);
  });

  test('each row is told when it begins and when it is known, and the cluster is surveyed once', async () => {
    const told: CheckRow[] = [];
    let surveys = 0;
    const survey = () => {
      surveys += 1;
      return readSurvey(api);
    };
    const rows = await runPreflight(world({ survey }), { onRow: row => told.push(row) });
    expect(told).toHaveLength(2 * rows.length);
    for (const row of rows) {
      const mine = told.filter(({ id }) => id === row.id);
      expect(mine).toEqual([{ id: row.id, title: row.title, state: 'checking', detail: '' }, row]);
    }
    expect(told.slice(0, rows.length).every(({ state }) => state === 'checking')).toBe(true);
    expect(surveys).toBe(1);
  });

  test('once more: only what was not ready is looked at again', async () => {
    const before = (await run({ hosts: { way: 'manual', reason: 'There is no polkit.', path: '/etc/hosts' } })).map(
      row => (row.id === 'nodes' ? { ...row, state: 'blocked' as const } : row),
    );
    const told: string[] = [];
    const rows = await runPreflight(world(), { before, onRow: ({ id, state }) => told.push(`${id} ${state}`) });
    expect(told.sort()).toEqual(['hosts checking', 'hosts ready', 'nodes checking', 'nodes ready']);
    expect(rows.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(rows.every(({ state }) => state === 'ready')).toBe(true);
    expect(rowOf(rows, 'traefik')).toBe(rowOf(before, 'traefik'));
  });
});

describe('rights', () => {
  const forbidding = async (rules: readonly (readonly [resource: string, verb: string])[], more = {}) => {
    const removals = rules.map(([resource, verb]) =>
      demo.faults.add({ resource, verb, fault: { kind: 'answer', code: 403 } }),
    );
    const row = rowOf(await run({ ...seeing({}), ...more }), 'rights');
    for (const remove of removals) remove();
    return row;
  };

  test('a missing one is named, with a role and a binding to be applied at once', async () => {
    const row = await forbidding([
      ['helmcharts', 'create'],
      ['helmcharts', 'patch'],
      ['nodes', 'list'],
    ]);
    expect(row).toMatchObject({
      state: 'blocked',
      detail: 'This user may not list nodes; create, patch helmcharts.helm.cattle.io.',
    });
    const lines = row?.fix?.lines ?? [];
    expect([lines[0], lines.at(-1)]).toEqual(["kubectl apply -f - <<'EOF'", 'EOF']);
    const [role, binding] = loadAll(lines.slice(1, -1).join('\n'));
    expect(role).toMatchObject({ kind: 'ClusterRole', metadata: { name: 'cluster-hosts-metallb' } });
    expect(binding).toEqual({
      ...{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' },
      metadata: { name: 'cluster-hosts-metallb' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-hosts-metallb' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'USER' }],
    });
  });

  test('the role gives all that is needed, since it takes the place of the one before', async () => {
    const [found, unseen] = await Promise.all([
      forbidding([['nodes', 'list']]),
      forbidding([['services', 'list']], seeing({ traefik: undefined, forbidden: ['services'] })),
    ]);
    expect(found?.fix?.lines).toEqual(unseen?.fix?.lines);
    const rule = (resources: string, verb: string) =>
      `  - {apiGroups: [""], resources: [${resources}], verbs: [${verb}]}`;
    expect(found?.fix?.lines).toContain(
      rule('nodes, services, pods, events, secrets, persistentvolumeclaims, configmaps', 'list'),
    );
    expect(found?.fix?.lines).toContain(rule('configmaps, namespaces, services', 'get'));
  });

  test('Services are patched only where Traefik is not K3s’ own', async () => {
    const rule = [['services', 'patch']] as const;
    expect(await forbidding(rule)).toMatchObject({ state: 'ready' });
    expect(await forbidding(rule, seeing({ traefikIsPackaged: false }))).toMatchObject({
      state: 'blocked',
      detail: 'This user may not patch services.',
    });
  });

  test('helm needs an administrator', async () => {
    const byHelm = { engine: 'helm', helm: async () => HELM };
    expect(await forbidding([['nodes', 'list']], byHelm)).toMatchObject({ state: 'ready' });
    const row = await forbidding([['any', '*']], byHelm);
    expect(row).toMatchObject({ state: 'blocked', detail: expect.stringContaining('cluster-admin') });
    const [binding] = loadAll((row?.fix?.lines ?? []).slice(1, -1).join('\n'));
    // A binding cannot be led to another role: it has a name of its own.
    expect(binding).toMatchObject({
      metadata: { name: 'cluster-hosts-metallb-admin' },
      roleRef: { name: 'cluster-admin' },
    });
  });
});

describe('engine', () => {
  const k3s = { metallb: undefined, helmChart: { served: true, fields: [] } };
  const other = { ...k3s, helmChart: { served: false, fields: [] } };
  const ours = (managedBy: Installation['managedBy'], of = k3s) => ({
    ...of,
    metallb: { ...FOREIGN, managedBy, ours: true },
  });
  const old = { ...HELM, version: '3.12.9' };
  const some = ['targetNamespace', 'createNamespace', 'chart', 'timeout'];
  const oldK3s = { ...k3s, helmChart: { served: true, fields: some } };
  const newK3s = { ...k3s, helmChart: { served: true, fields: [...some, 'failurePolicy'] } };

  test.each([
    [k3s, undefined, 'auto', 'helmchart'],
    [k3s, HELM, 'auto', 'helmchart'],
    [k3s, HELM, 'helm', 'helm'],
    [k3s, undefined, 'helm', undefined],
    [other, HELM, 'auto', 'helm'],
    [other, { ...HELM, version: '4.1.4' }, 'auto', 'helm'],
    [other, { ...HELM, version: '3.13.0' }, 'auto', 'helm'],
    [other, old, 'auto', undefined],
    [other, undefined, 'auto', undefined],
    [other, HELM, 'helmchart', undefined],
    // Without the field, K3s would take every pool away with a release that failed.
    [oldK3s, HELM, 'auto', 'helm'],
    [oldK3s, undefined, 'auto', undefined],
    [newK3s, HELM, 'auto', 'helmchart'],
    // What was begun by one is not gone on with by the other.
    [ours('helm'), HELM, 'auto', 'helm'],
    [ours('helm'), undefined, 'auto', undefined],
    [ours('helmchart'), HELM, 'helm', undefined],
    [ours('helmchart'), HELM, 'auto', 'helmchart'],
    [{ ...k3s, metallb: FOREIGN }, undefined, 'auto', 'helmchart'],
  ] as const)('%#', (survey, helm, wish, engine) => {
    expect(engineFor(survey, helm, wish)).toBe(engine);
  });

  test.each<[Partial<Survey>, Partial<PreflightWorld>, string, string]>([
    [other, {}, 'blocked', 'This cluster has no HelmChart objects of K3s, and there is no helm on this computer.'],
    [
      other,
      { helm: async () => old },
      'blocked',
      'This cluster has no HelmChart objects of K3s, and helm 3.12.9 on this computer (/usr/bin/helm) is older than 3.13.',
    ],
    [other, { engine: 'helmchart' }, 'blocked', 'This cluster has no HelmChart objects of K3s.'],
    [k3s, { engine: 'helm' }, 'blocked', 'There is no helm on this computer.'],
    [
      oldK3s,
      {},
      'blocked',
      'The HelmChart objects of this K3s do not know failurePolicy: it is too old, and there is no helm on this computer.',
    ],
    [other, { helm: async () => HELM }, 'ready', 'helm 3.19.0 on this computer (/usr/bin/helm).'],
    [
      ours('helm'),
      { engine: 'helmchart' },
      'blocked',
      'The installation that is there was made by helm, and can only go on by it.',
    ],
  ])('row %#', async (survey, more, state, detail) => {
    expect(rowOf(await run({ ...seeing(survey), ...more }), 'engine')).toMatchObject({ state, detail });
  });

  test('with helm it is this computer that takes the chart', async () => {
    const rows = await run({ ...seeing(other), helm: async () => HELM, chartSource: '/tmp/charts' });
    expect(rowOf(rows, 'pull')?.detail).toBe(
      'This computer takes the chart from /tmp/charts, and the cluster fetches the images from quay.io.',
    );
  });
});

describe('the cluster’s rows', () => {
  const server = (name: string, address: string, ...args: string[]) =>
    node(name, address, { isServer: true, args: ['server', ...args] });

  test('ServiceLB: the lines for each server', async () => {
    const row = await judge('servicelb', {
      nodes: [server('a', '10.0.0.60'), server('b', '10.0.0.61', '--disable', 'traefik'), node('c', '10.0.0.62')],
      serviceLb: { daemonSets: ['svclb-traefik-1'], serversOn: ['a', 'b'] },
    });
    expect(row).toMatchObject({
      state: 'blocked',
      detail: 'It is on (a, b): it and MetalLB would fight over the addresses.',
    });
    expect(row?.fix?.text).toMatch(/others\. b switches off other parts already/);
    const lines = (name: string) => [
      `# on ${name}:`,
      'sudo mkdir -p /etc/rancher/k3s/config.yaml.d',
      String.raw`printf 'disable+:\n  - servicelb\n' | sudo tee /etc/rancher/k3s/config.yaml.d/no-servicelb.yaml`,
      'sudo systemctl restart k3s',
    ];
    expect(row?.fix?.lines).toEqual([...lines('a'), ...lines('b')]);
  });

  test.each<[Partial<Survey>, string, string]>([
    [{ serviceLb: { daemonSets: ['svclb-x'], serversOn: [] }, nodes: [server('a', '')] }, 'blocked', 'It is on: '],
    [{ isK3s: false }, 'ready', 'This is not K3s'],
    [{ forbidden: ['nodes'] }, 'attention', 'cannot be told'],
    [{ nodes: [node('a', '', { isServer: true })] }, 'ready', 'a does not tell how it was started.'],
  ])('ServiceLB %#', async (survey, state, detail) => {
    expect(await judge('servicelb', survey)).toMatchObject({ state, detail: expect.stringContaining(detail) });
  });

  const leftovers: Installation = {
    ...FOREIGN,
    ...{ managedBy: 'leftovers', version: '', release: '', controller: undefined, speaker: undefined },
  };
  test.each<[Partial<Survey>, string, string, string]>([
    [
      { metallb: FOREIGN },
      'blocked',
      'MetalLB 0.14.9 is there already, and is not',
      'installed by Helm as release lb in lb',
    ],
    [{ metallb: FOREIGN, forbidden: ['secrets'] }, 'blocked', 'is there already', 'secrets tell, and may not be read'],
    [{ metallb: leftovers }, 'blocked', 'not removed to its end', 'remove them'],
    [{ forbidden: ['deployments.apps'] }, 'blocked', 'it is not known', 'rights'],
    [{ metallb: leftovers, forbidden: ['deployments.apps'] }, 'blocked', 'it is not known', 'rights'],
    [
      {
        metallb: { ...FOREIGN, ours: true },
        pools: [pool('a', [])],
        advertisements: [
          { kind: 'L2Advertisement', name: 'a', pools: [], hasPoolSelectors: false, nodes: undefined, interfaces: [] },
        ],
      },
      'ready',
      'is there and ready',
      '',
    ],
    [
      { metallb: { ...FOREIGN, ours: true, controller: undefined, speaker: undefined } },
      'ready',
      'the installation goes on from there',
      '',
    ],
  ])('MetalLB %#', async (survey, state, detail, fix) => {
    const row = await judge('metallb', survey);
    expect(row).toMatchObject({ state, detail: expect.stringContaining(detail) });
    expect(row?.fix?.text ?? '').toContain(fix);
  });

  test.each<[Partial<Survey>, string, string]>([
    [{ traefik: undefined }, 'attention', 'No Service of type LoadBalancer'],
    [{ traefik: undefined, forbidden: ['services'] }, 'attention', 'may not be read'],
    [{ traefik: { ...TRAEFIK, loadBalancerClass: 'x/y' } }, 'attention', 'asks for the load balancer x/y'],
    [{ traefik: { ...TRAEFIK, addresses: ['10.0.0.60'] } }, 'attention', '10.0.0.60 already, the address of a node.'],
    [{ traefik: { ...TRAEFIK, addresses: ['10.0.0.99'] } }, 'attention', '10.0.0.99 already, and not of MetalLB.'],
    [
      { traefik: { ...TRAEFIK, addresses: ['10.0.0.70'], pool: 'a' }, pools: [pool('a', [])] },
      'ready',
      '10.0.0.70, of MetalLB',
    ],
  ])('Traefik %#', async (survey, state, detail) => {
    expect(await judge('traefik', survey)).toMatchObject({ state, detail: expect.stringContaining(detail) });
  });

  const excluded = node('x', '10.0.0.9', { excluded: true });
  test.each<[Partial<Survey>, string, string]>([
    [{ nodes: [excluded] }, 'blocked', 'No node may answer for an address. Labelled to be left out: x.'],
    [{ nodes: [node('x', '', { ready: false })] }, 'blocked', 'No node is ready'],
    [
      { nodes: [...NODES, excluded] },
      'attention',
      '4 of 5 may answer: turing-1, turing-2, turing-3, turing-4. Labelled to be left out: x.',
    ],
    [{ nodes: [...NODES, node('x', '', { ready: false })] }, 'attention', 'Not ready: x.'],
    [{ nodes: [] }, 'attention', 'may not be read'],
  ])('nodes %#', async (survey, state, detail) => {
    const row = await judge('nodes', survey);
    expect(row).toMatchObject({ state, detail: expect.stringContaining(detail) });
    if (survey.nodes?.includes(excluded))
      expect(row?.fix?.lines).toEqual([
        'kubectl label node x node.kubernetes.io/exclude-from-external-load-balancers-',
      ]);
  });

  test.each<[Survey['kubeProxy'], boolean, string, string]>([
    ['ipvs-loose', true, 'attention', 'kube-proxy-arg+:'],
    ['ipvs-loose', false, 'attention', 'strictARP: true'],
    ['ipvs-strict', true, 'ready', ''],
    ['unknown', false, 'ready', ''],
  ])('kube-proxy %s', async (kubeProxy, isK3s, state, line) => {
    const row = await judge('strict-arp', { kubeProxy, isK3s });
    expect(row?.state).toBe(state);
    expect(row?.fix?.lines.join('\n') ?? '').toContain(line);
  });
});

test('images that cannot be fetched elsewhere are told', async () => {
  const namespace = 'media';
  demo.cluster.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name: 'jellyfin-0' },
    status: { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }] },
  });
  const row = rowOf(await run(), 'pull');
  demo.cluster.remove('pods', namespace, 'jellyfin-0');
  expect(row).toMatchObject({
    state: 'attention',
    detail: expect.stringContaining('Other images cannot be fetched there: media/jellyfin-0.'),
  });
});

test('a hosts file that is written by hand is to be known before', async () => {
  const rows = await run({ hosts: { way: 'manual', reason: 'There is no polkit.', path: '/etc/hosts' } });
  expect(rowOf(rows, 'hosts')).toMatchObject({ state: 'attention', detail: '/etc/hosts: There is no polkit.' });
});

describe('a cluster that does not answer', () => {
  test('blocks all that has to be asked of it, in its own words', async () => {
    const survey = async () => {
      throw new AppError('unreachable', 'Nothing answers at 10.0.0.60:6443.', 'Is the server on?');
    };
    const rows = await run({ survey });
    expect(rowOf(rows, 'reachable')).toMatchObject({
      state: 'blocked',
      detail: 'Nothing answers at 10.0.0.60:6443.',
      fix: { text: 'Is the server on?', lines: [] },
    });
    expect(rowOf(rows, 'nodes')).toMatchObject({
      state: 'blocked',
      detail: 'It could not be looked at: Nothing answers at 10.0.0.60:6443.',
    });
    expect(rowOf(rows, 'hosts')?.state).toBe('ready');
  });

  test('over the wire: it fails, it hangs up', async () => {
    const remove = demo.faults.add({ resource: 'services', verb: 'list', fault: { kind: 'answer', code: 500 } });
    const failing = rowOf(await run(), 'reachable');
    remove();
    expect(failing).toMatchObject({
      state: 'blocked',
      detail: expect.stringMatching(/^The cluster answers with 500: /),
    });
    await demo.server.stop();
    const gone = rowOf(await run(), 'reachable');
    await demo.server.start();
    expect(gone).toMatchObject({ state: 'blocked', detail: 'The cluster does not answer.' });
    expect(rowOf(await run(), 'reachable')?.state).toBe('ready');
  });

  test('what is interrupted, or a fault of this program, is thrown', async () => {
    const signal = AbortSignal.abort();
    const stopped = new ObjectApi(connection, signal);
    await expect(run({ api: stopped, survey: () => readSurvey(stopped), signal })).rejects.toBe(signal.reason);
    const survey = async (): Promise<Survey> => {
      throw new TypeError('a bug');
    };
    await expect(run({ survey })).rejects.toThrow('a bug');
  });
});
