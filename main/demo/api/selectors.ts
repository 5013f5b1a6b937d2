import type { StoredObject } from './objects.ts';
import type { Resource } from './resources.ts';
import { StatusError } from './status-error.ts';

/** Whether an object is among those that a call asks for. */
export type Selector = (object: StoredObject) => boolean;

/** The selector of `fieldSelector` and `labelSelector` together. Throws 400 for what the API server does not know. */
export function parseSelectors(resource: Resource, query: URLSearchParams): Selector {
  const fields = splitTerms(query.get('fieldSelector') ?? '').map(term => parseField(resource, term));
  const labels = splitTerms(query.get('labelSelector') ?? '').map(parseLabel);
  return object => fields.every(matches => matches(object)) && labels.every(matches => matches(object));
}

/** Whether a call narrows down what it asks for at all. */
export function hasSelectors(query: URLSearchParams): boolean {
  return Boolean(query.get('fieldSelector')) || Boolean(query.get('labelSelector'));
}

/** Splits at the commas that are not inside parentheses: `a in (x,y),b=z`. */
function splitTerms(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map(term => term.trim())
    .filter(Boolean);
}

/** The fields that can be selected by, beside an object's name and namespace. */
const FIELDS: Readonly<Record<string, RegExp>> = {
  Event: /^involvedObject\.\w+$/,
  Secret: /^type$/,
  Pod: /^(spec\.nodeName|status\.phase)$/,
};

function parseField(resource: Resource, term: string): Selector {
  const [, field = '', operator = '', value = ''] = /^([^=!]+)(!=|==|=)(.*)$/.exec(term) ?? [];
  const isMetadata = field === 'metadata.name' || field === 'metadata.namespace';
  if (!isMetadata && !FIELDS[resource.kind]?.test(field)) {
    throw new StatusError(400, `field label not supported: ${field || term}`);
  }
  const path = field.split('.');
  return object => (String(valueAt(object, path) ?? '') === value) === (operator !== '!=');
}

function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (Object(value) as Record<string, unknown>)[key], object);
}

function parseLabel(term: string): Selector {
  const sets = /^([^\s=!()]+) +(in|notin) *\(([^)]*)\)$/.exec(term);
  if (sets) {
    const [, key = '', operator = '', list = ''] = sets;
    const values = new Set(list.split(',').map(value => value.trim()));
    return object => values.has(label(object, key) ?? '\0') === (operator === 'in');
  }
  const equality = /^([^\s=!()]+) *(!=|==|=) *([^\s=!()]*)$/.exec(term);
  if (equality) {
    const [, key = '', operator = '', value = ''] = equality;
    return object => (label(object, key) === value) === (operator !== '!=');
  }
  const [, not, key] = /^(!?)([^\s=!()]+)$/.exec(term) ?? [];
  if (key === undefined) throw new StatusError(400, `unable to parse requirement: ${term}`);
  return object => (label(object, key) !== undefined) === (not === '');
}

function label({ metadata }: StoredObject, key: string): string | undefined {
  return metadata.labels?.[key];
}
