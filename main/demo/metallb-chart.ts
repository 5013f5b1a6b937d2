import type { Manifest } from './api/objects.ts';
import { METALLB_CRDS } from './crds.ts';
import { NODE_COUNT } from './k3s.ts';
import { workload } from './manifests.ts';

const VERSION = '0.15.3';
const namespace = 'metallb-system';

const labels = {
  'app.kubernetes.io/name': 'metallb',
  'app.kubernetes.io/instance': 'metallb',
  'app.kubernetes.io/managed-by': 'Helm',
  'app.kubernetes.io/version': `v${VERSION}`,
  'helm.sh/chart': `metallb-${VERSION}`,
};
const annotations = { 'meta.helm.sh/release-name': 'metallb', 'meta.helm.sh/release-namespace': namespace };

/** The kinds that MetalLB's validating webhook looks at; of a pool and an advertisement not the deletion. */
const VALIDATED = ['bgppeer', 'ipaddresspool', 'bgpadvertisement', 'community', 'bfdprofile', 'l2advertisement'];

/** What `helm install metallb metallb/metallb --namespace metallb-system` leaves behind once its pods are up. */
export function metallbChart(): Manifest[] {
  return [
    ...METALLB_CRDS,
    component('Deployment', 'controller', 1),
    component('DaemonSet', 'speaker', NODE_COUNT),
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'metallb-webhook-configuration', labels, annotations },
      webhooks: VALIDATED.map(webhook),
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        namespace,
        name: 'sh.helm.release.v1.metallb.v1',
        labels: { owner: 'helm', name: 'metallb', status: 'deployed', version: '1' },
      },
      type: 'helm.sh/release.v1',
      data: {},
    },
  ];
}

/** A pool `default-pool` of the given range and an advertisement `default` for it. */
export function addressPool(range: string): Manifest[] {
  const apiVersion = 'metallb.io/v1beta1';
  return [
    {
      apiVersion,
      kind: 'IPAddressPool',
      metadata: { namespace, name: 'default-pool' },
      spec: { addresses: [range], autoAssign: true, avoidBuggyIPs: false },
    },
    {
      apiVersion,
      kind: 'L2Advertisement',
      metadata: { namespace, name: 'default' },
      spec: { ipAddressPools: ['default-pool'] },
    },
  ];
}

function component(kind: 'Deployment' | 'DaemonSet', name: string, pods: number): Manifest {
  const metadata = {
    namespace,
    name: `metallb-${name}`,
    labels: { ...labels, 'app.kubernetes.io/component': name },
    annotations,
  };
  return workload(kind, metadata, { name, image: `quay.io/metallb/${name}:v${VERSION}` }, pods);
}

function webhook(kind: string): Record<string, unknown> {
  const path = `/validate-metallb-io-v1beta1-${kind}`;
  return {
    name: `${kind}validationwebhook.metallb.io`,
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { namespace, name: 'metallb-webhook-service', path, port: 443 } },
    failurePolicy: 'Fail',
    sideEffects: 'None',
    timeoutSeconds: 10,
  };
}
