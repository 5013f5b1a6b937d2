import { type Clock, systemClock } from './clock.ts';
import type { Connection } from './connection.ts';
import { definitionOf, KINDS, type KindInfo } from './kinds.ts';
import type { Kind, KindState, KubeObject, ObjectName, ObjectOf } from './objects.ts';
import { record, text } from './raw.ts';
import { Reflector } from './reflector.ts';
import type { ReflectorStatus } from './reflector-options.ts';

/** All that is known of a cluster at the moment, and a call whenever it changes (which carries nothing). */
export interface Source {
  list<K extends Kind>(kind: K): readonly ObjectOf<K>[];
  status(kind: Kind): ReflectorStatus;
  /** True when every kind has been listed, refused, or has failed where others have not: before that nothing may be concluded. */
  readonly ready: boolean;
  /** True while not one kind can be read; `failure` says why. */
  readonly failure: unknown;
  onChange(listener: () => void): () => void;
}

export interface SourceOptions {
  readonly connection: Pick<Connection, 'get'>;
  /** Only these; all where empty. */
  readonly namespaces: readonly string[];
  readonly clock?: Clock;
  readonly random?: () => number;
}

const NAMES_ONLY =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** Where K3s keeps its Traefik: its Services are looked at whatever the namespaces. */
const TRAEFIK_NAMESPACE = 'kube-system';

const KIND_NAMES = Object.keys(KINDS) as readonly Kind[];

/** Of a kind's several reflectors (one per namespace) the state that says least counts. */
const DOUBT: readonly KindState[] = ['starting', 'stale', 'forbidden', 'absent', 'live'];

/** One kind in one namespace. */
interface Part {
  readonly reflector: Reflector<KubeObject>;
  /** Looked at on top of what was asked for: where it is forbidden, nothing is missing. */
  readonly extra: boolean;
}

interface Definition extends ObjectName {
  readonly version: string;
}

/** Watches every kind of a cluster over one pool of connections. */
export class ClusterSource implements Source {
  readonly #parts: ReadonlyMap<Kind, readonly Part[]>;
  readonly #definitions: Reflector<Definition>;
  readonly #listeners = new Set<() => void>();

  constructor(options: SourceOptions) {
    this.#parts = new Map(KIND_NAMES.map(kind => [kind, this.#partsOf(kind, options)]));
    this.#definitions = this.#watchDefinitions(options);
  }

  start(): void {
    for (const reflector of this.#all()) reflector.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#all()].map(reflector => reflector.stop()));
  }

  /** Tries everything again that is waiting to: the network is back, or the computer woke up. */
  wake(): void {
    for (const reflector of this.#all()) reflector.wake();
  }

  list<K extends Kind>(kind: K): readonly ObjectOf<K>[] {
    const [first = [], ...more] = (this.#parts.get(kind) ?? []).map(({ reflector }) => reflector.objects);
    // A kind's reflectors hold objects of that kind only, which the map's type cannot say.
    return (more.length === 0 ? first : [first, ...more].flat()) as readonly ObjectOf<K>[];
  }

  status(kind: Kind): ReflectorStatus {
    const parts = this.#parts.get(kind) ?? [];
    const statuses = parts.map(part => part.reflector.status);
    const counting = statuses.filter(({ state }, at) => !(parts[at]?.extra && state === 'forbidden'));
    const [worst] = counting.sort((a, b) => DOUBT.indexOf(a.state) - DOUBT.indexOf(b.state));
    return worst ?? { state: 'forbidden', failure: undefined };
  }

  get ready(): boolean {
    const statuses = KIND_NAMES.map(kind => this.status(kind));
    const isKnown = ({ state }: ReflectorStatus) => state !== 'starting';
    return statuses.some(isKnown) && statuses.every(each => isKnown(each) || each.failure !== undefined);
  }

  get failure(): unknown {
    const failures = KIND_NAMES.map(kind => this.status(kind).failure);
    return failures.includes(undefined) ? undefined : this.status('Service').failure;
  }

  /** When the server said something last, by the clock; a quiet cluster does about once a minute. */
  get heardAt(): number | undefined {
    const times = [...this.#all()].flatMap(({ heardAt }) => heardAt ?? []);
    return times.length === 0 ? undefined : Math.max(...times);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  *#all(): Iterable<Reflector<unknown>> {
    for (const parts of this.#parts.values()) for (const { reflector } of parts) yield reflector;
    yield this.#definitions;
  }

  #partsOf(kind: Kind, options: SourceOptions): readonly Part[] {
    const info: KindInfo<KubeObject> = KINDS[kind];
    return namespacesFor(kind, options.namespaces).map(namespace => ({
      reflector: new Reflector({ ...common(options), info, namespace, onChange: () => this.#changed() }),
      extra: namespace !== '' && !options.namespaces.includes(namespace),
    }));
  }

  /** A kind that was absent is looked at again as soon as its definition appears or is established. */
  #watchDefinitions(options: SourceOptions): Reflector<Definition> {
    return new Reflector({
      ...common(options),
      info: DEFINITIONS,
      namespace: '',
      accept: NAMES_ONLY,
      onChange: () => {
        for (const { name } of this.#definitions.objects) this.#wakeAbsent(name);
      },
    });
  }

  #wakeAbsent(definition: string): void {
    for (const kind of KIND_NAMES) {
      if (definitionOf(KINDS[kind]) !== definition || this.status(kind).state !== 'absent') continue;
      for (const { reflector } of this.#parts.get(kind) ?? []) reflector.wake();
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

const DEFINITIONS: KindInfo<Definition> = {
  groups: ['apis/apiextensions.k8s.io/v1'],
  plural: 'customresourcedefinitions',
  namespaced: false,
  builtin: true,
  fields: (raw, name) => ({ ...name, version: text(record(raw.metadata).resourceVersion) }),
};

function common({ connection, clock = systemClock, random = Math.random }: SourceOptions) {
  return { connection, clock, random };
}

function namespacesFor(kind: Kind, namespaces: readonly string[]): readonly string[] {
  if (namespaces.length === 0 || !KINDS[kind].namespaced || kind === 'IPAddressPool') return [''];
  return kind === 'Service' ? [...new Set([...namespaces, TRAEFIK_NAMESPACE])] : namespaces;
}
