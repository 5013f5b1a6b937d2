/*
 * What window and main process say to each other of installing MetalLB. Types only. Every text is a whole sentence for
 * people, made plain.
 */

/** One thing that was looked at before anything is changed. */
export interface CheckRow {
  readonly id: string;
  /** `checking`: under way, with nothing known yet. `blocked` stops the installation, `attention` does not. */
  readonly state: 'checking' | 'ready' | 'attention' | 'blocked';
  readonly title: string;
  readonly detail: string;
  /** How to mend it: a sentence, then lines to copy. */
  readonly fix?: { readonly text: string; readonly lines: readonly string[] };
}

/** What is to be said of addresses that the user typed, or that are suggested. */
export interface AddressesView {
  /** As an IPAddressPool takes them, separated by commas. */
  readonly text: string;
  readonly count: number;
  /** What was made of the text: `10.0.0.70 is written as 10.0.0.70/32.` */
  readonly notes: readonly string[];
  /** With one of these nothing can be installed. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  /** The address of its own that this program gave Traefik; `''` for none. */
  readonly pin: string;
}

/** What the user chose. */
export interface InstallWish {
  readonly addresses: string;
  /** Traefik's own address of these; `''`: whatever MetalLB gives it. */
  readonly pin: string;
}

/** An object that would be made or changed. */
export interface PlannedObject {
  readonly action: 'create' | 'change';
  readonly kind: string;
  /** `''` for cluster-wide kinds. */
  readonly namespace: string;
  readonly name: string;
  /** What for, in a sentence. */
  readonly summary: string;
  readonly yaml: string;
}

/** Everything that an installation would do. */
export interface PlanView {
  readonly version: string;
  /** Where the chart comes from. */
  readonly source: string;
  readonly engine: 'helmchart' | 'helm';
  /** What will be done, in the order of doing. */
  readonly sentences: readonly string[];
  readonly objects: readonly PlannedObject[];
  /** What will not be touched, in sentences. */
  readonly unchanged: readonly string[];
  /** Of the wish that it was made for. */
  readonly wish: InstallWish;
}

export type InstallStepId =
  | 'chart'
  | 'kinds'
  | 'pods'
  | 'webhook'
  | 'pool'
  | 'advertisement'
  | 'pin'
  | 'address'
  | 'answer';

/** One step of an installation or a removal. */
export interface InstallStep {
  readonly id: InstallStepId | 'statuses' | 'release' | 'namespace';
  readonly title: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'undoing' | 'undone';
  /** What it waits for, how it went, or why it failed. */
  readonly message: string;
  /** How to go on after a failure. */
  readonly hint: string;
  /** In ms since 1970. */
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** Where an installation stands; all of it is kept by the main process, so a window may go and come back. */
export interface InstallerView {
  readonly phase:
    | 'idle'
    /** Steps are being done; `cancelling`: the one under way is the last. */
    | 'installing'
    | 'cancelling'
    /** It ended before its end: `failed` by a step, `stopped` by the user. What was done is still there. */
    | 'failed'
    | 'stopped'
    | 'rolling-back'
    | 'rolled-back'
    | 'installed'
    | 'removing'
    | 'removed';
  /** Nothing is under way here, but an installation was begun that has not come to its end. */
  readonly isUnfinished: boolean;
  /** It ended before its end, but all is there that it makes: only Traefik's address is still to come, or to answer. */
  readonly canBeKept: boolean;
  readonly checks: readonly CheckRow[];
  readonly checking: boolean;
  /** What was last asked for, to go on with after an end before the end. */
  readonly wish?: InstallWish;
  /** As suggested for this cluster; `undefined` until it is known. */
  readonly suggestion: AddressesView | undefined;
  readonly steps: readonly InstallStep[];
  /** The steps are those of a removal, which may have failed. */
  readonly isRemoval?: boolean;
  /** What happened, the oldest first: events of MetalLB and words of helm. */
  readonly log: readonly string[];
  /** What was left when all was removed, and what else to do. */
  readonly remarks: readonly string[];
  /** Traefik's address once it answers. */
  readonly address: string;
}
