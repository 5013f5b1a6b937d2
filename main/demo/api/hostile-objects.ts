import { apiVersionOf, type Resource } from './resources.ts';

/** Metadata of an object that is sound but for what `rest` says. */
const sound = (name: string, rest: string) => `{"metadata":{"namespace":"default","name":"${name}"},${rest}}`;

/**
 * What no API server sends: written as JSON, because only JSON can give an object a field `__proto__`. The kinds of
 * trouble: no object at all, no metadata, values of the wrong type, keys of JavaScript's own, text that ends lines.
 */
const HOSTILE: readonly string[] = [
  'null',
  '42',
  '"object"',
  '[]',
  '{}',
  '{"metadata":null}',
  '{"metadata":[]}',
  '{"metadata":{}}',
  '{"metadata":{"name":7,"namespace":{}}}',
  '{"metadata":{"name":"__proto__","namespace":"constructor"}}',
  '{"metadata":{"name":"two\\nlines","namespace":"a\\r\\n# b"}}',
  '{"__proto__":{"polluted":true},"metadata":{"__proto__":{"polluted":true},"name":"proto","namespace":"default"}}',
  sound('texts', '"spec":"none","status":"up"'),
  sound('nulls', '"spec":null,"status":null'),
  sound('numbers', '"spec":{"rules":5,"routes":5,"ports":5,"hostnames":5,"addresses":5,"listeners":5,"type":5}'),
  sound('holes', '"spec":{"rules":[null],"routes":[null],"ports":[null],"hostnames":[null],"addresses":[null]}'),
  sound('bare', '"spec":{"type":"LoadBalancer","ports":{}},"status":{"loadBalancer":{"ingress":"10.0.0.1"}}'),
  sound('deep', '"spec":{"rules":[{"host":{"a":[]},"http":[]}],"routes":[{"match":["Host"]}]}'),
  '{"metadata":{"name":"annotated","namespace":"default","annotations":["a"],"labels":"b"}}',
  '{"metadata":{"name":"annotated-too","namespace":"default","annotations":{"__proto__":{},"cluster-hosts/hostname":9}}}',
];

/** Hostile objects of a kind, to put among the items of a list or the events of a watch. */
export function hostileObjects(resource: Resource): unknown[] {
  const type = `"apiVersion":"${apiVersionOf(resource)}","kind":"${resource.kind}"`;
  return HOSTILE.map(text => JSON.parse(text.startsWith('{"') ? `{${type},${text.slice(1)}` : text));
}

/** A sound object of a kind, but for an annotation of 40 MB: one line of a watch, and all of it JSON. */
export function hugeObject(resource: Resource): unknown {
  const annotations = { 'cluster-hosts/hostname': 'x'.repeat(40_000_000) };
  const metadata = { name: 'huge', namespace: 'default', resourceVersion: '1', annotations };
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata };
}
