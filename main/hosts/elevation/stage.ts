import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { formatOrder, type Order } from '../elevated/order.ts';
import { formatToken, LONGEST_MS } from '../elevated/request.ts';
import type { FileSystem } from '../file-system.ts';

/** A plan that waits in a file, and the token by which the helper finds it and knows it again. */
export interface StagedPlan {
  readonly token: string;
  readonly nonce: string;
  readonly path: string;
}

/**
 * Writes an order to a file that only this user may read or change. `before` and `after` are the digests of the hosts
 * file as the user saw it, and as the user said yes to.
 */
export function stagePlan(
  folder: string,
  order: Order,
  { before, after }: { readonly before: string; readonly after: string },
  now: number,
  fs: FileSystem,
): StagedPlan {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeOld(folder, now, fs);
  const text = formatOrder(order);
  const path = join(folder, `${randomBytes(16).toString('hex')}.json`);
  fs.writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  const nonce = randomBytes(16).toString('hex');
  const planDigest = createHash('sha256').update(text).digest('hex');
  const notAfter = now + LONGEST_MS;
  return { token: formatToken({ op: order.op, nonce, plan: path, planDigest, before, after, notAfter }), nonce, path };
}

const NAME = /^[0-9a-f]{32}\.json$/;

/** Plans that were left for a command by hand, and have expired. */
function removeOld(folder: string, now: number, fs: FileSystem): void {
  for (const name of fs.readdirSync(folder).filter(found => NAME.test(found))) {
    const path = join(folder, name);
    const stats = fs.lstatSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && now - stats.mtimeMs > LONGEST_MS) fs.rmSync(path, { force: true });
  }
}
