import { gunzipSync, gzipSync } from 'node:zlib';
import { labelsOf, type ObjectApi, type RawObject } from '../../cluster/object-api.ts';
import { list, record, text } from '../../cluster/raw.ts';
import { StatusError } from '../../cluster/requests.ts';
import { AppError } from '../../errors.ts';
import { PATHS, RELEASE, RUN } from '../objects.ts';

/** The newest revision of the Helm release, as its Secret is labelled. */
export interface Release {
  readonly secret: string;
  readonly revision: number;
  /** Helm's own word: `deployed`, `failed`, `pending-install`, `uninstalling`, … */
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of every revision that is kept, the run of ours that made it. */
  readonly runs: readonly (string | undefined)[];
}

/** `undefined` where there is no release of that name. What is in its Secrets is not asked for. */
export async function readRelease(api: ObjectApi): Promise<Release | undefined> {
  const selector = encodeURIComponent(`owner=helm,name=${RELEASE}`);
  const items = await api.list(`${PATHS.secrets}?labelSelector=${selector}`, 'metadata');
  if (items === undefined) {
    const hint = 'Ask for the right to read them: the state of a Helm release is kept there.';
    throw new AppError('forbidden', 'Secrets in metallb-system may not be read.', hint);
  }
  const runs = items.map(item => labelsOf(item)[RUN]);
  const releases = items.map(item => {
    const labels = labelsOf(item);
    const { version = '', status = '' } = labels;
    return { secret: text(record(item.metadata).name), revision: Number(version) || 0, status, labels, runs };
  });
  return releases.sort((a, b) => b.revision - a.revision)[0];
}

/**
 * Has a revision be one that failed, which is what helm goes on from. It judges by the status inside the Secret, not by
 * the label. Where somebody else changes the Secret meanwhile, nothing is done.
 */
export async function failRevision(api: ObjectApi, { secret }: Release): Promise<void> {
  const path = `${PATHS.secrets}/${secret}`;
  const found = await api.get(path);
  if (found === undefined) return;
  const release = unpack(found);
  const failed = { ...release, info: { ...record(release.info), status: 'failed' } };
  const packed = gzipSync(JSON.stringify(failed)).toString('base64');
  const { resourceVersion } = record(found.metadata);
  const data = { release: Buffer.from(packed).toString('base64') };
  try {
    await api.merge(path, { metadata: { resourceVersion, labels: { status: 'failed' } }, data });
  } catch (error) {
    if (!(error instanceof StatusError && error.status === 409)) throw error;
  }
}

/** As helm packs it: JSON, gzip, base64, and once more base64 as all that is in a Secret. Throws an AppError. */
function unpack(secret: RawObject): RawObject {
  try {
    const packed = Buffer.from(String(record(secret.data).release), 'base64').toString();
    return record(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()));
  } catch (cause) {
    const hint = 'Remove its Secret in metallb-system, then MetalLB, and try again.';
    throw new AppError('metallb', 'The Helm release metallb cannot be read.', hint, { cause });
  }
}

/** The conditions of an object's status, by type. */
export function conditionsOf(
  status: unknown,
): ReadonlyMap<string, { readonly isTrue: boolean; readonly message: string }> {
  return new Map(
    list(record(status).conditions).map(each => {
      const { type, status: state, message } = record(each);
      return [text(type), { isTrue: state === 'True', message: text(message) }];
    }),
  );
}
