import { expect, onTestFinished, test } from 'vitest';
import { ObjectApi } from '../../../main/cluster/object-api.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { readSurvey } from '../../../main/metallb/detect/read-survey.ts';
import { metallbStatus } from '../../../main/metallb/status.ts';
import { connectTo } from '../../demo-connection.ts';
import { eventually } from '../demo/client.ts';

async function start(scenario: 'home' | 'empty'): Promise<{ demo: Demo; api: ObjectApi }> {
  const demo = await startDemo({ scenario, paceMs: 1 });
  const connection = connectTo(demo);
  onTestFinished(async () => {
    connection.close();
    await demo.stop();
  });
  return { demo, api: new ObjectApi(connection, AbortSignal.timeout(20_000)) };
}

test('a home lab: who is there, what it gives, who answers', async () => {
  const { api } = await start('home');
  const survey = await readSurvey(api);
  expect(survey).toMatchObject({
    version: 'v1.35.4+k3s1',
    isK3s: true,
    traefik: { namespace: 'kube-system', name: 'traefik', addresses: ['10.0.0.70'], pool: 'default-pool' },
    traefikIsPackaged: true,
    serviceLb: { daemonSets: [], serversOn: [] },
    metallb: {
      ...{ managedBy: 'helmchart', ours: true, version: '0.15.3', namespace: 'metallb-system', release: 'metallb' },
      ...{ releaseStatus: 'deployed', releaseSecret: 'sh.helm.release.v1.metallb.v1', mode: 'native' },
      ...{ controller: { wanted: 1, ready: 1, waiting: [] }, speaker: { wanted: 4, ready: 4 } },
    },
    pools: [{ name: 'default-pool', ranges: ['10.0.0.70-10.0.0.80'], total: 11, ours: true }],
    advertisements: [{ kind: 'L2Advertisement', name: 'default', pools: ['default-pool'], nodes: undefined }],
    helmChart: { served: true },
    kubeProxy: 'other',
    forbidden: [],
  });
  expect(survey.nodes.map(({ name, isServer, ready }) => [name, isServer, ready])).toEqual([
    ['turing-1', true, true],
    ['turing-2', false, true],
    ['turing-3', false, true],
    ['turing-4', false, true],
  ]);
  expect(survey.announcers).toContainEqual({ service: 'kube-system/traefik', node: expect.stringMatching(/^turing-/) });
  expect(metallbStatus(survey)).toMatchObject({ state: 'ready', problems: [] });
});

test('a bare K3s', async () => {
  const { api } = await start('empty');
  const survey = await readSurvey(api);
  expect(survey).toMatchObject({
    traefik: { namespace: 'kube-system', name: 'traefik', addresses: [] },
    ...{ metallb: undefined, pools: [], advertisements: [], announcers: [], forbidden: [] },
    helmChart: { served: true },
  });
  expect(metallbStatus(survey).state).toBe('absent');
});

test('ServiceLB at work: its DaemonSet, and the server that does not switch it off', async () => {
  const { demo, api } = await start('empty');
  demo.troubles.serviceLb(true);
  await eventually(async () => (await readSurvey(api)).serviceLb).toEqual({
    daemonSets: [expect.stringMatching(/^svclb-traefik-/)],
    serversOn: ['turing-1'],
  });
  demo.troubles.serviceLb(false);
  await eventually(async () => (await readSurvey(api)).serviceLb).toEqual({ daemonSets: [], serversOn: [] });
});

test.each([
  ['manifests', { managedBy: 'manifests', ours: false, version: '0.14.9', release: '', mode: 'native' }],
  [
    'helm',
    { managedBy: 'helm', ours: false, version: '0.14.9', release: 'lb', releaseStatus: 'deployed', mode: 'frr' },
  ],
] as const)('somebody else’s, by %s', async (how, facts) => {
  const { demo, api } = await start('empty');
  demo.troubles.foreignMetallb(how);
  await eventually(async () => (await readSurvey(api)).metallb).toMatchObject({
    ...facts,
    ...{ namespace: 'metallb-system', controller: { ready: 1 }, speaker: { ready: 4 } },
  });
});

test('another Traefik is not K3s’ own, though that one is there without a load balancer', async () => {
  const { api } = await start('empty');
  expect(await readSurvey(api)).toMatchObject({ traefik: { namespace: 'kube-system' }, traefikIsPackaged: true });
  await api.remove('/api/v1/namespaces/kube-system/services/traefik');
  const metadata = { name: 'traefik' };
  const spec = { type: 'LoadBalancer', ports: [{ port: 80 }] };
  await api.create('/api/v1/namespaces/default/services', { apiVersion: 'v1', kind: 'Service', metadata, spec });
  expect(await readSurvey(api)).toMatchObject({ traefik: { namespace: 'default' }, traefikIsPackaged: false });
});

test('pods are asked only where something does not run, and then they say why', async () => {
  const { demo, api } = await start('home');
  const PODS = '/api/v1/namespaces/metallb-system/pods';
  await readSurvey(api);
  expect(demo.server.traffic.count('list', PODS)).toBe(0);
  demo.troubles.imagesCannotBePulled('metallb-controller');
  await eventually(async () => (await readSurvey(api)).metallb?.controller).toMatchObject({
    ready: 0,
    waiting: [expect.stringMatching(/^(ImagePullBackOff|ErrImagePull): /)],
  });
  expect(metallbStatus(await readSurvey(api)).problems).toEqual([
    expect.stringContaining('The image cannot be pulled: '),
  ]);
});

test('what may not be read is named, and the rest is there all the same', async () => {
  const { demo, api } = await start('home');
  const forbid = (resource: string) => demo.faults.add({ resource, verb: 'any', fault: { kind: 'answer', code: 403 } });
  for (const kind of ['secrets', 'daemonsets.apps', 'validatingwebhookconfigurations']) forbid(kind);
  const survey = await readSurvey(api);
  expect(survey.forbidden).toEqual([
    'daemonsets.apps',
    'secrets',
    'validatingwebhookconfigurations.admissionregistration.k8s.io',
  ]);
  const metallb = { managedBy: 'helmchart', release: 'metallb', releaseStatus: '', speaker: undefined };
  expect(survey.metallb).toMatchObject(metallb);
  expect(metallbStatus(survey).problems).toEqual([expect.stringContaining('DaemonSets may not be read')]);
});

test('where the controller may not be seen, it is not known how it stands', async () => {
  const { demo, api } = await start('empty');
  demo.troubles.foreignMetallb('manifests');
  demo.faults.add({ resource: 'deployments', verb: 'list', fault: { kind: 'answer', code: 403 } });
  expect(metallbStatus(await readSurvey(api)).state).toBe('unknown');
});

test('of Helm’s Secrets nothing is asked for but the labels', async () => {
  const { demo, api } = await start('empty');
  demo.cluster.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace: 'metallb-system',
      name: 'sh.helm.release.v1.metallb.v1',
      labels: {
        ...{ owner: 'helm', name: 'metallb', status: 'pending-install', version: '1' },
        'app.kubernetes.io/managed-by': 'cluster-hosts',
      },
    },
    type: 'helm.sh/release.v1',
  });
  const asked: string[] = [];
  const connection = connectTo(demo);
  onTestFinished(() => connection.close());
  const listening = new ObjectApi(
    {
      send: (call, signal) => {
        if (call.path.includes('/secrets')) asked.push(call.accept);
        return connection.send(call, signal);
      },
    },
    AbortSignal.timeout(20_000),
  );
  const { metallb } = await readSurvey(listening);
  expect(metallb).toMatchObject({ managedBy: 'helm', ours: true, releaseStatus: 'pending-install' });
  expect(asked).toEqual([expect.stringContaining('as=PartialObjectMetadataList')]);
  expect(metallb).toEqual((await readSurvey(api)).metallb);
});

test('a server that fails is no cluster without MetalLB', async () => {
  const { demo, api } = await start('home');
  demo.faults.add({ resource: 'deployments', verb: 'list', fault: { kind: 'answer', code: 500 } });
  await expect(readSurvey(api)).rejects.toMatchObject({ status: 500 });
});
