import type { AddressesView, CheckRow, InstallWish, PlanView } from '../../preload/installer.ts';
import type { Metallb } from '../metallb/metallb.ts';
import { type Command, EXIT, type Invocation } from './command.ts';
import { withMetallb } from './metallb-session.ts';
import { printAddresses, printChecks, printPlan } from './metallb-tell.ts';
import type { Options } from './options.ts';

export const metallbPlanCommand: Command = {
  name: 'metallb plan',
  takes: '',
  summary: 'Check the cluster, and show what installing MetalLB would do',
  options: ['addresses', 'pin', 'engine', 'repo'],
  run: invocation =>
    withMetallb(invocation, async metallb => {
      const { out } = invocation;
      const found = await lookAhead(metallb, invocation);
      if (out.json) out.value(found);
      else {
        printChecks(found.checks, out);
        printAddresses(found.addresses, out);
        if (found.plan !== undefined) printPlan(found.plan, out);
      }
      return found.plan === undefined ? EXIT.pending : EXIT.done;
    }),
};

/** All that can be said before anything is changed; there is no plan where something stands in its way. */
export interface Ahead {
  readonly checks: readonly CheckRow[];
  readonly addresses: AddressesView;
  readonly plan: PlanView | undefined;
}

/** Checks, judges the addresses (or suggests some), and plans. */
export async function lookAhead(metallb: Metallb, { options }: Invocation): Promise<Ahead> {
  const [checks, addresses] = await Promise.all([metallb.check(() => {}), metallb.advise(options.addresses)]);
  const isFree = checks.every(({ state }) => state !== 'blocked') && addresses.problems.length === 0;
  return { checks, addresses, plan: isFree ? await metallb.plan(wishOf(addresses, options)) : undefined };
}

/** What was judged, with the address of Traefik's own as it is where nothing else is wished. */
export function wishOf(addresses: AddressesView, options: Options): InstallWish {
  return { addresses: addresses.text, pin: options.pin ?? addresses.pin };
}
