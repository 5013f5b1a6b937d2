/*
 * Everything that window and main process say to each other. Types only: main fills them, the preload script carries
 * them, the window draws them. What the cluster sent is in here as it came: it is text for people, never markup.
 */

import type { AddressesView, InstallerView, InstallWish, PlanView } from './installer.ts';

/** What is true as a whole, the worst first; it drives headline, tray and notifications alike. */
export type Status =
  | 'setup-needed'
  | 'connecting'
  | 'applying'
  | 'write-failed'
  | 'paused'
  | 'conflict'
  | 'pending'
  | 'unreachable'
  | 'offline'
  | 'stale'
  | 'ok';

/** What went wrong, as two whole sentences: what happened, and what to do. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface Origin {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * What becomes of a name. `skipped`: no hosts file can or may hold it; `excluded`: the user wants it left out. The others
 * are those of the plan.
 */
export type NameState =
  | 'in-sync'
  | 'add'
  | 'update'
  | 'remove'
  | 'stale'
  | 'blocked'
  | 'needs-consent'
  | 'skipped'
  | 'excluded';

export interface NameRow {
  /** Unlike the host name, it is of one row only. */
  readonly id: string;
  /** As it is written; `shown` is the same for people, with `xn--` decoded. */
  readonly hostname: string;
  readonly shown: string;
  /** `''` where there is none. */
  readonly address: string;
  /** Of `update`: the address that is in the file now. */
  readonly from?: string;
  readonly state: NameState;
  /** One sentence; `''` where the state says it all. */
  readonly reason: string;
  readonly origin: Origin;
  /** Of `needs-consent`: what the user would have to allow. */
  readonly domain?: string;
}

/** An object that asks for a name, with those of its annotations that count for names. */
export interface NameSource {
  readonly origin: Origin;
  readonly annotations: readonly { readonly name: string; readonly value: string }[];
}

/** Why there is no cluster to show yet, and what the user is asked for. */
export type Setup =
  /** There is no kubeconfig, or nothing in it that could be used. */
  | { readonly need: 'kubeconfig'; readonly failure?: Failure }
  /** K3s' own file says 127.0.0.1, which is another computer than this one. */
  | { readonly need: 'address'; readonly context: string; readonly server: string }
  /** To log in, a program would have to be run. `digest` stands for exactly this program, file and command. */
  | {
      readonly need: 'program';
      readonly context: string;
      readonly file: string;
      readonly command: readonly string[];
      /** Names of the variables that it is given on top. */
      readonly env: readonly string[];
      /** Where the program is; `''` where none was found. */
      readonly path: string;
      readonly digest: string;
      /** The user said no to exactly this, since the app runs. */
      readonly declined: boolean;
    };

export interface ClusterView {
  /** What the user calls it, and the domain that everything of it is under. */
  readonly name: string;
  readonly domain: string;
  readonly context: string;
  readonly server: string;
  /** `''` until it is known. */
  readonly version: string;
  readonly nodes: { readonly ready: number; readonly total: number };
  readonly connection: 'connecting' | 'live' | 'unreachable';
  readonly failure?: Failure;
  /** When it was heard of last, in ms since 1970. */
  readonly seenAt?: number;
  /** Kinds that are not live, each with its sentence. */
  readonly kinds: readonly { readonly kind: string; readonly state: string; readonly message: string }[];
  readonly demo: boolean;
}

export interface ServiceView {
  readonly namespace: string;
  readonly name: string;
  readonly addresses: readonly string[];
}

export interface TraefikView {
  readonly state: 'ready' | 'no-address' | 'absent';
  readonly address: string;
  /** `namespace/name`. */
  readonly service: string;
  /** The MetalLB pool that the address is of; `''` where none is known to have it. */
  readonly pool: string;
}

export interface MetallbView {
  readonly state: 'absent' | 'installing' | 'ready' | 'degraded' | 'foreign' | 'unknown';
  readonly version: string;
  /** `helm`, `helmchart`, `manifests`, `operator`, `argocd`, `flux`, `leftovers`, or `''`. */
  readonly managedBy: string;
  /** Made by this program: only then may it be changed or removed here. */
  readonly ours: boolean;
  readonly pools: readonly {
    readonly name: string;
    readonly ranges: readonly string[];
    readonly used: number | null;
    readonly total: number | null;
  }[];
  /** Which node answers for which Service; empty where it is not told. */
  readonly announcers: readonly { readonly service: string; readonly node: string }[];
  readonly problems: readonly string[];
}

export interface HostsView {
  readonly path: string;
  readonly way: 'direct' | 'prompt' | 'manual';
  readonly wayReason: string;
  /** A write asks somebody for a password. */
  readonly asks: boolean;
  /** Entries of this cluster in the file now. */
  readonly entries: number;
  /** None are in it, though there are objects that ask for names: each was left out. */
  readonly allLeftOut?: true;
  readonly pending: { readonly add: number; readonly update: number; readonly remove: number };
  /** Something would be written. */
  readonly changed: boolean;
  /** More would go than the guard lets go without a yes of its own. */
  readonly held?: string;
  /** Why nothing can be planned. */
  readonly refusal?: Failure;
  readonly health: readonly { readonly message: string; readonly hint: string }[];
  /** When this program wrote it last, in ms since 1970. */
  readonly writtenAt?: number;
  /** Changes whenever the file or what would be written to it does. */
  readonly revision: number;
}

/** What the last write came to, until the next one or until something else is pending. */
export interface WriteView {
  readonly outcome: 'done' | 'no-change' | 'declined' | 'changed-meanwhile' | 'not-permitted' | 'failed';
  readonly message: string;
  readonly hint: string;
  /** Names that do not answer as they were written, each with why. */
  readonly remarks: readonly string[];
}

/** One thing that happened, as a sentence. */
export interface ActivityItem {
  readonly id: number;
  readonly at: number;
  readonly tone: 'info' | 'ok' | 'warn' | 'error';
  readonly text: string;
}

/** What the user can set. Shared with the command line, which takes its options over these. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly startAtLogin: boolean;
  readonly onClose: 'keep-running' | 'quit';
  readonly notify: {
    readonly pending: boolean;
    readonly failed: boolean;
    readonly address: boolean;
    readonly unreachable: boolean;
  };
  readonly trayIcon: 'automatic' | 'light' | 'dark';
  /** Shortcuts of a single key work, without Ctrl: whoever speaks to their computer may not want them. */
  readonly singleKeys: boolean;
  /** Kubeconfig files; empty: as kubectl finds them. */
  readonly kubeconfigs: readonly string[];
  /** `''`: the kubeconfig's current one. */
  readonly context: string;
  /** `''`: after the context. */
  readonly cluster: string;
  readonly suffix: string;
  readonly namespaces: readonly string[];
  readonly allowedDomains: readonly string[];
  readonly allowPublic: boolean;
  /** Names typed by hand. */
  readonly names: readonly { readonly hostname: string; readonly address: string }[];
  readonly excluded: readonly string[];
  /** Writes by itself where nobody has to be asked. */
  readonly automatic: boolean;
  /** Nothing is written by itself until then, in ms since 1970; `null`: until the user says so. */
  readonly pausedUntil: number | null;
  /** Digests of programs that may be run to log in. */
  readonly programs: readonly string[];
  /** The user was told that the app goes on without its window. */
  readonly toldAboutTray: boolean;
  /** The wizard was finished or skipped: it does not come up by itself any more. */
  readonly wizardSeen: boolean;
  /** Where MetalLB's chart is taken from: a URL or a folder; `''`: its own repository. */
  readonly chartRepository: string;
}

/** Everything the window draws, but for the rows of names, which are many. */
export interface AppState {
  readonly status: Status;
  /** Until when nothing is written by itself, in ms since 1970; `null`: until the user says so. */
  readonly pausedUntil?: number | null;
  readonly system: {
    readonly platform: 'darwin' | 'win32' | 'linux';
    readonly version: string;
    /** Whether the desktop shows a tray. */
    readonly tray: 'yes' | 'no' | 'unknown';
    /** This computer has a network. */
    readonly online: boolean;
    /** macOS: starting at login waits for the user's yes in System Settings. */
    readonly loginAwaits: boolean;
  };
  readonly setup: Setup | undefined;
  readonly contexts: readonly string[];
  readonly cluster: ClusterView | undefined;
  readonly traefik: TraefikView;
  readonly services: readonly ServiceView[];
  readonly metallb: MetallbView;
  readonly installer: InstallerView;
  readonly hosts: HostsView;
  readonly lastWrite: WriteView | undefined;
  /** Domains that wait for the user's consent, with how many names each would bring. */
  readonly consents: readonly { readonly domain: string; readonly names: number }[];
  /** Routes without a host, as addresses under the cluster's name. */
  readonly urls: readonly { readonly url: string; readonly origin: Origin }[];
  /** The newest first. */
  readonly activity: readonly ActivityItem[];
  readonly settings: Settings;
}

/** All there is: what a window gets first. */
export interface Snapshot {
  readonly state: AppState;
  readonly names: readonly NameRow[];
}

/** What changed since the last one: parts of the state as a whole, and rows of names one by one. */
export interface Patch {
  readonly state: Partial<AppState>;
  readonly names?: { readonly put: readonly NameRow[]; readonly gone: readonly string[] };
}

/** A line of the hosts file in a view of it; `old` and `new` are its numbers before and after. */
export interface FileLine {
  readonly kind: 'same' | 'added' | 'removed' | 'skip';
  readonly text: string;
  readonly old?: number;
  readonly new?: number;
}

/** The hosts file as it is and as it would be. */
export interface FileView {
  /** Only what changes, with three lines around each change; `skip` stands between. */
  readonly diff: readonly FileLine[];
  /** The whole file as it is; `ours` says which lines are between our markers. */
  readonly lines: readonly { readonly text: string; readonly ours: boolean }[];
}

export interface BackupView {
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
  readonly original: boolean;
  readonly bytes: number;
  /** What putting it back would change. */
  readonly diff: readonly FileLine[];
}

export type Screen = 'overview' | 'hostnames' | 'hosts-file' | 'load-balancer' | 'activity' | 'settings' | 'setup';

/** What the window asks for; each may fail. */
export interface Requests {
  getSnapshot(): Snapshot;
  getFile(): FileView;
  getBackups(): readonly BackupView[];
  /** Who asks for a name: asked for one by one, since names are many. */
  getNameSources(hostname: string): readonly NameSource[];
  /** Writes what is pending; `acceptRemovals` also what the guard holds back. */
  syncNow(acceptRemovals: boolean): WriteView;
  restoreBackup(id: string): WriteView;
  /** Takes everything of this program out of the hosts file, and pauses. */
  removeAll(): WriteView;
  checkNow(): void;
  /** For so many minutes; `null`: until `resume`. */
  pause(minutes: number | null): void;
  resume(): void;
  setSettings(change: Partial<Settings>): void;
  chooseContext(name: string): void;
  /** Opens a dialog; `false` where the user chose nothing. */
  chooseKubeconfig(): boolean;
  /** Saves a pasted kubeconfig, and uses it. */
  pasteKubeconfig(text: string): void;
  lookAgain(): void;
  startDemo(): void;
  leaveDemo(): void;
  /** Tries a node's address for the context that said 127.0.0.1; where it answers, a kubeconfig with it is saved. */
  setServerAddress(address: string): void;
  /** The user agrees to run this program for logging in. */
  allowProgram(digest: string): void;
  /** The user does not: they are not asked again by themselves while the app runs. */
  declineProgram(digest: string): void;
  /** Looks at all that an installation of MetalLB depends on; the rows arrive in the state. `again`: not at what was ready. */
  runChecks(again: boolean): void;
  /** What is to be said of addresses; `null`: suggest some for this cluster. */
  adviseAddresses(text: string | null): AddressesView;
  planInstall(wish: InstallWish): PlanView;
  /** Begins, or goes on where it ended; the steps arrive in the state. */
  install(wish: InstallWish): void;
  /** The step under way is the last. */
  cancelInstall(): void;
  /** What an installation made stays, though Traefik's address does not answer. */
  keepInstallation(): void;
  /** Takes back what this installation made. */
  rollBack(): void;
  removeMetallb(): void;
  /** Puts an end away, so that there can be another beginning. */
  resetInstaller(): void;
  /** Opens a managed name or a known page in the browser. */
  openUrl(url: string): void;
  copyText(text: string): void;
  openLogs(): void;
  copyDiagnostics(): void;
  testNotification(): void;
  dismissWrite(): void;
  quit(): void;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

/** What the window finds as `window.api`. */
export type Api = {
  readonly [M in keyof Requests]: (...args: Parameters<Requests[M]>) => Promise<Reply<ReturnType<Requests[M]>>>;
} & {
  /** Each gives a function that ends it. */
  onPatch(listener: (patch: Patch) => void): () => void;
  onNavigate(listener: (screen: Screen) => void): () => void;
};
