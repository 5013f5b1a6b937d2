import type { Metallb } from '../metallb/metallb.ts';
import { type Command, EXIT, type ExitCode, type Invocation } from './command.ts';
import { confirm } from './confirm.ts';
import { tell, tellDeclined, whileCancellable } from './metallb-install.ts';
import { withMetallb } from './metallb-session.ts';
import { StepTeller } from './metallb-tell.ts';

export const metallbUninstallCommand: Command = {
  name: 'metallb uninstall',
  takes: '',
  summary: 'Remove a MetalLB that Cluster Hosts installed, its addresses first',
  options: ['yes'],
  run: invocation => withMetallb(invocation, metallb => uninstall(metallb, invocation)),
};

async function uninstall(metallb: Metallb, invocation: Invocation): Promise<ExitCode> {
  const { out } = invocation;
  const removal = await metallb.planRemoval();
  if (removal.state === 'nothing') {
    tell('no-change', removal.message, undefined, invocation);
    return EXIT.done;
  }
  if (!out.json) for (const sentence of removal.sentences) out.line(sentence);
  const answer = await confirm('Remove MetalLB?', invocation);
  if (answer !== 'yes') return tellDeclined(invocation);
  const teller = new StepTeller(out);
  const remover = await metallb.remover(() => teller.tell(remover.steps));
  const ending = await whileCancellable(remover, invocation, () => remover.remove());
  if (ending.state !== 'done') {
    const message = ending.state === 'failed' ? `${ending.message} ${ending.hint}` : 'Stopped.';
    tell(ending.state, `${message} To go on, run the same again.`, remover, invocation);
    return EXIT.error;
  }
  tell('done', ['MetalLB is removed.', ...(await metallb.remarks())].join(' '), remover, invocation);
  return EXIT.done;
}
