import type { AppState, Screen, WriteView } from '../../preload/contract.ts';
import type { InstallerView } from '../../preload/installer.ts';
import { CLOSING, NOTICE, type Platform, TRAY } from '../../preload/words/tray.ts';
import { plainText } from '../cluster/plain-text.ts';
import { shownText } from './menu-text.ts';

/** One notification; a later one of the same kind takes its place. */
export interface Notice {
  readonly kind: 'pending' | 'failed' | 'address' | 'unreachable' | 'metallb' | 'closed' | 'test';
  readonly title: string;
  readonly body: string;
  /** Where a click leads. */
  readonly screen: Screen;
}

/** What the user was told of a context, or would have been, had they not switched it off. */
export interface Told {
  readonly pending: number;
  readonly write: WriteView | undefined;
  readonly context: string;
  readonly address: string;
  readonly phase: InstallerView['phase'];
  readonly outage: { readonly since: number; readonly isTold: boolean } | undefined;
}

export const NOTHING_TOLD: Told = {
  ...{ pending: 0, write: undefined, context: '', address: '', phase: 'idle', outage: undefined },
};

/** A restarted router is no news. */
export const OUTAGE_MS = 300_000;

/** macOS shows no more, in bytes of UTF-8. */
const MAX_BYTES = 255;

/**
 * What the user should be told now, at most one thing: a failure before anything else, and a new address with the changes
 * that it brings. `now` in milliseconds of any clock.
 */
export function notificationFor(
  told: Told,
  state: AppState,
  now: number,
): { readonly told: Told; readonly notice?: Notice } {
  const context = state.cluster?.context ?? told.context;
  const before = context === told.context ? told : { ...NOTHING_TOLD, context, write: told.write };
  const next = look(before, state, now);
  const { notify } = state.settings;
  const notices: readonly (Notice | false)[] = [
    notify.failed && next.write !== before.write && failed(next.write),
    next.phase !== before.phase && metallbEnded(next, state),
    notify.address &&
      before.address !== '' &&
      before.address !== next.address &&
      newAddress(before.address, next, state),
    notify.pending && next.pending > before.pending && pending(next, state),
    notify.unreachable && next.outage?.isTold === true && !before.outage?.isTold && unreachable(state),
  ];
  const notice = notices.find(each => each !== false);
  return notice === undefined ? { told: next } : { told: next, notice: { ...notice, body: fitBytes(notice.body) } };
}

/** The first time that the window is closed. */
export function stillRunning(platform: Platform): Notice {
  return { kind: 'closed', title: CLOSING.title, body: CLOSING.body(CLOSING.place(platform)), screen: 'settings' };
}

/** The first one is the one that the user asked for: with it comes the system's question whether we may. */
export const TEST_NOTICE: Notice = { kind: 'test', title: NOTICE.testTitle, body: NOTICE.testBody, screen: 'settings' };

/**
 * Where a notification leads that was shown by an earlier run of the program, and of which only the kind of click is known;
 * the one button that there is leads to the changes.
 */
export function activatedScreen(click: string): Screen | undefined {
  return click === 'action' ? 'hosts-file' : undefined;
}

function look(told: Told, state: AppState, now: number): Told {
  return {
    pending: pendingOf(told, state),
    write: state.lastWrite,
    context: told.context,
    // MetalLB that restarts takes an address away for a moment.
    address: state.traefik.address || told.address,
    phase: state.installer.phase,
    outage: outageOf(told, state, now),
  };
}

/** Automatic writing tells nothing: it is done a moment later. While it is paused, nobody wants to hear of it. */
function pendingOf({ pending }: Told, { status, hosts, settings }: AppState): number {
  if (settings.automatic && !hosts.asks) return 0;
  const { add, update, remove } = hosts.pending;
  const now = add + update + remove;
  return status === 'pending' ? now : Math.min(now, pending);
}

/** While this computer has no network, the cluster cannot be blamed. */
function outageOf({ outage }: Told, { cluster, system }: AppState, now: number): Told['outage'] {
  if (cluster === undefined || cluster.connection === 'live' || !system.online) return undefined;
  if (cluster.connection === 'connecting' && outage === undefined) return undefined;
  const since = outage?.since ?? now;
  return { since, isTold: now - since >= OUTAGE_MS };
}

/** What the user declined, they know. What changed meanwhile is tried again. */
function failed(write: WriteView | undefined): Notice | false {
  switch (write?.outcome) {
    case 'not-permitted':
    case 'failed':
      return {
        kind: 'failed',
        title: NOTICE.failedTitle,
        body: plainText(`${write.message} ${write.hint}`),
        screen: 'hosts-file',
      };
    default:
      return false;
  }
}

function newAddress(from: string, { address, pending }: Told, state: AppState): Notice {
  const body = NOTICE.addressBody(clusterOf(state), shownText(from, 39), shownText(address, 39));
  return {
    kind: 'address',
    title: NOTICE.addressTitle,
    body: `${body}${changesIn(pending)}`,
    screen: pending > 0 ? 'hosts-file' : 'overview',
  };
}

/** The user began it, and may have closed the window since; what they stopped themselves, they know. */
function metallbEnded({ phase, pending }: Told, state: AppState): Notice | false {
  const { address, isRemoval = false } = state.installer;
  const cluster = clusterOf(state);
  const notice = { kind: 'metallb', screen: isRemoval ? 'load-balancer' : 'setup' } as const;
  switch (phase) {
    case 'installed': {
      const body = `${NOTICE.installedBody(cluster, shownText(address, 39))}${changesIn(pending)}`;
      return { ...notice, title: NOTICE.installedTitle, body };
    }
    case 'rolled-back':
      return { ...notice, title: NOTICE.rolledBackTitle, body: NOTICE.rolledBackBody(cluster) };
    case 'removed':
      return { ...notice, title: NOTICE.removedTitle, body: NOTICE.removedBody(cluster) };
    case 'failed': {
      const title = isRemoval ? NOTICE.notRemovedTitle : NOTICE.notInstalledTitle;
      return { ...notice, title, body: NOTICE.halfDoneBody(cluster) };
    }
    default:
      return false;
  }
}

function changesIn(pending: number): string {
  return pending > 0 ? ` ${NOTICE.pendingTitle(pending)}.` : '';
}

function pending({ pending }: Told, state: AppState): Notice {
  return {
    kind: 'pending',
    title: NOTICE.pendingTitle(pending),
    body: NOTICE.pendingBody(clusterOf(state)),
    screen: 'hosts-file',
  };
}

function unreachable(state: AppState): Notice {
  return {
    kind: 'unreachable',
    title: NOTICE.unreachableTitle(clusterOf(state)),
    body: NOTICE.unreachableBody,
    screen: 'overview',
  };
}

function clusterOf({ cluster }: AppState): string {
  return cluster === undefined ? TRAY.product : shownText(cluster.name, 40);
}

function fitBytes(text: string): string {
  if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(MAX_BYTES - 3));
  return `${text.slice(0, read)}…`;
}
