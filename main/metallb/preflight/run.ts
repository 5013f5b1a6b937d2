import type { CheckRow } from '../../../preload/installer.ts';
import { MalformedError } from '../../cluster/body.ts';
import { plainText, saying } from '../../cluster/plain-text.ts';
import { isUnanswered, StatusError } from '../../cluster/requests.ts';
import { AppError } from '../../errors.ts';
import { hosts, pull, reachable } from './around.ts';
import { nodes, strictArp, traefik } from './cluster.ts';
import { engine } from './engine.ts';
import { metallb } from './existing.ts';
import { rights } from './rights.ts';
import { serviceLb } from './service-lb.ts';
import type { Check, Finding, PreflightWorld } from './world.ts';

const CHECKS: readonly Check[] = [
  ...[reachable, rights, engine, pull],
  ...[serviceLb, metallb, traefik, nodes, strictArp, hosts],
];

/**
 * Looks at everything at once; `onRow` hears of each row when it begins and when it is known. Of the rows of `before`,
 * those that were ready are not looked at again. Throws only when it is interrupted.
 */
export async function runPreflight(
  world: PreflightWorld,
  { before = [], onRow }: { readonly before?: readonly CheckRow[]; readonly onRow: (row: CheckRow) => void },
): Promise<readonly CheckRow[]> {
  let survey: ReturnType<PreflightWorld['survey']> | undefined;
  const once: PreflightWorld = {
    ...world,
    survey: () => {
      survey ??= world.survey();
      return survey;
    },
  };
  const ready = new Map(before.filter(({ state }) => state === 'ready').map(row => [row.id, row]));
  return await Promise.all(
    CHECKS.map(async check => {
      const known = ready.get(check.id);
      if (known !== undefined) return known;
      const { id, title } = check;
      onRow({ id, title, state: 'checking', detail: '' });
      const row = { id, title, ...(await find(check, once)) };
      onRow(row);
      return row;
    }),
  );
}

/** What cannot be asked is not known, and with it nothing is installed. */
async function find(check: Check, world: PreflightWorld): Promise<Finding> {
  try {
    return await check.find(world);
  } catch (error) {
    world.signal.throwIfAborted();
    const failure = describe(error);
    if (check === reachable) return { state: 'blocked', ...failure };
    return { state: 'blocked', detail: `It could not be looked at: ${failure.detail}` };
  }
}

function describe(error: unknown): Omit<Finding, 'state'> {
  if (error instanceof AppError) {
    return { detail: plainText(error.message), fix: { text: plainText(error.hint), lines: [] } };
  }
  if (error instanceof StatusError)
    return { detail: `The cluster answers with ${error.status}${saying(error.message)}` };
  if (error instanceof MalformedError) return { detail: 'What answers there is not a Kubernetes API.' };
  if (!isUnanswered(error)) throw error;
  return { detail: 'The cluster does not answer.' };
}
