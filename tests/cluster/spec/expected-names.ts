import type { KubeObject } from '../client/api.ts';
import { CLUSTER } from './product.ts';

interface View extends KubeObject {
  readonly spec: {
    readonly type?: string;
    readonly rules?: readonly { readonly host?: string }[];
    readonly routes?: readonly { readonly match: string }[];
  };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly unknown[] } };
}

/** The names that the specs' objects ask for by kubectl's word, computed by rules as simple as can be. */
export function expectedNames(objects: readonly KubeObject[]): string[] {
  const names = (objects as readonly View[]).flatMap(object => {
    if (object.kind === 'Ingress') return (object.spec.rules ?? []).map(({ host }) => host ?? '');
    if (object.kind === 'IngressRoute') return (object.spec.routes ?? []).map(({ match }) => match.split('`')[1] ?? '');
    const annotations = object.metadata.annotations as Record<string, string> | undefined;
    const hostname = annotations?.['external-dns.kubernetes.io/hostname'];
    return hostname !== undefined && object.status?.loadBalancer?.ingress ? [hostname] : [];
  });
  return [...new Set([CLUSTER, `${CLUSTER}.local`, ...names])].sort();
}
