import { isRecord } from './api/objects.ts';

/** What chart values say at a path: `valueAt(values, 'speaker', 'frr', 'enabled')`. */
export function valueAt(values: unknown, ...path: readonly string[]): unknown {
  return path.reduce((value, key) => (isRecord(value) ? value[key] : undefined), values);
}
