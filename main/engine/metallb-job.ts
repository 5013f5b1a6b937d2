import type { InstallerView, InstallWish } from '../../preload/installer.ts';
import type { Installer } from '../metallb/install/installer.ts';
import type { Ending } from '../metallb/install/run-steps.ts';
import type { Metallb } from '../metallb/metallb.ts';

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
