import { type Clock, systemClock } from '../cluster/clock.ts';
import type { Metallb } from '../metallb/metallb.ts';
import type { Invocation } from './command.ts';
import { type Ahead, lookAhead } from './metallb-plan.ts';

const LOOK_MS = 3_000;

/**
 * Where ServiceLB alone is in the way and somebody sits at the terminal, who may be switching it off right now: waits
 * until that is seen, then looks at everything anew.
 */
export async function untilServiceLbIsOff(
  ahead: Ahead,
  metallb: Metallb,
  invocation: Invocation,
  clock: Clock = systemClock,
): Promise<Ahead> {
  const { io, out } = invocation;
  const blocked = ahead.checks.filter(({ state }) => state === 'blocked');
  if (blocked.length !== 1 || blocked[0]?.id !== 'servicelb' || out.json || !io.stdin.isTTY) return ahead;
  out.note('Waiting until ServiceLB is seen off; Ctrl-C to leave it for later.');
  // K3s is restarted for it, and does not answer meanwhile.
  while (await metallb.isServiceLbOn().catch(() => true)) {
    await clock.sleep(LOOK_MS, io.interrupted);
    io.interrupted.throwIfAborted();
  }
  return await lookAhead(metallb, invocation);
}
