import type { Installer } from '../metallb/install/installer.ts';
import type { Ending } from '../metallb/install/run-steps.ts';
import type { Metallb } from '../metallb/metallb.ts';
import { Reconciler } from '../sync/reconciler.ts';
import type { Session } from '../sync/session.ts';
import { type Command, EXIT, type ExitCode, type Invocation } from './command.ts';
import { confirm } from './confirm.ts';
import { lookAhead, wishOf } from './metallb-plan.ts';
import { untilServiceLbIsOff } from './metallb-service-lb.ts';
import { withMetallb } from './metallb-session.ts';
import { printAddresses, printChecks, printPlan, requireReady, StepTeller } from './metallb-tell.ts';
import { usageError } from './options.ts';
import { requirePass } from './pending.ts';
import { syncOnce } from './sync.ts';

export const metallbInstallCommand: Command = {
  name: 'metallb install',
  takes: '',
  summary: 'Install MetalLB, and wait until Traefik’s address answers',
  options: ['addresses', 'pin', 'engine', 'repo', 'roll-back', 'yes'],
  run: invocation => {
    const { addresses, yes, rollBack } = invocation.options;
    if (yes && addresses === undefined && !rollBack)
      throw usageError('metallb install --yes needs --addresses.', 'For example --addresses 10.0.0.70-10.0.0.80.');
    return withMetallb(invocation, (metallb, session) =>
      rollBack ? takeBack(metallb, invocation) : install(metallb, session, invocation),
    );
  },
};

async function install(metallb: Metallb, session: Session, invocation: Invocation): Promise<ExitCode> {
  const { out, options } = invocation;
  const ahead = await lookAhead(metallb, invocation);
  if (!out.json) {
    printChecks(ahead.checks, out);
    printAddresses(ahead.addresses, out);
  }
  const { checks, addresses, plan } = await untilServiceLbIsOff(ahead, metallb, invocation);
  requireReady(checks, addresses);
  if (plan !== undefined && !out.json) printPlan(plan, out);
  const answer = await confirm('Install MetalLB like this?', invocation);
  if (answer !== 'yes') return tellDeclined(invocation);
  const teller = new StepTeller(out);
  const installer = await metallb.installer(wishOf(addresses, options), () => teller.tell(installer.steps));
  const ending = await whileCancellable(installer, invocation, () => installer.install());
  if (ending.state !== 'done') return await tellUnfinished(ending, installer, invocation);
  const message =
    installer.address === '' ? 'MetalLB is installed.' : `MetalLB is installed, and ${installer.address} answers.`;
  tell('done', message, installer, invocation);
  return await writeNames(session, invocation);
}

/** The last step: the names at the address that now answers. */
async function writeNames(session: Session, invocation: Invocation): Promise<ExitCode> {
  const reconciler = new Reconciler(session);
  const pass = requirePass(await reconciler.look(false));
  return await syncOnce({ session, reconciler, pass }, invocation);
}

async function takeBack(metallb: Metallb, invocation: Invocation): Promise<ExitCode> {
  if (!(await metallb.isUnfinished())) {
    tell('no-change', 'No installation is unfinished.', undefined, invocation);
    return EXIT.done;
  }
  const answer = await confirm('Take back what the unfinished installation made?', invocation);
  if (answer !== 'yes') return tellDeclined(invocation);
  const teller = new StepTeller(invocation.out);
  const remover = await metallb.remover(() => teller.tell(remover.steps));
  return await rollBack(remover, invocation);
}

async function rollBack(installer: Installer, invocation: Invocation): Promise<ExitCode> {
  const ending = await whileCancellable(installer, invocation, () => installer.rollBack());
  if (ending.state !== 'done') return await tellUnfinished(ending, installer, invocation);
  tell('rolled-back', 'The cluster is as it was before.', installer, invocation);
  return EXIT.done;
}

/** Ctrl-C lets the step under way be the last. */
export async function whileCancellable(
  installer: Installer,
  { io, out }: Invocation,
  work: () => Promise<Ending>,
): Promise<Ending> {
  const cancel = () => {
    out.note('Stopping as soon as the step under way allows it.');
    installer.cancel();
  };
  io.interrupted.addEventListener('abort', cancel, { once: true });
  try {
    return await work();
  } finally {
    io.interrupted.removeEventListener('abort', cancel);
  }
}

const GO_ON = 'To go on, run the same again; to take it back, run cluster-hosts metallb install --roll-back.';

/** Says why it ended before its end, and how to go on or to take back what was made. */
async function tellUnfinished(
  ending: Exclude<Ending, { state: 'done' }>,
  installer: Installer,
  invocation: Invocation,
): Promise<ExitCode> {
  const message = ending.state === 'failed' ? `${ending.message} ${ending.hint}` : 'Stopped.';
  tell(ending.state, `${message} ${GO_ON}`, installer, invocation);
  return EXIT.error;
}

/** Nobody said yes. */
export function tellDeclined(invocation: Invocation): ExitCode {
  tell('declined', 'Nothing was changed.', undefined, invocation);
  return EXIT.declined;
}

/** The one answer of a command that changes the cluster. */
export function tell(outcome: string, message: string, installer: Installer | undefined, { out }: Invocation): void {
  if (!out.json) return out.note(message);
  const { steps = [], address = '' } = installer ?? {};
  out.value({ outcome, message, address, steps });
}
