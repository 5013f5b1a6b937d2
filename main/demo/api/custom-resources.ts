import { items, type StoredObject } from './objects.ts';
import { groupResource, type Resource } from './resources.ts';

/** The table of the CustomResourceDefinitions. Each is called as `groupResource` calls what it defines. */
export const CRDS = 'customresourcedefinitions.apiextensions.k8s.io';

/** The fields of a CustomResourceDefinition that say what is served. */
interface CustomResourceDefinition extends StoredObject {
  readonly spec?: {
    readonly group?: string;
    readonly scope?: string;
    readonly names?: Partial<Pick<Resource, 'plural' | 'singular' | 'kind' | 'shortNames'>>;
    readonly versions?: readonly { readonly name: string; readonly served?: boolean; readonly subresources?: object }[];
  };
}

/** What a CustomResourceDefinition makes the server serve: its first served version. Nothing if it makes no sense. */
export function customResource({ metadata, spec }: CustomResourceDefinition): Resource | undefined {
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
