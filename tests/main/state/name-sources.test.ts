import { expect, test } from 'vitest';
import type { KubeObject } from '../../../main/cluster/objects.ts';
import { DesiredNames } from '../../../main/desired/desired.ts';
import type { NameRules } from '../../../main/desired/rules.ts';
import { sourcesOf } from '../../../main/state/name-sources.ts';
import { clusterOf, ingress, ingressRoute, RULES, service, traefik } from '../../fixtures/objects.ts';

function sources(hostname: string, objects: readonly KubeObject[], rules: NameRules = RULES) {
  const cluster = clusterOf(...objects);
  return sourcesOf(hostname, new DesiredNames().of(cluster, rules), cluster);
}

const shown = (...args: Parameters<typeof sources>) =>
  sources(...args).map(({ origin: { kind, namespace, name } }) => `${kind} ${namespace}/${name}`);

const wiki = [
  traefik(),
  ingress('wiki', ['wiki.home.lan', 'other.home.lan']),
  ingressRoute('wiki', ['Host(`wiki.home.lan`)', 'Host(`wiki.home.lan`) && PathPrefix(`/api`)']),
  ingress('other', ['other.home.lan']),
];

test('every object that asks for a name is told once, whether it gets it or not', () => {
  expect(shown('wiki.home.lan', wiki)).toEqual(['Ingress default/wiki', 'IngressRoute default/wiki']);
  expect(shown('nobody.home.lan', wiki)).toEqual([]);
});

test('so it is for a name that was left out', () => {
  expect(shown('wiki.home.lan', wiki, { ...RULES, excluded: ['wiki.home.lan'] })).toHaveLength(2);
});

test('a name that the user typed comes from no object', () => {
  const rules = { ...RULES, manual: [{ hostname: 'nas.home.lan', address: '10.0.0.9' }] };
  expect(sources('nas.home.lan', [traefik()], rules)).toEqual([
    { origin: { kind: 'Manual', namespace: '', name: '' }, annotations: [] },
  ]);
});

test('only annotations that count for names are told, and their text is made harmless', () => {
  const annotations = {
    'external-dns.kubernetes.io/hostname': 'dns.home.lan',
    'external-dns.alpha.kubernetes.io/target': `10.0.0.9\u202e\n${'x'.repeat(5_000)}`,
    'external-dns.kubernetes.io/cloudflare-proxied': 'true',
    'metallb.io/ip-allocated-from-pool': 'default',
    'cluster-hosts/ignore': 'false',
  };
  const [source] = sources('dns.home.lan', [traefik(), service('dns', ['10.0.0.72'], { annotations })]);
  expect(source?.annotations.map(({ name }) => name)).toEqual([
    'cluster-hosts/ignore',
    'external-dns.kubernetes.io/hostname',
    'external-dns.alpha.kubernetes.io/target',
  ]);
  const target = source?.annotations.at(-1)?.value ?? '';
  expect(target).toMatch(/^10\.0\.0\.9 x+…$/);
  expect(target.length).toBeLessThan(310);
});
