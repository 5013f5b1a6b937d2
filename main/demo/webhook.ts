import type { DemoCluster, Write } from './api/cluster.ts';
import { items, type StoredObject } from './api/objects.ts';
import { StatusError } from './api/status-error.ts';
import { hasReadyEndpoint } from './endpoints.ts';
import { validate } from './metallb-validation.ts';
import type { Ills } from './troubles.ts';

interface WebhookConfiguration extends StoredObject {
  readonly webhooks?: readonly Webhook[];
}

interface Webhook {
  readonly name: string;
  readonly failurePolicy?: string;
  readonly timeoutSeconds?: number;
  readonly clientConfig?: {
    readonly service?: {
      readonly namespace: string;
      readonly name: string;
      readonly path?: string;
      readonly port?: number;
    };
  };
  readonly rules?: readonly {
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly operations?: readonly string[];
  }[];
}

/** Where MetalLB's webhook finds its certificate: empty until the controller has made one. */
export const CERTIFICATE = 'metallb-webhook-cert';

const NOT_DIALLED = 'connect: connection refused';

/**
 * MetalLB's validating webhook as the API server meets it. Throws 500 in the API server's words while nothing serves,
 * 403 with MetalLB's reason for what it does not take.
 */
export function askWebhooks(cluster: DemoCluster, ills: Ills, write: Write): void {
  for (const { webhooks } of cluster.list<WebhookConfiguration>('validatingwebhookconfigurations')) {
    for (const webhook of items(webhooks)) {
      if (items(webhook.rules).some(rule => matches(rule, write))) ask(cluster, ills, webhook, write);
    }
  }
}

function matches({ apiGroups, resources, operations }: NonNullable<Webhook['rules']>[number], write: Write): boolean {
  const { group, plural } = write.resource;
  return (
    items(apiGroups).includes(group) && items(resources).includes(plural) && items(operations).includes(write.operation)
  );
}

function ask(cluster: DemoCluster, ills: Ills, webhook: Webhook, write: Write): void {
  const { name, failurePolicy, timeoutSeconds = 10 } = webhook;
  const { namespace = '', name: service = '', path = '', port = 443 } = webhook.clientConfig?.service ?? {};
  const silence = whyNobodyAnswers(cluster, ills, namespace, service);
  if (silence !== undefined) {
    if (failurePolicy === 'Ignore') return;
    const url = `https://${service}.${namespace}.svc:${port}${path}?timeout=${timeoutSeconds}s`;
    const call = `failed calling webhook "${name}": failed to call webhook: Post "${url}": ${silence}`;
    throw new StatusError(500, `Internal error occurred: ${call}`);
  }
  const problem = validate(cluster, namespace, write);
  if (problem !== undefined) throw new StatusError(403, `admission webhook "${name}" denied the request: ${problem}`);
}

function whyNobodyAnswers(cluster: DemoCluster, ills: Ills, namespace: string, service: string): string | undefined {
  const found = cluster.get('services', namespace, service) as { spec?: { clusterIP?: string } } | undefined;
  if (!found) return `service "${service}" not found`;
  if (!hasReadyEndpoint(cluster, namespace, service)) return `no endpoints available for service "${service}"`;
  const hasCertificate = cluster.get('secrets', namespace, CERTIFICATE)?.data !== undefined;
  return hasCertificate && !ills.webhookIsSilent ? undefined : `dial tcp ${found.spec?.clusterIP}:443: ${NOT_DIALLED}`;
}
