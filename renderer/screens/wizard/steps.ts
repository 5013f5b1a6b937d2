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

/** Whether the wizard comes up by itself: on the first run, and where an installation is under way. */
export function callsForWizard(state: AppState): boolean {
  if (isInstalling(state)) return true;
  return !state.settings.wizardSeen && (state.setup !== undefined || isBare(state));
}

/** The cluster is there, and its Traefik has no address. */
function isBare({ cluster, traefik }: AppState): boolean {
  return cluster?.connection === 'live' && traefik.state === 'no-address';
}

/** Traefik's address where it is not of a MetalLB of ours, so that none has to be installed for it; else `''`. */
export function addressWithoutUs({ traefik, metallb }: AppState): string {
  return traefik.state === 'ready' && !metallb.ours ? traefik.address : '';
}
