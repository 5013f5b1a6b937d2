import { assertNever } from '../../errors.ts';
import { readBackup } from '../backup.ts';
import { parseHosts, withoutBlock, withSection } from '../block.ts';
import type { FileSystem } from '../file-system.ts';
import { contentOf, readHosts } from '../read.ts';
import { digestOf } from '../text.ts';
import { HostsWriter, type WriteOutcome, type WriterPlaces } from '../write.ts';
import { refuseOrder } from './judge.ts';
import { openPlan } from './open-plan.ts';
import { type Order, parseOrder } from './order.ts';
import { LONGEST_MS, parseToken, type Request } from './request.ts';
import { spend } from './spent.ts';

/** What the helper answers. `refused`: it was not asked properly; nothing was touched. */
export type Result = WriteOutcome | { readonly outcome: 'refused'; readonly message: string; readonly hint: string };

/** Where the helper works: constants of the system, given so that tests can be elsewhere. */
export interface World {
  readonly hosts: string;
  readonly places: WriterPlaces;
  /** Where spent nonces are kept. */
  readonly spent: string;
  readonly computer: string;
  /** Who asks, where the system says so. */
  readonly asker: number | undefined;
  readonly fs: FileSystem;
  readonly now: () => number;
}

/**
 * Does what a token asks for, or nothing. All of it is judged before anything is touched; the new file is made here,
 * from the file as it is, and must be the one that the user saw.
 */
export async function carryOut(token: string, world: World): Promise<Result> {
  const request = parseToken(token);
  if (request === undefined) return refused('The request is not one of this program.');
  const late = request.notAfter - world.now();
  if (late < 0) return refused('The request is too old.');
  if (late > LONGEST_MS) return refused('The request is good for too long.');
  const plan = openPlan(request.plan, request.planDigest, world.asker, world.fs);
  if (!plan.ok) return refused(plan.message);
  const order = parseOrder(plan.text);
  if (order === undefined || order.op !== request.op) return refused('The plan is not one of this program.');
  const objection = order.op === 'apply' ? refuseOrder(order, world.computer) : undefined;
  if (objection !== undefined) return refused(objection);
  if (!spend(world.spent, request.nonce, world.now(), world.fs)) return refused('The request was carried out before.');
  return await write(request, order, world);
}

async function write(request: Request, order: Order, world: World): Promise<Result> {
  const writer = new HostsWriter(world.hosts, world.places, world.fs);
  const now = new Date(world.now());
  writer.undoKilled(now);
  const found = readHosts(world.hosts, world.fs);
  const before = order.op === 'restore' ? (contentOf(found) ?? found) : found;
  if (before.state === 'refused') return { outcome: 'failed', message: before.message, hint: before.hint };
  if (before.digest !== request.before) return CHANGED;
  const text = textAfter(before.text, order, world);
  if (typeof text !== 'string') return text;
  if (digestOf(text) !== request.after) return refused('The plan makes another file than the one that was approved.');
  return await writer.write(request.before, text, now);
}

/** The file that an order makes of this one. */
function textAfter(text: string, order: Order, world: World): string | Result {
  if (order.op === 'restore') {
    return readBackup(world.places.backups, order.backup, world.fs)?.text ?? refused('There is no such backup.');
  }
  const parsed = parseHosts(text);
  if (parsed.state === 'damaged') return refused(parsed.message);
  switch (order.op) {
    case 'apply':
    case 'remove': {
      if (order.cluster === undefined) return withoutBlock(parsed.hosts);
      const edited = withSection(parsed.hosts, order.cluster, order.op === 'apply' ? order.entries : []);
      return edited.state === 'ok' ? edited.text : refused(edited.message);
    }
    default:
      return assertNever(order);
  }
}

const CHANGED: Result = {
  outcome: 'changed-meanwhile',
  message: 'The hosts file was changed by another program meanwhile; nothing was written.',
  hint: 'Look at the changes again, then sync once more.',
};

function refused(message: string): Result {
  return { outcome: 'refused', message, hint: 'Nothing was changed. Sync again.' };
}
