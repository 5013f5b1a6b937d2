import { type ListMetadata, metadataOf } from './metadata.ts';
import { addressesOf, type Ingress, items, type Service, type StoredObject } from './objects.ts';
import { groupResource, type Resource } from './resources.ts';

type Column = readonly [name: string, cell: (object: StoredObject) => string];

/** Columns between Name and Age, for the kinds that people look at; the others have none. */
const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  namespaces: [['Status', ({ status }) => text(status, 'phase')]],
  nodes: [
    ['Status', () => 'Ready'],
    ['Version', ({ status }) => text(status, 'nodeInfo', 'kubeletVersion')],
  ],
  services: [
    ['Type', ({ spec }) => text(spec, 'type')],
    ['External-IP', externalAddress],
    ['Port(s)', ports],
  ],
  events: [
    ['Type', ({ type }) => text(type)],
    ['Reason', ({ reason }) => text(reason)],
    ['Object', ({ involvedObject }) => `${text(involvedObject, 'kind').toLowerCase()}/${text(involvedObject, 'name')}`],
    ['Message', ({ message }) => text(message)],
  ],
  'ingresses.networking.k8s.io': [
    ['Class', ({ spec }) => text(spec, 'ingressClassName')],
    ['Hosts', hosts],
    ['Address', ingress => addressesOf(ingress).join(',')],
  ],
  'ipaddresspools.metallb.io': [['Addresses', ({ spec }) => text(spec, 'addresses')]],
};

/** A meta.k8s.io/v1 Table: what `kubectl get` prints. */
export function toTable(resource: Resource, metadata: ListMetadata, objects: readonly StoredObject[]): unknown {
  const columns: readonly Column[] = [
    ['Name', object => object.metadata.name],
    ...(COLUMNS[groupResource(resource)] ?? []),
    ['Age', object => age(object.metadata.creationTimestamp)],
  ];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(([name]) => ({
      name,
      type: 'string',
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority: 0,
    })),
    rows: objects.map(object => ({ cells: columns.map(([, cell]) => cell(object)), object: metadataOf(object) })),
  };
}

/** The value at a path as text, `<none>` where there is nothing. */
function text(value: unknown, ...path: readonly string[]): string {
  const found = path.reduce<unknown>((parent, key) => (Object(parent) as Record<string, unknown>)[key], value);
  return found === undefined || found === null ? '<none>' : String(found);
}

function externalAddress(service: Service): string {
  const addresses = addressesOf(service).join(',');
  return addresses || (service.spec?.type === 'LoadBalancer' ? '<pending>' : '<none>');
}

function ports({ spec }: Service): string {
  return items(spec?.ports)
    .map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`)
    .join(',');
}

function hosts({ spec }: Ingress): string {
  return items(spec?.rules)
    .map(({ host = '*' }) => host)
    .join(',');
}

/** `40s`, `12m`, `5h`, `3d`. */
function age(since: string): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 120 * 60) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}
