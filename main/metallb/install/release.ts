import { list, record, text } from '../../cluster/fields.ts';
import { labelsOf, type ObjectApi } from '../../cluster/object-api.ts';
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

/** `undefined` where there is no release of that name. The contents of its Secrets are not asked for. */
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
