import { describe, expect, test } from 'vitest';
import type { RawObject } from '../../../main/cluster/object-api.ts';
import { installationOf, isUnready, type MetallbObjects } from '../../../main/metallb/detect/installation.ts';
import { ownerAdvice } from '../../../main/metallb/detect/owner-advice.ts';
import type { Installation } from '../../../main/metallb/survey.ts';

const NOTHING: MetallbObjects = {
  ...{ deployments: [], daemonSets: [], configurationStates: [], pods: [] },
  ...{ webhook: undefined, releases: [], helmCharts: [], kinds: [] },
};
const OURS = { 'app.kubernetes.io/managed-by': 'cluster-hosts' };
const BY_HELM = {
  'meta.helm.sh/release-name': 'metallb',
  'meta.helm.sh/release-namespace': 'metallb-system',
};
const WEBHOOK = { webhooks: [{ clientConfig: { service: { namespace: 'lb' } } }] };
const KINDS = ['ipaddresspools', 'l2advertisements'];

interface About {
  readonly labels?: RawObject;
  readonly annotations?: RawObject;
  readonly image?: string;
}

function controller({ labels = {}, annotations = {}, image = 'quay.io/metallb/controller:v0.15.3' }: About = {}) {
  return {
    metadata: {
      ...{ namespace: 'metallb-system', name: 'controller', annotations, creationTimestamp: '2026-11-02T10:00:00Z' },
      ...{ generation: 2, labels: { component: 'controller', ...labels } },
    },
    spec: { replicas: 1, template: { spec: { containers: [{ name: 'controller', image }] } } },
    status: { observedGeneration: 2, readyReplicas: 1 },
  };
}

function speaker(status: RawObject, containers: readonly RawObject[] = []) {
  const labels = { 'app.kubernetes.io/component': 'speaker' };
  const metadata = { namespace: 'metallb-system', name: 'speaker', labels };
  return { metadata, spec: { template: { spec: { containers } } }, status };
}

function release(revision: number, status: string, more: RawObject = {}, name = 'metallb') {
  const labels = { owner: 'helm', name, status, version: String(revision), ...more };
  return { metadata: { namespace: 'metallb-system', name: `sh.helm.release.v1.${name}.v${revision}`, labels } };
}

function helmChart(spec: RawObject, labels: RawObject = {}, name = 'metallb') {
  return { metadata: { namespace: 'kube-system', name, labels }, spec };
}

const OF_K3S = { chart: 'metallb', version: 'v0.15.3', targetNamespace: 'metallb-system' };

describe('whose it is', () => {
  test.each<[string, Partial<MetallbObjects>, Partial<Installation>]>([
    ['manifests', { deployments: [controller()] }, { managedBy: 'manifests', ours: false, release: '' }],
    [
      'the operator',
      { deployments: [controller()], kinds: [...KINDS, 'metallbs'] },
      { managedBy: 'operator', ours: false },
    ],
    [
      'Argo CD, though there are marks of Helm too',
      { deployments: [controller({ labels: { 'argocd.argoproj.io/instance': 'lb' }, annotations: BY_HELM })] },
      { managedBy: 'argocd', release: 'lb', ours: false },
    ],
    [
      'Argo CD, by its annotation',
      { deployments: [controller({ annotations: { 'argocd.argoproj.io/tracking-id': 'lb:apps/Deployment:x/y' } })] },
      { managedBy: 'argocd', release: 'lb' },
    ],
    [
      'Flux',
      { deployments: [controller({ labels: { 'helm.toolkit.fluxcd.io/name': 'lb' }, annotations: BY_HELM })] },
      { managedBy: 'flux', release: 'lb' },
    ],
    [
      'Helm',
      {
        deployments: [controller({ annotations: BY_HELM })],
        releases: [release(9, 'superseded'), release(10, 'deployed'), release(11, 'failed', {}, 'other')],
      },
      {
        ...{ managedBy: 'helm', ours: false, release: 'metallb', releaseStatus: 'deployed' },
        releaseSecret: 'sh.helm.release.v1.metallb.v10',
      },
    ],
    [
      'Helm, by us: the newest revision decides',
      {
        deployments: [controller({ annotations: BY_HELM })],
        releases: [release(2, 'deployed', OURS), release(1, 'superseded')],
      },
      { managedBy: 'helm', ours: true },
    ],
    [
      'Helm, and somebody else has upgraded what was ours',
      {
        deployments: [controller({ annotations: BY_HELM })],
        releases: [release(2, 'deployed'), release(1, 'superseded', OURS)],
      },
      { managedBy: 'helm', ours: false },
    ],
    [
      'Helm, a release of the same name elsewhere, beside one of ours that is left over',
      {
        deployments: [controller({ annotations: { ...BY_HELM, 'meta.helm.sh/release-namespace': 'lb' } })],
        releases: [release(1, 'failed', OURS)],
      },
      { managedBy: 'helm', ours: false },
    ],
    [
      'K3s’ HelmChart',
      { deployments: [controller({ annotations: BY_HELM })], helmCharts: [helmChart(OF_K3S)] },
      { managedBy: 'helmchart', ours: false, release: 'metallb' },
    ],
    [
      'K3s’ HelmChart of ours',
      { deployments: [controller({ annotations: BY_HELM })], helmCharts: [helmChart(OF_K3S, OURS)] },
      { managedBy: 'helmchart', ours: true },
    ],
    [
      'a HelmChart that installs elsewhere says nothing of it',
      {
        deployments: [controller({ annotations: BY_HELM })],
        helmCharts: [helmChart({ ...OF_K3S, targetNamespace: 'other' }, OURS)],
      },
      { managedBy: 'helm', ours: false },
    ],
    [
      'a HelmChart of ours without effect yet',
      { helmCharts: [helmChart(OF_K3S, OURS)] },
      { managedBy: 'helmchart', ours: true, version: '0.15.3', namespace: 'metallb-system' },
    ],
    [
      'a HelmChart of another name, by its chart',
      { helmCharts: [helmChart({ chart: 'https://x/metallb-0.14.9.tgz', targetNamespace: 'lb' }, OURS, 'lb')] },
      { managedBy: 'helmchart', ours: false, release: 'lb', namespace: 'lb' },
    ],
    [
      'a Helm that was killed before it made anything',
      { releases: [release(1, 'pending-install', OURS)] },
      { managedBy: 'helm', ours: true, releaseStatus: 'pending-install' },
    ],
    ['kinds alone', { kinds: KINDS }, { managedBy: 'leftovers', ours: false, version: '' }],
    ['a webhook alone', { webhook: WEBHOOK }, { managedBy: 'leftovers', namespace: 'lb' }],
    ['a speaker alone', { daemonSets: [speaker({})], kinds: KINDS }, { managedBy: 'manifests' }],
  ])('%s', (_, objects, facts) => {
    const found = installationOf({ ...NOTHING, ...objects });
    expect(found).toMatchObject(facts);
    expect(found && ownerAdvice(found)).toMatch(/^It.*\.$/);
  });

  test.each<[string, Partial<MetallbObjects>]>([
    ['nothing', {}],
    ['other charts', { helmCharts: [helmChart({ chart: 'traefik' }, {}, 'traefik')] }],
    ['a chart with a like name', { helmCharts: [helmChart({ chart: 'metallb-pools' }, {}, 'pools')] }],
    ['a release that was uninstalled', { releases: [release(3, 'uninstalled', OURS)] }],
    ['a Secret that only looks like one', { releases: [{ metadata: { name: 'x', labels: { name: 'metallb' } } }] }],
  ])('none: %s', (_, objects) => {
    expect(installationOf({ ...NOTHING, ...objects })).toBeUndefined();
  });

  test('what a foreign one is told', () => {
    const found = installationOf({ ...NOTHING, deployments: [controller({ annotations: BY_HELM })] });
    expect(found && ownerAdvice(found)).toBe(
      'It was installed by Helm as release metallb in metallb-system: change it there, with helm.',
    );
  });
});

describe('how it stands', () => {
  const only = (objects: Partial<MetallbObjects>) => installationOf({ ...NOTHING, ...objects });

  test.each([
    [controller({ labels: { 'app.kubernetes.io/version': 'v0.16.1' } }), '0.16.1'],
    [controller({ image: 'registry.lan:5000/metallb/controller:v0.14.9@sha256:abc' }), '0.14.9'],
    [controller({ image: 'controller' }), ''],
  ])('version %#', (deployment, version) => {
    expect(only({ deployments: [deployment] })?.version).toBe(version);
  });

  test('ready, with its age', () => {
    const found = only({
      deployments: [controller()],
      daemonSets: [speaker({ desiredNumberScheduled: 4, numberReady: 4 })],
    });
    expect(found?.controller).toEqual({ wanted: 1, ready: 1, createdAt: Date.UTC(2026, 10, 2, 10), waiting: [] });
    expect(found?.speaker).toMatchObject({ wanted: 4, ready: 4 });
    expect(found && isUnready(found)).toBe(false);
  });

  test('figures of an older generation do not count', () => {
    const deployment = { ...controller(), status: { observedGeneration: 1, readyReplicas: 1 } };
    const found = only({ deployments: [deployment] });
    expect(found?.controller).toMatchObject({ wanted: 1, ready: 0 });
    expect(found && isUnready(found)).toBe(true);
  });

  test('of the pods, each workload has its own', () => {
    const pod = (component: string, reason: string) => ({
      metadata: { labels: { component } },
      status: { containerStatuses: [{ state: { waiting: { reason } } }] },
    });
    const found = only({
      deployments: [{ ...controller(), status: {} }],
      daemonSets: [speaker({ desiredNumberScheduled: 0 })],
      pods: [pod('controller', 'ErrImagePull'), pod('speaker', 'CrashLoopBackOff')],
    });
    expect(found?.controller?.waiting).toEqual(['ErrImagePull']);
    expect(found?.speaker?.waiting).toEqual(['CrashLoopBackOff']);
  });

  test.each([
    [[{ name: 'speaker' }], 'native'],
    [[{ name: 'speaker' }, { name: 'frr' }], 'frr'],
    [[{ name: 'speaker', env: [{ name: 'METALLB_BGP_TYPE', value: 'frr-k8s' }] }], 'frr-k8s'],
    [[{ name: 'speaker', env: [{ name: 'METALLB_BGP_TYPE', value: 'native' }] }], 'native'],
  ])('mode of %j', (containers, mode) => {
    expect(only({ daemonSets: [speaker({}, containers)] })?.mode).toBe(mode);
  });

  test('errors of its configuration, each once', () => {
    const state = (result: string, errorSummary: string) => ({ status: { result, errorSummary } });
    const configurationStates = [state('Invalid', 'overlap'), state('Invalid', 'overlap'), state('Valid', '')];
    expect(only({ deployments: [controller()], configurationStates })?.configurationErrors).toEqual(['overlap']);
  });
});
