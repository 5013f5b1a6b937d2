import type {
  Annotations,
  Gateway,
  GatewayRoute,
  GatewayRouteKind,
  Ingress,
  IngressClass,
  IngressRoute,
  IPAddressPool,
  LoadBalancerIngress,
  Node,
  ObjectName,
  RouteParent,
  Service,
} from './objects.ts';
import { list, type Raw, record, text } from './raw.ts';

/* From what the API server sends to what this program keeps. */

const KEPT_ANNOTATION =
  /^(cluster-hosts|external-dns(\.alpha)?\.kubernetes\.io|metallb\.(io|universe\.tf))\/|^kubernetes\.io\/ingress\.class$/;

export function serviceFields(raw: Raw, name: ObjectName): Service {
  const spec = record(raw.spec);
  return {
    kind: 'Service',
    ...name,
    annotations: annotationsOf(raw),
    type: text(spec.type),
    loadBalancerClass: text(spec.loadBalancerClass),
    app: labelOf(raw, 'app.kubernetes.io/name'),
    instance: labelOf(raw, 'app.kubernetes.io/instance'),
    chart: labelOf(raw, 'helm.sh/chart'),
    ports: list(spec.ports).flatMap(port => {
      const number = record(port).port;
      return typeof number === 'number' ? [number] : [];
    }),
    status: loadBalancerStatus(raw),
  };
}

export function ingressFields(raw: Raw, name: ObjectName): Ingress {
  const spec = record(raw.spec);
  const rules = list(spec.rules).map(rule => ingressRuleFields(record(rule)));
  const className = text(spec.ingressClassName);
  return {
    kind: 'Ingress',
    ...name,
    annotations: annotationsOf(raw),
    className,
    rules,
    status: loadBalancerStatus(raw),
  };
}

/** Paths say something only where there is no host: then it is the cluster's own name that leads to them. */
function ingressRuleFields(raw: Raw): Ingress['rules'][number] {
  const host = text(raw.host);
  const paths = host === '' ? list(record(raw.http).paths) : [];
  return { host, paths: orNone(paths.map(path => text(record(path).path) || '/')) };
}

export function ingressClassFields(raw: Raw, name: ObjectName): IngressClass {
  const annotations = record(record(raw.metadata).annotations);
  return {
    kind: 'IngressClass',
    ...name,
    controller: text(record(raw.spec).controller),
    instance: labelOf(raw, 'app.kubernetes.io/instance'),
    isDefault: annotations['ingressclass.kubernetes.io/is-default-class'] === 'true',
  };
}

/** For IngressRoute and IngressRouteTCP, of either group. */
export const ingressRouteFields =
  (kind: IngressRoute['kind']) =>
  (raw: Raw, name: ObjectName): IngressRoute => {
    const spec = record(raw.spec);
    const rules = list(spec.routes).map(route => ({
      match: text(record(route).match),
      syntax: text(record(route).syntax),
    }));
    return { kind, ...name, annotations: annotationsOf(raw), className: text(spec.ingressClassName), rules };
  };

export function gatewayFields(raw: Raw, name: ObjectName): Gateway {
  const spec = record(raw.spec);
  const listeners = list(spec.listeners).map(listener => ({
    name: text(record(listener).name),
    hostname: text(record(listener).hostname),
  }));
  const status = list(record(raw.status).addresses).map(address => {
    const { type = 'IPAddress', value } = record(address);
    return type === 'IPAddress' ? { ip: text(value), hostname: '' } : { ip: '', hostname: text(value) };
  });
  return {
    kind: 'Gateway',
    ...name,
    annotations: annotationsOf(raw),
    className: text(spec.gatewayClassName),
    listeners,
    status,
  };
}

/** For HTTPRoute, GRPCRoute and TLSRoute. */
export const gatewayRouteFields =
  (kind: GatewayRouteKind) =>
  (raw: Raw, name: ObjectName): GatewayRoute => {
    const spec = record(raw.spec);
    const matches = list(spec.rules).flatMap(rule => list(record(rule).matches));
    const paths = matches.map(match => text(record(record(match).path).value) || '/');
    return {
      kind,
      ...name,
      annotations: annotationsOf(raw),
      hostnames: list(spec.hostnames).map(text),
      // A rule without matches takes every path.
      paths: paths.length > 0 ? paths : ['/'],
      parents: list(record(raw.status).parents).map(parent => parentFields(record(parent), name)),
    };
  };

function parentFields(raw: Raw, route: ObjectName): RouteParent {
  const ref = record(raw.parentRef);
  const accepted = list(raw.conditions).find(condition => record(condition).type === 'Accepted');
  return {
    namespace: text(ref.namespace) || route.namespace,
    name: text(ref.name),
    section: text(ref.sectionName),
    controller: text(raw.controllerName),
    accepted: record(accepted).status === 'True',
  };
}

export function nodeFields(raw: Raw, name: ObjectName): Node {
  const status = record(raw.status);
  const addresses = list(status.addresses).map(record);
  const ready = list(status.conditions).find(condition => record(condition).type === 'Ready');
  return {
    kind: 'Node',
    ...name,
    addresses: addresses
      .filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP')
      .map(({ address }) => text(address)),
    kubeletVersion: text(record(status.nodeInfo).kubeletVersion),
    ready: record(ready).status === 'True',
  };
}

export function poolFields(raw: Raw, name: ObjectName): IPAddressPool {
  const spec = record(raw.spec);
  const status = record(raw.status);
  const sum = (...counts: unknown[]) => {
    const known = counts.filter(count => typeof count === 'number');
    return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0);
  };
  return {
    kind: 'IPAddressPool',
    ...name,
    addresses: list(spec.addresses).map(text),
    autoAssign: spec.autoAssign !== false,
    assigned: sum(status.assignedIPv4, status.assignedIPv6),
    available: sum(status.availableIPv4, status.availableIPv6),
  };
}

function annotationsOf(raw: Raw): Annotations {
  const annotations = record(record(raw.metadata).annotations);
  const kept = Object.keys(annotations).filter(key => KEPT_ANNOTATION.test(key));
  return kept.length === 0 ? NO_ANNOTATIONS : Object.fromEntries(kept.map(key => [key, text(annotations[key])]));
}

const NO_ANNOTATIONS: Annotations = {};

function labelOf(raw: Raw, key: string): string {
  return text(record(record(raw.metadata).labels)[key]);
}

function loadBalancerStatus(raw: Raw): readonly LoadBalancerIngress[] {
  const entries = list(record(record(raw.status).loadBalancer).ingress);
  return orNone(entries.map(entry => ({ ip: text(record(entry).ip), hostname: text(record(entry).hostname) })));
}

/** One empty list for all: there are tens of thousands. */
function orNone<T>(items: readonly T[]): readonly T[] {
  return items.length === 0 ? NONE : items;
}

const NONE: readonly never[] = [];
