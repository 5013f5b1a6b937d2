import { labelsOf, type RawObject } from '../../cluster/object-api.ts';
import { MANAGED_BY } from '../objects.ts';

/** Made by this program, by its label. */
export function isOurs(object: RawObject | undefined): boolean {
  const labels = labelsOf(object);
  return Object.entries(MANAGED_BY).every(([key, value]) => labels[key] === value);
}
