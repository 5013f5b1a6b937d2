import type { AppState } from '../../../preload/contract.ts';
import type { InstallerView } from '../../../preload/installer.ts';

/** In this order. */
export const STEPS = ['connect', 'check', 'addresses', 'review', 'install', 'hosts', 'done'] as const;

export type Step = (typeof STEPS)[number];

/** Where the user is; whether something is being installed is not the user's to say. */
export type Position = Exclude<Step, 'install'>;

/** The step to show. `at`: where the user went to, `undefined` where the wizard has just been opened. */
export function stepOf(at: Position | undefined, state: AppState): Step {
  if (state.setup !== undefined) return 'connect';
  if (isInstalling(state)) return 'install';
  if (at === undefined && state.installer.isUnfinished) return 'install';
  return at ?? firstStep(state);
}

/** An installation is under way or has ended, and is still to be seen. */
export function isInstalling({ installer }: Pick<AppState, 'installer'>): boolean {
  return installer.phase !== 'idle' && !isRemoval(installer);
}

/** The same of a removal. */
export function isRemoval({ phase, isRemoval = false }: InstallerView): boolean {
  return phase === 'removing' || phase === 'removed' || (phase !== 'idle' && isRemoval);
}

/** Who has seen the wizard comes for one thing: MetalLB, or its addresses where there is one of ours. */
function firstStep({ settings, metallb }: AppState): Position {
  if (!settings.wizardSeen) return 'connect';
  return metallb.ours ? 'addresses' : 'check';
}

/** Whether the wizard comes up by itself: on the first run, and where an installation is under way or was cut off. */
export function callsForWizard(state: AppState): boolean {
  if (isInstalling(state) || state.installer.isUnfinished) return true;
  return !state.settings.wizardSeen && (state.setup !== undefined || isBare(state));
}

/** The cluster is there, and its Traefik has no address. */
function isBare({ cluster, traefik }: AppState): boolean {
  return cluster?.connection === 'live' && traefik.state === 'no-address';
}

/** Traefik's address, whoever gave it: with one nothing has to be installed. `''` where there is none. */
export function traefiksAddress({ traefik }: AppState): string {
  return traefik.state === 'ready' ? traefik.address : '';
}
