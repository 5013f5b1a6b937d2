import { test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  activatedScreen,
  NOTHING_TOLD,
  type Notice,
  notificationFor,
  OUTAGE_MS,
  stillRunning,
  type Told,
} from '../../../main/shell/notice.ts';
import type { AppState, WriteView } from '../../../preload/contract.ts';
import type { InstallerView } from '../../../preload/installer.ts';
import { anyState, appState, withCluster, withPending, withSettings } from './states.ts';

/** What is told of one state after the other; each a minute after the one before. */
function tell(...states: readonly AppState[]): (Notice | undefined)[] {
  let told: Told = NOTHING_TOLD;
  return states.map((state, minute) => {
    const result = notificationFor(told, state, minute * 60_000);
    told = result.told;
    return result.notice;
  });
}

const kinds = (...states: readonly AppState[]) => tell(...states).map(notice => notice?.kind);

const write = (outcome: WriteView['outcome']): WriteView => ({
  outcome,
  message: 'The disk is full.',
  hint: 'Make room, then sync again.',
  remarks: [],
});

const traefikAt = (address: string, rest: Partial<AppState> = {}) =>
  appState({ traefik: { ...appState().traefik, address }, ...rest });

describe('changes', () => {
  test('are told with their number, also those that wait since the start', () => {
    expect(tell(withPending(3))).toEqual([
      {
        kind: 'pending',
        title: '3 changes to sync',
        body: 'homelab has changed. Your hosts file is not changed yet.',
        screen: 'hosts-file',
      },
    ]);
  });

  test('are told again only when there are more', () => {
    expect(kinds(withPending(3), withPending(3), withPending(1), withPending(2), appState(), withPending(1))).toEqual([
      'pending',
      undefined,
      undefined,
      'pending',
      undefined,
      'pending',
    ]);
  });

  test('are not told where they are written at once, or while it is paused', () => {
    const automatic = withSettings({ automatic: true });
    expect(
      kinds(withPending(3, { ...automatic, status: 'pending', hosts: { ...appState().hosts, asks: false } })),
    ).toEqual([undefined]);
    expect(kinds(withPending(3, { status: 'paused', pausedUntil: null }))).toEqual([undefined]);
  });

  test('that were known before a pause are not told after it; those that came in it are', () => {
    const paused = (changes: number) => withPending(changes, { status: 'paused', pausedUntil: null });
    expect(kinds(withPending(2), paused(2), withPending(2), paused(5), withPending(5))).toEqual([
      'pending',
      undefined,
      undefined,
      undefined,
      'pending',
    ]);
  });

  test('of another cluster are others', () => {
    const other = withPending(3, { cluster: withCluster({ context: 'office' }).cluster });
    expect(kinds(withPending(3), other)).toEqual(['pending', 'pending']);
  });
});

describe('a write', () => {
  test.each([
    ['failed', 'failed'],
    ['not-permitted', 'failed'],
    ['declined', undefined],
    ['changed-meanwhile', undefined],
    ['done', undefined],
    ['no-change', undefined],
  ] as const)('that came to %s: %s', (outcome, kind) => {
    expect(kinds(appState(), appState({ lastWrite: write(outcome) }))).toEqual([undefined, kind]);
  });

  test('that failed is told once, and again when it fails again', () => {
    const failed = appState({ lastWrite: write('failed') });
    const again = appState({ lastWrite: write('failed') });
    expect(tell(failed, failed, again).map(notice => notice?.body)).toEqual([
      'The disk is full. Make room, then sync again.',
      undefined,
      'The disk is full. Make room, then sync again.',
    ]);
  });

  test('that failed comes before anything else', () => {
    expect(kinds(appState(), withPending(3, { lastWrite: write('failed') }))).toEqual([undefined, 'failed']);
  });
});

describe('Traefik’s address', () => {
  test('is told when it is another one, together with the changes that it brings', () => {
    const [, notice] = tell(traefikAt('10.0.0.70'), withPending(4, traefikAt('10.0.0.75', { status: 'pending' })));
    expect(notice).toEqual({
      kind: 'address',
      title: 'Traefik has a new address',
      body: 'homelab: 10.0.0.70 is now 10.0.0.75. 4 changes to sync.',
      screen: 'hosts-file',
    });
  });

  test('is not told when it is the first, when it is gone for a while, or when the cluster is another', () => {
    const office = withCluster({ context: 'office' }).cluster;
    expect(kinds(traefikAt(''), traefikAt('10.0.0.70'), traefikAt(''), traefikAt('10.0.0.70'))).toEqual(
      Array(4).fill(undefined),
    );
    expect(kinds(traefikAt('10.0.0.70'), traefikAt('10.9.0.1', { cluster: office }))).toEqual([undefined, undefined]);
    expect(kinds(traefikAt('10.0.0.70'), traefikAt(''), traefikAt('10.0.0.71'))).toEqual([
      undefined,
      undefined,
      'address',
    ]);
  });
});

describe('MetalLB', () => {
  const { installer } = appState();
  const at = (phase: InstallerView['phase'], rest: Partial<InstallerView> = {}, state = appState()) => ({
    ...state,
    installer: { ...installer, phase, ...rest },
  });

  test('that is installed is told with Traefik’s address and the changes that it brings', () => {
    const address = '10.0.0.70';
    expect(tell(at('installing'), at('installed', { address }, withPending(4))).at(-1)).toEqual({
      kind: 'metallb',
      title: 'MetalLB is installed',
      body: 'homelab: Traefik answers at 10.0.0.70. 4 changes to sync.',
      screen: 'setup',
    });
  });

  test.each([
    ['installed', false, 'MetalLB is installed', 'setup'],
    ['failed', false, 'MetalLB is not installed yet', 'setup'],
    ['rolled-back', false, 'MetalLB is rolled back', 'setup'],
    ['removed', true, 'MetalLB is removed', 'load-balancer'],
    ['failed', true, 'MetalLB is not removed yet', 'load-balancer'],
  ] as const)('%s (a removal: %s) is told once, when it has ended', (phase, isRemoval, title, screen) => {
    const end = at(phase, { isRemoval });
    const told = tell(at('idle'), at(isRemoval ? 'removing' : 'installing', { isRemoval }), end, end, at('idle'));
    expect(told.map(notice => notice && [notice.title, notice.screen])).toEqual([
      ...[undefined, undefined],
      [title, screen],
      ...[undefined, undefined],
    ]);
  });

  test('that the user stopped, they know of', () => {
    expect(kinds(at('installing'), at('cancelling'), at('stopped'))).toEqual([undefined, undefined, undefined]);
  });
});

describe('a cluster that cannot be reached', () => {
  const lost = withCluster({ connection: 'unreachable' }, { status: 'unreachable' });
  const trying = withCluster({ connection: 'connecting' }, { status: 'unreachable' });

  test('is told after five minutes, once per outage', () => {
    const after = [lost, trying, lost, lost, lost, lost, lost, lost];
    expect(kinds(appState(), ...after).indexOf('unreachable')).toBe(1 + OUTAGE_MS / 60_000);
    expect(kinds(...after, appState(), ...after).filter(kind => kind === 'unreachable')).toHaveLength(2);
  });

  test('is no outage of the cluster while this computer has no network', () => {
    const system = { ...appState().system, online: false };
    expect(kinds(appState(), ...Array(10).fill({ ...lost, system }))).toEqual(Array(11).fill(undefined));
    expect(kinds(appState(), { ...lost, system }, ...Array(5).fill(lost))).not.toContain('unreachable');
  });

  test('is no outage while it is connected for the first time', () => {
    expect(kinds(...Array(10).fill(trying))).toEqual(Array(10).fill(undefined));
  });
});

test.each([
  ['pending', [withPending(3)]],
  ['failed', [appState({ lastWrite: write('failed') })]],
  ['address', [traefikAt('10.0.0.70'), traefikAt('10.0.0.71')]],
  ['unreachable', Array(7).fill(withCluster({ connection: 'unreachable' }))],
] as const)('%s can be switched off', (kind, states) => {
  expect(kinds(...states)).toContain(kind);
  const off = states.map(state => ({
    ...state,
    settings: { ...state.settings, notify: { ...state.settings.notify, [kind]: false } },
  }));
  expect(kinds(...off)).not.toContain(kind);
});

test.each([
  ['action', 'hosts-file'],
  ['click', undefined],
  ['', undefined],
])('a notification of an earlier run, %s, leads to %s', (click, screen) => {
  expect(activatedScreen(click)).toBe(screen);
});

test('the first time that it is closed it says where it went', () => {
  expect([stillRunning('darwin').body, stillRunning('linux').body]).toEqual([
    'Cluster Hosts keeps your hosts file in sync from the menu bar.',
    'Cluster Hosts keeps your hosts file in sync from the tray.',
  ]);
});

property.prop([anyState, anyState])('whatever the cluster says, a notification is short and harmless', ([a], [b]) => {
  for (const notice of tell(
    a,
    { ...b, status: 'pending' },
    { ...a, lastWrite: { ...write('failed'), message: b.contexts.join('') } },
  )) {
    if (notice === undefined) continue;
    expect(Buffer.byteLength(notice.body)).toBeLessThan(256);
    expect(Buffer.byteLength(notice.title)).toBeLessThan(256);
    expect(notice.title + notice.body).not.toMatch(/\p{C}/u);
  }
});
