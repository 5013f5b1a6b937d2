import { runDemo } from '../engine/demo-run.ts';
import { Reconciler } from '../sync/reconciler.ts';
import type { Session } from '../sync/session.ts';
import { waitForCluster } from './cluster-answer.ts';
import { type Command, EXIT, type ExitCode, type Invocation } from './command.ts';
import { requirePass } from './pending.ts';
import { openSessionFor } from './session.ts';
import { syncOnce } from './sync.ts';
import { keepInSync } from './watch.ts';

export const demoCommand: Command = {
  name: 'demo',
  takes: '',
  summary: 'Try everything on a simulated cluster',
  options: ['once'],
  run: showDemo,
};

const STORY_MS = 4_000;

/**
 * The whole pipeline on a simulated cluster and a hosts file in a temporary folder: once without a terminal, else until
 * it is interrupted. Nothing of this computer is changed, and nothing goes to the network.
 */
export async function showDemo(invocation: Invocation): Promise<ExitCode> {
  const { out, io } = invocation;
  const { demo, kubeconfig, hostsFile, folder, stop } = await runDemo();
  try {
    const options = { ...invocation.options, kubeconfig, hostsFile, context: undefined, yes: true };
    const session = await openSessionFor(
      options,
      { ...io, env: { ...io.env, XDG_STATE_HOME: folder } },
      out,
      demo.dial,
    );
    try {
      if (!out.json) introduce(session, out);
      const once = invocation.options.once || !io.stdout.isTTY;
      if (once) return await passOnce(session, { ...invocation, options });
      demo.story.start(STORY_MS);
      const end = await keepInSync(session, { ...invocation, options });
      return end === 'kubeconfig-changed' ? EXIT.done : end;
    } finally {
      await session.close();
    }
  } finally {
    await stop();
  }
}

function introduce({ file, target }: Session, out: Invocation['out']): void {
  out.note(`This is a simulated cluster at ${target.cluster.server}, and ${file.path} stands for the hosts file.`);
  out.note('Nothing of this computer is changed.');
}

async function passOnce(session: Session, invocation: Invocation): Promise<ExitCode> {
  const { options, io } = invocation;
  await waitForCluster(session, options.timeoutMs, io.interrupted);
  const reconciler = new Reconciler(session);
  const pass = requirePass(await reconciler.look(false));
  const code = await syncOnce({ session, reconciler, pass }, invocation);
  return code === EXIT.declined ? EXIT.done : code;
}
