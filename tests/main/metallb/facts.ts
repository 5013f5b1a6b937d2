import type { Installation, LoadBalancerFacts, NodeFacts, PoolFacts, Survey } from '../../../main/metallb/survey.ts';
import type { OwnAddress, Surroundings } from '../../../main/probe/network.ts';

/** A node that is ready, with one address. */
export function node(name: string, address: string, more: Partial<NodeFacts> = {}): NodeFacts {
  return { name, ready: true, addresses: [address], isServer: false, args: undefined, excluded: false, ...more };
}

/** The demo's four. */
export const NODES = [0, 1, 2, 3].map(index => node(`turing-${index + 1}`, `10.0.0.${60 + index}`));

/** A Service `namespace/name` with its addresses. */
export function service(
  key: string,
  addresses: readonly string[],
  more: Partial<LoadBalancerFacts> = {},
): LoadBalancerFacts {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name, addresses, loadBalancerClass: '', pinned: [], requested: '', pool: '', ...more };
}

export function pool(name: string, ranges: readonly string[], ours = false): PoolFacts {
  return { name, ranges, autoAssign: true, used: null, total: null, ours };
}

/** A card of this computer: `own('10.0.0.5/24')`. */
export function own(network: string, more: Partial<OwnAddress> = {}): OwnAddress {
  const [address = '', prefix] = network.split('/');
  const family = address.includes(':') ? 6 : 4;
  return { interface: 'eth0', address, family, prefix: Number(prefix), tunnel: false, wireless: false, ...more };
}

/** This computer at home, beside the nodes. */
export const AT_HOME: Surroundings = { own: [own('10.0.0.5/24')], gateways: ['10.0.0.1'] };

/** A K3s without anything that could give addresses. */
export const BARE: Survey = {
  version: 'v1.35.4+k3s1',
  isK3s: true,
  nodes: NODES,
  services: [],
  traefik: undefined,
  traefikIsPackaged: true,
  serviceLb: { daemonSets: [], serversOn: [] },
  metallb: undefined,
  pools: [],
  advertisements: [],
  announcers: [],
  helmChart: { served: true, fields: [] },
  kubeProxy: 'other',
  forbidden: [],
};

/** MetalLB as this program installs it, all well. */
export const INSTALLED: Installation = {
  ...{ managedBy: 'helmchart', ours: true, version: '0.15.3', namespace: 'metallb-system', release: 'metallb' },
  ...{ releaseStatus: 'deployed', releaseSecret: 'sh.helm.release.v1.metallb.v1', mode: 'native' },
  ...{ controller: undefined, speaker: undefined, configurationErrors: [] },
};
