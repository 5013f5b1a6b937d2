import type { Manifest } from './api/objects.ts';
import { METALLB_CRDS } from './crds.ts';
import { type Container, workload } from './manifests.ts';
import type { ReleaseName } from './releases.ts';
import { valueAt } from './values.ts';

type Labels = Readonly<Record<string, string>>;

/** The kinds that MetalLB's validating webhook looks at; of a pool and an advertisement not the deletion. */
const VALIDATED = {
  bgppeers: ['v1beta2', 'bgppeer'],
  ipaddresspools: ['v1beta1', 'ipaddresspool'],
  bgpadvertisements: ['v1beta1', 'bgpadvertisement'],
  communities: ['v1beta1', 'community'],
  bfdprofiles: ['v1beta1', 'bfdprofile'],
  l2advertisements: ['v1beta1', 'l2advertisement'],
} as const;

/** MetalLB's chart, without its RBAC: layer 2, and FRR as the values of 0.15 have it. */
export function metallbChart({ name, namespace }: ReleaseName, version: string, values: unknown): Manifest[] {
  const selector = { 'app.kubernetes.io/name': 'metallb', 'app.kubernetes.io/instance': name };
  const chart = { 'app.kubernetes.io/version': `v${version}`, 'helm.sh/chart': `metallb-${version}` };
  const labels = { ...selector, ...chart };
  const component = (kind: 'Deployment' | 'DaemonSet', of: string, containers: readonly Container[]) => {
    const pods = { ...selector, 'app.kubernetes.io/component': of };
    const fullName = name.includes('metallb') ? name : `${name}-metallb`;
    return workload(kind, { namespace, name: `${fullName}-${of}`, labels: { ...labels, ...pods } }, pods, containers);
  };
  const frr = valueAt(values, 'speaker', 'frr', 'enabled') === false ? [] : [{ name: 'frr', image: FRR }];
  return [
    ...METALLB_CRDS.map(definition => ({ ...definition, metadata: { ...definition.metadata, labels } })),
    ...webhookObjects(namespace, labels, { ...selector, 'app.kubernetes.io/component': 'controller' }),
    component('Deployment', 'controller', [metallbContainer('controller', version)]),
    component('DaemonSet', 'speaker', [metallbContainer('speaker', version), ...frr]),
  ];
}

/** `kubectl apply -f metallb-native.yaml`: other names and labels, and nobody's release. */
export function metallbManifests(version: string): Manifest[] {
  const namespace = 'metallb-system';
  const component = (kind: 'Deployment' | 'DaemonSet', name: string) => {
    const labels = { app: 'metallb', component: name };
    return workload(kind, { namespace, name, labels }, labels, [metallbContainer(name, version)]);
  };
  return [
    ...METALLB_CRDS,
    ...webhookObjects(namespace, {}, { component: 'controller' }),
    component('Deployment', 'controller'),
    component('DaemonSet', 'speaker'),
  ];
}

const FRR = 'quay.io/frrouting/frr:10.4.1';

function metallbContainer(name: string, version: string): Container {
  return { name, image: `quay.io/metallb/${name}:v${version}` };
}

function webhookObjects(namespace: string, labels: Labels, selector: Labels): Manifest[] {
  const ports = [{ port: 443, protocol: 'TCP', targetPort: 9443 }];
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name: 'metallb-webhook-cert', labels }, type: 'Opaque' },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name: 'metallb-webhook-service', labels },
      spec: { type: 'ClusterIP', clusterIP: '10.43.118.9', ports, selector },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'metallb-webhook-configuration', labels },
      webhooks: Object.entries(VALIDATED).map(([plural, [version, singular]]) => ({
        name: `${singular}validationwebhook.metallb.io`,
        admissionReviewVersions: ['v1'],
        clientConfig: {
          service: {
            namespace,
            name: 'metallb-webhook-service',
            path: `/validate-metallb-io-${version}-${singular}`,
            port: 443,
          },
        },
        failurePolicy: 'Fail',
        rules: [
          { apiGroups: ['metallb.io'], apiVersions: [version], operations: ['CREATE', 'UPDATE'], resources: [plural] },
        ],
        sideEffects: 'None',
        timeoutSeconds: 10,
      })),
    },
  ];
}
