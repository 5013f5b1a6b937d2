import { items, type StoredObject } from './objects.ts';
import { groupResource, type Resource } from './resources.ts';

/** The table of the CustomResourceDefinitions. Each is called as `groupResource` calls what it defines. */
export const CRDS = 'customresourcedefinitions.apiextensions.k8s.io';

/** The fields of a CustomResourceDefinition that say what is served. */
export interface CustomResourceDefinition extends StoredObject {
  readonly spec?: {
    readonly group?: string;
    readonly scope?: string;
    readonly names?: Partial<Pick<Resource, 'plural' | 'singular' | 'kind' | 'shortNames'>>;
    readonly versions?: readonly { readonly name: string; readonly served?: boolean; readonly subresources?: object }[];
  };
  readonly status?: { readonly conditions?: readonly { readonly type?: string; readonly status?: string }[] };
}

/**
 * What a CustomResourceDefinition makes the server serve: its first served version. Nothing if it makes no sense, or
 * while it says that it is not established.
 */
export function customResource(definition: CustomResourceDefinition): Resource | undefined {
  if (isPending(definition)) return undefined;
  const { metadata, spec } = definition;
  const { plural, kind, singular = kind?.toLowerCase(), shortNames = [] } = spec?.names ?? {};
  const version = items(spec?.versions).find(({ served }) => served !== false);
  if (!spec?.group || !plural || !kind || !singular || !version) return undefined;
  if (metadata.name !== groupResource({ group: spec.group, plural })) return undefined;
  return {
    group: spec.group,
    version: version.name,
    plural,
    singular,
    kind,
    shortNames,
    namespaced: spec.scope !== 'Cluster',
    hasStatus: version.subresources !== undefined && 'status' in version.subresources,
    custom: true,
  };
}

/** Whether a definition says that it is not served yet. */
export function isPending({ status }: CustomResourceDefinition): boolean {
  return items(status?.conditions).some(each => each.type === 'Established' && each.status === 'False');
}

/** The status of a definition that is not served yet: its names are still looked at. */
export const PENDING_STATUS = {
  conditions: [{ type: 'Established', status: 'False', reason: 'Installing', message: 'not all names are accepted' }],
};

/** The status that the API server gives to a definition whose names are free. */
export function establishedStatus(definition: CustomResourceDefinition): Record<string, unknown> {
  const lastTransitionTime = definition.metadata.creationTimestamp;
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    lastTransitionTime,
    reason,
    message,
  });
  return {
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
    ],
    acceptedNames: definition.spec?.names,
    storedVersions: items(definition.spec?.versions).map(({ name }) => name),
  };
}
