/*
 * What a cluster says of all that matters to MetalLB, read at one moment (`read-survey.ts`) and judged by pure
 * functions. Texts of the cluster are as they came: whoever shows them makes them plain.
 */

/** How an installation of MetalLB is kept; `leftovers`: its kinds or its webhook, without a controller. */
export type Manager = 'helm' | 'helmchart' | 'manifests' | 'operator' | 'argocd' | 'flux' | 'leftovers';

export interface Survey {
  /** GET /version: `v1.35.4+k3s1`. */
  readonly version: string;
  readonly isK3s: boolean;
  readonly nodes: readonly NodeFacts[];
  /** Every Service of type LoadBalancer, Traefik's among them. */
  readonly services: readonly LoadBalancerFacts[];
  readonly traefik: LoadBalancerFacts | undefined;
  /** Traefik is K3s' own: its HelmChart is in kube-system. */
  readonly traefikIsPackaged: boolean;
  readonly serviceLb: ServiceLbFacts;
  readonly metallb: Installation | undefined;
  readonly pools: readonly PoolFacts[];
  readonly advertisements: readonly AdvertisementFacts[];
  /** Who answers for which Service (`namespace/name`), from ServiceL2Status. */
  readonly announcers: readonly { readonly service: string; readonly node: string }[];
  /** The kind HelmChart of K3s is served, and which fields of its spec are known; empty where no schema is told. */
  readonly helmChart: { readonly served: boolean; readonly fields: readonly string[] };
  /** kube-proxy in IPVS mode answers ARP for every address of the cluster unless it is strict. */
  readonly kubeProxy: 'ipvs-strict' | 'ipvs-loose' | 'other' | 'unknown';
  /** Kinds that this user may not read, in kubectl's words: `daemonsets.apps`. */
  readonly forbidden: readonly string[];
}

export interface NodeFacts {
  readonly name: string;
  readonly ready: boolean;
  /** Internal addresses, then external ones. */
  readonly addresses: readonly string[];
  /** K3s' server, which has arguments; agents have none that matter here. */
  readonly isServer: boolean;
  /** Arguments of K3s, config file included; `undefined` where they are not told. */
  readonly args: readonly string[] | undefined;
  /** Labelled `node.kubernetes.io/exclude-from-external-load-balancers`: MetalLB announces nothing from it. */
  readonly excluded: boolean;
}

export interface LoadBalancerFacts {
  readonly namespace: string;
  readonly name: string;
  readonly addresses: readonly string[];
  /** The class it asks for; MetalLB leaves Services with one alone. */
  readonly loadBalancerClass: string;
  /** What it asks for by `metallb.io/loadBalancerIPs`, or the same with the old prefix. */
  readonly pinned: readonly string[];
  /** What it asks for by spec.loadBalancerIP; `''` for none. MetalLB refuses what is asked for both ways. */
  readonly requested: string;
  /** The pool that MetalLB says it is of. */
  readonly pool: string;
}

export interface ServiceLbFacts {
  /** Names of its DaemonSets. */
  readonly daemonSets: readonly string[];
  /** Servers whose arguments do not switch it off. */
  readonly serversOn: readonly string[];
}

export interface Installation {
  readonly managedBy: Manager;
  /** Made by this program: only then is it ever changed. */
  readonly ours: boolean;
  /** Without `v`; `''` where it is not told. */
  readonly version: string;
  readonly namespace: string;
  /** Name of the Helm release, the Argo CD or Flux application; `''` for none. */
  readonly release: string;
  /** Helm's word for the newest revision: `deployed`, `failed`, `pending-install`, …; `''` for none. */
  readonly releaseStatus: string;
  /** The newest revision's Secret; `''` for none. */
  readonly releaseSecret: string;
  readonly controller: WorkloadFacts | undefined;
  readonly speaker: WorkloadFacts | undefined;
  /** `frr` and `frr-k8s` carry BGP; `native` is all that layer 2 needs. */
  readonly mode: 'native' | 'frr' | 'frr-k8s';
  /** Errors of its configuration, in its own words (ConfigurationState). */
  readonly configurationErrors: readonly string[];
}

export interface WorkloadFacts {
  readonly wanted: number;
  readonly ready: number;
  /** ms since 1970. */
  readonly createdAt: number;
  /** Why pods are not ready, in Kubernetes' words: `ImagePullBackOff: …`; empty while all is well. */
  readonly waiting: readonly string[];
}

export interface PoolFacts {
  readonly name: string;
  readonly ranges: readonly string[];
  readonly autoAssign: boolean;
  /** `null` where MetalLB does not tell (before 0.15). */
  readonly used: number | null;
  readonly total: number | null;
  readonly ours: boolean;
}

export interface AdvertisementFacts {
  readonly kind: 'L2Advertisement' | 'BGPAdvertisement';
  readonly name: string;
  /** Empty with no selectors either: all pools. */
  readonly pools: readonly string[];
  readonly hasPoolSelectors: boolean;
  /** Names of nodes that it is limited to, where these are told by the host name label; `undefined`: any node. */
  readonly nodes: readonly string[] | undefined;
  readonly interfaces: readonly string[];
}
