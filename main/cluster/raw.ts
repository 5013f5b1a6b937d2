import type { ObjectName } from './objects.ts';

/*
 * JSON as a server sends it, which is not trusted: a field of another type is an empty one, an object without a name
 * that Kubernetes would accept is none.
 */

export type Raw = Readonly<Record<string, unknown>>;

const OBJECT_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Longer texts say nothing about names. */
const MAX_TEXT = 16 * 1024;

export const record = (value: unknown): Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const text = (value: unknown): string => (typeof value === 'string' && value.length <= MAX_TEXT ? value : '');

/** Name and namespace of a raw object; `undefined` where Kubernetes would not accept them. */
export function objectName(raw: Raw): ObjectName | undefined {
  const { name, namespace = '' } = record(raw.metadata);
  if (typeof name !== 'string' || !OBJECT_NAME.test(name)) return undefined;
  if (typeof namespace !== 'string' || (namespace !== '' && !OBJECT_NAME.test(namespace))) return undefined;
  return { namespace, name };
}
