import type { Gateway, IngressClass, ObjectName, Service } from '../cluster/objects.ts';
import { compareAddresses, judgeAddress } from './address-policy.ts';
import { type AddressProblem, addressesIn, type Target } from './claim.ts';
import { compareText } from './host-entry.ts';

/** What a target is at the moment: canonical addresses that may be written, sorted; else the reason. */
export interface Resolved {
  readonly addresses: readonly string[];
  readonly problem: { readonly reason: AddressProblem; readonly message: string } | undefined;
}

type ThroughTraefik = Extract<Target, { readonly via: 'traefik' }>;

const TRAEFIK_INGRESS = 'traefik.io/ingress-controller';
const TRAEFIK_GATEWAY = 'traefik.io/gateway-controller';

/** Finds where targets lead, from the Services, classes and Gateways of one moment; each question is worked out once. */
export class Targets {
  readonly #traefiks: readonly Service[];
  readonly #classes: ReadonlyMap<string, IngressClass>;
  readonly #gateways: ReadonlyMap<string, Gateway>;
  readonly #allowPublic: boolean;
  readonly #known = new Map<string, Resolved>();

  constructor(
    objects: {
      /** Those for which `isTraefik` holds. */
      readonly services: readonly Service[];
      readonly classes: readonly IngressClass[];
      /** By `namespace/name`. */
      readonly gateways: ReadonlyMap<string, Gateway>;
    },
    allowPublic: boolean,
  ) {
    this.#traefiks = objects.services.toSorted(byImportance);
    const classes = objects.classes.toSorted((a, b) => compareText(a.name, b.name));
    this.#classes = new Map(classes.map(item => [item.name, item]));
    this.#gateways = objects.gateways;
    this.#allowPublic = allowPublic;
  }

  /** The Traefik that the cluster's own names point at: K3s' own, else the first by namespace and name. */
  get traefik(): Service | undefined {
    return this.#traefiks[0];
  }

  resolve(target: Target): Resolved {
    switch (target.via) {
      case 'typed':
        return { addresses: [target.address], problem: undefined };
      case 'addresses':
        return this.#once(target.addresses);
      case 'traefik': {
        const own = this.#once(target.own);
        return own.addresses.length > 0 ? own : this.#throughTraefik(target, own);
      }
      case 'gateway':
        return this.#once(target.gateways.flatMap(gateway => this.#throughGateway(gateway)));
    }
  }

  /** True for what is reached by the cluster's own name, too. */
  leadsToTraefik(target: Target): boolean {
    const own = new Set(this.#once(addressesIn(this.traefik?.status ?? [])).addresses);
    const { addresses } = this.resolve(target);
    return own.size === 0 ? addresses.length === 0 : addresses.some(address => own.has(address));
  }

  #throughTraefik(target: ThroughTraefik, own: Resolved): Resolved {
    const className = target.className || this.#standardFor(target.kind);
    const traefik = this.#servedBy(className);
    if (traefik !== undefined) return this.#once(addressesIn(traefik.status));
    if (own.problem?.reason !== 'no-address') return own;
    const message =
      className === '' ? 'The cluster has no Traefik.' : `No Traefik of this cluster serves the class ${className}.`;
    return { addresses: [], problem: { reason: 'no-address', message } };
  }

  /** The default class, `''` where there is none. It says nothing of an IngressRoute unless it is Traefik's. */
  #standardFor(kind: ThroughTraefik['kind']): string {
    const standard = [...this.#classes.values()].find(
      item => item.isDefault && (kind === 'Ingress' || item.controller === TRAEFIK_INGRESS),
    );
    return standard?.name ?? '';
  }

  /** The Traefik of a class, or of none. Traefik's chart gives the IngressClass and the Service the same instance label. */
  #servedBy(className: string): Service | undefined {
    const item = this.#classes.get(className);
    if (item !== undefined && item.controller !== TRAEFIK_INGRESS) return undefined;
    if (item !== undefined && item.instance !== '') {
      const twin = this.#traefiks.find(({ instance }) => instance === item.instance);
      if (twin !== undefined) return twin;
    }
    if (item !== undefined || className === '' || className === 'traefik') return this.traefik;
    return this.#traefiks.find(({ name }) => name === className);
  }

  #throughGateway({ namespace, name, controller }: ObjectName & { readonly controller: string }): readonly string[] {
    const own = addressesIn(this.#gateways.get(`${namespace}/${name}`)?.status ?? []);
    if (own.length > 0) return own;
    return controller === TRAEFIK_GATEWAY ? addressesIn(this.traefik?.status ?? []) : [];
  }

  #once(texts: readonly string[]): Resolved {
    const key = JSON.stringify(texts);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const resolved = judgeAll(texts, this.#allowPublic);
    this.#known.set(key, resolved);
    return resolved;
  }
}

/** Traefik's chart labels its Service so; a Service made by hand is known by its name. */
export function isTraefik({ type, app, name }: Service): boolean {
  return type === 'LoadBalancer' && (app === 'traefik' || name === 'traefik');
}

function byImportance(a: Service, b: Service): number {
  const isK3s = ({ namespace, name }: Service) => Number(namespace === 'kube-system' && name === 'traefik');
  return isK3s(b) - isK3s(a) || compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}

function judgeAll(texts: readonly string[], allowPublic: boolean): Resolved {
  const verdicts = texts.map(text => ({ text, verdict: judgeAddress(text, allowPublic) }));
  const addresses = verdicts.flatMap(({ verdict }) => (verdict.ok ? [verdict.address] : []));
  if (addresses.length > 0) return { addresses: [...new Set(addresses)].sort(compareAddresses), problem: undefined };
  const [first] = verdicts;
  if (first === undefined || first.verdict.ok) {
    return { addresses: [], problem: { reason: 'no-address', message: 'It has no address yet.' } };
  }
  const { reason, message } = first.verdict;
  if (reason === 'bad-address' && /[a-z]/i.test(first.text) && !first.text.includes(':')) {
    return {
      addresses: [],
      problem: { reason: 'hostname-target', message: 'Its target is a host name, which a hosts file cannot follow.' },
    };
  }
  return { addresses: [], problem: { reason, message } };
}
