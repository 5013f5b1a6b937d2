import { annotationsOf, labelsOf, type ObjectApi, type RawObject } from '../../cluster/object-api.ts';
import { list, record, text } from '../../cluster/raw.ts';
import { NAMESPACE, RELEASE } from '../objects.ts';

/** What people put into a namespace, by the path of its API. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  '/apis/apps/v1': ['deployments', 'daemonsets', 'statefulsets'],
  '/apis/batch/v1': ['jobs', 'cronjobs'],
  '/api/v1': ['pods', 'services', 'persistentvolumeclaims', 'configmaps', 'secrets'],
};

/**
 * What is in MetalLB's namespace beside MetalLB, and would go with it: `deployments/guest`. A kind that may not be read
 * may hold something.
 */
export async function guestsIn(api: ObjectApi): Promise<readonly string[]> {
  const kinds = Object.entries(KINDS).flatMap(([path, plurals]) => plurals.map(plural => [path, plural] as const));
  const found = kinds.map(async ([path, plural]) => {
    const items = await api.list(`${path}/namespaces/${NAMESPACE}/${plural}`, 'metadata');
    if (items === undefined) return [`${plural}, which may not be read`];
    return items.filter(isGuest).map(item => `${plural}/${nameOf(item)}`);
  });
  return (await Promise.all(found)).flat();
}

/** Neither of MetalLB, nor kept there by Kubernetes, nor going with what owns it. */
function isGuest(item: RawObject): boolean {
  const labels = labelsOf(item);
  return !(
    list(record(item.metadata).ownerReferences).length > 0 ||
    labels['app.kubernetes.io/name'] === 'metallb' ||
    (labels.owner === 'helm' && labels.name === RELEASE) ||
    ['kube-root-ca.crt', 'metallb-memberlist'].includes(nameOf(item)) ||
    annotationsOf(item)['kubernetes.io/service-account.name'] !== undefined
  );
}

function nameOf(item: RawObject): string {
  return text(record(item.metadata).name);
}
