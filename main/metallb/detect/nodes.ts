import { nodeFields } from '../../cluster/fields.ts';
import { annotationsOf, type RawObject } from '../../cluster/object-api.ts';
import { list, objectName, record, text } from '../../cluster/raw.ts';
import type { NodeFacts } from '../survey.ts';

/** kubeadm sets it on control planes, with an empty value; MetalLB asks only whether it is there. */
export const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Labels of servers: K3s sets the first, old clusters the second. */
const SERVER_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** Nodes by name; what has no name is left out. */
export function nodesOf(raw: readonly RawObject[]): readonly NodeFacts[] {
  return raw.flatMap(each => nodeOf(each) ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** True where a kubelet of K3s reports its version. */
export function runsK3s(version: string, nodes: readonly RawObject[]): boolean {
  const kubelets = nodes.map(node => text(record(record(node.status).nodeInfo).kubeletVersion));
  return [version, ...kubelets].some(each => each.includes('+k3s'));
}

function nodeOf(raw: RawObject): NodeFacts | undefined {
  const name = objectName(raw);
  if (name === undefined) return undefined;
  const { addresses, ready } = nodeFields(raw, name);
  const labels = record(record(raw.metadata).labels);
  const args = argsOf(annotationsOf(raw)['k3s.io/node-args']);
  return {
    ...{ name: name.name, ready, addresses, args },
    isServer: args?.[0] === 'server' || SERVER_LABELS.some(label => label in labels),
    excluded: EXCLUDED in labels,
  };
}

/** The annotation is a JSON array; K3s puts the config file's values and `--a=b` in as items of their own. */
function argsOf(annotation: string | undefined): readonly string[] | undefined {
  if (annotation === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(annotation);
    return Array.isArray(parsed) ? list(parsed).map(text) : undefined;
  } catch {
    return undefined;
  }
}
