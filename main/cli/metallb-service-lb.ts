import { setTimeout as delay } from 'node:timers/promises';
import type { Metallb } from '../metallb/metallb.ts';
import type { Invocation } from './command.ts';
import { type Ahead, lookAhead } from './metallb-plan.ts';

const LOOK_MS = 3_000;

/**
 * Where ServiceLB alone is in the way and somebody sits at the terminal, who may be switching it off right now: waits
 * until that is seen, then looks at everything anew.
 */
export async function untilServiceLbIsOff(ahead: Ahead, metallb: Metallb, invocation: Invocation): Promise<Ahead> {
  const { io, out } = invocation;
  const blocked = ahead.checks.filter(({ state }) => state === 'blocked');
  if (blocked.length !== 1 || blocked[0]?.id !== 'servicelb' || out.json || !io.stdin.isTTY) return ahead;
  out.note('Waiting until ServiceLB is seen off; Ctrl-C to leave it for later.');
  while (await metallb.isServiceLbOn()) await delay(LOOK_MS, undefined, { signal: io.interrupted });
  return await lookAhead(metallb, invocation);
}
