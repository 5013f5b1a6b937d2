import { loadKubeconfig } from '../cluster/kubeconfig.ts';
import { type Command, EXIT } from './command.ts';
import { showDemo } from './demo.ts';
import { printDiff } from './diff.ts';
import { lookOnce } from './look.ts';
import { kubeconfigLocation } from './session.ts';
import { showStatus } from './status.ts';

/** What happens without a command: with a kubeconfig the status and the diff, without one the demo. Writes nothing. */
export const overview: Command['run'] = async invocation => {
  const { options, io, out } = invocation;
  const { contexts, problems } = await loadKubeconfig(kubeconfigLocation(options, io));
  if (contexts.size === 0 && problems.length === 0 && options.kubeconfig === undefined) {
    out.note('There is no kubeconfig on this computer, so here is the demo.');
    return await showDemo(invocation);
  }
  await lookOnce(invocation, async look => {
    await showStatus(look, invocation);
    if (!out.json) out.line();
    if (!out.json) printDiff(look.session, look.pass, out);
  });
  return EXIT.done;
};
