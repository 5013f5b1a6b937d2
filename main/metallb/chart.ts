import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../errors.ts';

/** Where MetalLB's chart is taken from. `path` is a packed chart (.tgz) here, `content` its bytes in base64. */
export type Chart =
  | { readonly from: 'repository'; readonly url: string }
  | { readonly from: 'oci'; readonly url: string }
  | { readonly from: 'file'; readonly path: string; readonly content: string };

/** MetalLB's own repository. */
export const OFFICIAL_REPOSITORY = 'https://metallb.github.io/metallb';

/** More than etcd takes of one object is of no use to K3s. */
const MOST_BYTES = 1024 * 1024;

/**
 * The chart of a given version from a repository's URL, an OCI reference, a packed chart, or a folder with one
 * (`helm package`, `helm pull`). Throws an AppError where there is none.
 */
export async function findChart(repository: string, version: string): Promise<Chart> {
  if (URL.parse(repository)?.password) throw noChart('A password in the address could be read by all who see it.');
  if (/^https?:\/\//.test(repository)) return { from: 'repository', url: repository.replace(/\/$/, '') };
  if (repository.startsWith('oci://')) return { from: 'oci', url: repository };
  if (repository.includes('://')) throw noChart(`${repository} is no http, https or oci address.`);
  const path = await packedChart(resolve(repository), `metallb-${version}.tgz`);
  const bytes = await readFile(path);
  if (bytes.length > MOST_BYTES) throw noChart(`${path} is larger than a chart can be.`);
  return { from: 'file', path, content: bytes.toString('base64') };
}

/** For people. */
export function describeChart(chart: Chart): string {
  return chart.from === 'file' ? chart.path : chart.url;
}

async function packedChart(path: string, name: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return path;
  if (!found?.isDirectory()) throw noChart(`There is no chart at ${path}.`);
  if ((await readdir(path)).includes(name)) return join(path, name);
  throw noChart(`There is no ${name} in ${path}.`);
}

function noChart(message: string): AppError {
  return new AppError(
    'metallb',
    message,
    'Name a chart repository by its URL, or a folder with the packed chart in it.',
  );
}
