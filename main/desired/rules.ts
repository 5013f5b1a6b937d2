import type { Gateway, ObjectName } from '../cluster/objects.ts';
import type { NamePolicy } from './name-policy.ts';
import type { RuleSyntax } from './traefik-parser.ts';

/** A name that the user typed, in canonical spelling, and where it points. */
export interface ManualName {
  readonly hostname: string;
  readonly address: string;
}

/** The user's settings that turn objects into names. */
export interface NameRules {
  readonly policy: NamePolicy;
  /** Only objects of these namespaces are asked for names; all where empty. */
  readonly namespaces: readonly string[];
  readonly manual: readonly ManualName[];
  /** Names that the user leaves out, whoever asks for them. */
  readonly excluded: readonly string[];
  readonly allowPublic: boolean;
}

/** What the claims of one object depend on beside the object itself; a change of it makes all claims anew. */
export interface ClaimContext {
  readonly rules: NameRules;
  /** The Service that the cluster's own names point at. */
  readonly traefik: ObjectName | undefined;
  /** The language of Traefik's rules where a route does not name one. */
  readonly syntax: RuleSyntax;
  /** By `namespace/name`. */
  readonly gateways: ReadonlyMap<string, Gateway>;
}

/** `<cluster>.<suffix>`: the name that everything of the cluster is under. */
export function clusterDomain(policy: NamePolicy): string {
  return `${policy.cluster}.${policy.suffix}`;
}
