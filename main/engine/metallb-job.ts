import type { InstallerView, InstallWish } from '../../preload/installer.ts';
import type { Installer } from '../metallb/install/installer.ts';
import type { Ending } from '../metallb/install/run-steps.ts';
import type { Metallb } from '../metallb/metallb.ts';
import { failureOf } from '../state/view.ts';
import type { ClusterWatch } from './cluster-watch.ts';
import type { Engine } from './engine.ts';
import { isAllMade } from './installer-view.ts';

export type Phase = InstallerView['phase'];

/** Something that is done to MetalLB, and as what it is told: under way, at its end, and afterwards as a sentence. */
export interface Job {
  readonly phase: Phase;
  readonly end: Phase;
  readonly sentence: string;
  readonly wish?: InstallWish;
  readonly open: (metallb: Metallb, onChange: () => void) => Promise<Installer>;
  readonly run: (installer: Installer) => Promise<Ending>;
}

/** Where it is done. */
export interface Place {
  readonly metallb: Metallb;
  readonly watch: ClusterWatch;
}

/** Goes on where an earlier one was cut off. */
export function installation(wish: InstallWish): Job {
  return {
    ...{ phase: 'installing', end: 'installed', sentence: 'MetalLB was installed.', wish },
    open: (metallb, onChange) => metallb.installer(wish, onChange),
    run: installer => installer.install(),
  };
}

/** Takes back what an installation made that did not come to its end. */
export const ROLL_BACK: Job = {
  ...{ phase: 'rolling-back', end: 'rolled-back', sentence: 'The installation of MetalLB was taken back.' },
  open: (metallb, onChange) => metallb.remover(onChange),
  run: remover => remover.rollBack(),
};

/** Takes all of it away; does not begin where it is not ours. */
export const REMOVAL: Job = {
  ...{ phase: 'removing', end: 'removed', sentence: 'MetalLB was removed.' },
  open: async (metallb, onChange) => {
    await metallb.planRemoval();
    return await metallb.remover(onChange);
  },
  run: remover => remover.remove(),
};

/** Does it to its end, which is noted; gives what there is to see of it then. */
export async function carryOut(
  { run, end, sentence }: Job,
  installer: Installer,
  { metallb, watch, engine }: Place & { readonly engine: Engine },
): Promise<Partial<InstallerView>> {
  const explain = async (error: unknown) => failureOf(await watch.explain(error));
  const ending: Ending = await run(installer).catch(async error => ({ state: 'failed', ...(await explain(error)) }));
  const { steps, address } = installer;
  let remarks: readonly string[] = [];
  if (ending.state === 'done') {
    engine.note('ok', sentence);
    if (end === 'removed') remarks = await metallb.remarks().catch(() => []);
    return { phase: end, address, remarks };
  }
  if (ending.state === 'failed') {
    const sentences = `${ending.message} ${ending.hint}`;
    engine.note('error', sentences);
    if (steps.every(({ state }) => state !== 'failed')) remarks = [sentences];
  }
  return { phase: ending.state, address, remarks, canBeKept: isAllMade(steps) };
}
