import { test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { buildTrayMenu, trayIcon, trayTooltip } from '../../../main/shell/tray-menu.ts';
import type { TrayRow } from '../../../main/shell/tray-row.ts';
import { trayView } from '../../../main/shell/tray-view.ts';
import type { AppState, NameRow } from '../../../preload/contract.ts';
import type { Platform } from '../../../preload/words/tray.ts';
import { anyState, appState, nameRow, PLATFORMS, STATUSES, withCluster, withPending, withSettings } from './states.ts';

const menu = (state: AppState, platform: Platform = 'linux', names: readonly NameRow[] = []) =>
  buildTrayMenu(trayView(state, names), platform);

const find = (rows: readonly TrayRow[], id: string): TrayRow | undefined => rows.find(row => row.id === id);
const labels = (rows: readonly TrayRow[] | undefined) => rows?.map(({ label }) => label);

/** A window with separators as lines, to be read at a glance. */
const drawn = (rows: readonly TrayRow[]) =>
  rows.map(row => (row.type === 'separator' ? '---' : `${row.label}${row.rows ? ' >' : ''}`)).join('\n');

test('Linux, in sync', () => {
  expect(drawn(menu(appState(), 'linux', [nameRow('grafana.homelab.local')]))).toMatchInlineSnapshot(`
    "In sync – homelab
    Traefik  10.0.0.70
    ---
    Sync hosts
    Open homelab.local
    ---
    Hostnames >
    Services >
    Cluster >
    ---
    Check now
    Pause syncing >
    ---
    Open Cluster Hosts
    Settings…
    ---
    Quit Cluster Hosts"
  `);
});

test('macOS, changes that wait for a password', () => {
  expect(drawn(menu(withPending(3), 'darwin'))).toMatchInlineSnapshot(`
    "3 changes pending – homelab
    Traefik  10.0.0.70
    ---
    Sync Hosts (3)…
    Review 3 Changes…
    Open homelab.local
    ---
    Hostnames >
    Services >
    Cluster >
    ---
    Check Now
    Pause Syncing >
    ---
    Open Cluster Hosts
    Settings…
    ---
    Quit Cluster Hosts"
  `);
});

const always = ['sync', 'open', 'names', 'services', 'contexts', 'check', 'show', 'settings', 'quit'];

describe.each(STATUSES)('%s', status => {
  test.each(PLATFORMS)('on %s everything that can be done is there', platform => {
    for (const state of [appState({ status }), appState({ status, cluster: undefined, contexts: [], services: [] })]) {
      const rows = menu(state, platform);
      for (const id of always) expect(find(rows, id), id).toBeDefined();
      expect(rows.some(({ id }) => id === 'pause' || id === 'resume')).toBe(true);
    }
  });
});

test('each status has an icon, and the five icons are all used', () => {
  expect(Object.fromEntries(STATUSES.map(status => [status, trayIcon({ status, work: undefined })]))).toEqual({
    'setup-needed': 'offline',
    connecting: 'working',
    applying: 'working',
    'write-failed': 'problem',
    paused: 'offline',
    conflict: 'problem',
    pending: 'pending',
    unreachable: 'offline',
    offline: 'offline',
    stale: 'offline',
    ok: 'ok',
  });
});

test.each([
  ['nothing to do', appState(), 'Sync hosts'],
  ['nobody is asked', withPending(3, { hosts: { ...appState().hosts, asks: false } }), 'Sync hosts (3)'],
  ['somebody is asked', withPending(1), 'Sync hosts (1)…'],
])('the row to sync: %s', (_case, state, label) => expect(find(menu(state), 'sync')?.label).toBe(label));

test('before there is a cluster, the name that it will have can be opened', () => {
  const row = (state: AppState) => find(menu({ ...state, cluster: undefined }), 'open');
  expect(row(appState())).toMatchObject({
    label: 'Open turing-cluster.local',
    action: { do: 'open-name', hostname: 'turing-cluster.local' },
  });
  expect(row(withSettings({ cluster: 'attic', suffix: 'lan' }))?.label).toBe('Open attic.lan');
});

test('names are in order, each once; those that are not in the file yet lead to the window', () => {
  const names = [
    nameRow('web.homelab.local'),
    nameRow('web.homelab.local', 'add', 'fd00::70'),
    nameRow('new.homelab.local', 'add'),
    nameRow('gone.homelab.local', 'remove'),
    nameRow('bank.example', 'needs-consent'),
    nameRow('git.homelab.local', 'stale'),
  ];
  expect(find(menu(appState(), 'linux', names), 'names')?.rows).toMatchObject([
    { label: 'git.homelab.local', action: { do: 'open-name', hostname: 'git.homelab.local' } },
    { label: 'new.homelab.local (not synced)', action: { do: 'show', screen: 'hostnames' } },
    { label: 'web.homelab.local', action: { do: 'open-name', hostname: 'web.homelab.local' } },
  ]);
});

test('of many names the first are there, and a row for all', () => {
  const names = Array.from({ length: 34 }, (_, i) => nameRow(`n${String(i).padStart(2, '0')}.homelab.local`));
  const rows = find(menu(appState(), 'darwin', names), 'names')?.rows;
  expect(labels(rows)?.slice(-2)).toEqual(['n18.homelab.local', 'Show All 34…']);
  expect(labels(find(menu(appState(), 'darwin', names.slice(0, 20)), 'names')?.rows)?.at(-1)).toBe('n19.homelab.local');
});

test('what is to be set up leads to the wizard', () => {
  const rows = menu(appState({ status: 'setup-needed', cluster: undefined }));
  expect(find(rows, 'status')).toMatchObject({
    label: 'Set up Cluster Hosts…',
    action: { do: 'show', screen: 'setup' },
  });
  const { traefik, metallb } = appState();
  const bare = { traefik: { ...traefik, state: 'no-address', address: '' } } as const;
  const absent = { ...bare, metallb: { ...metallb, state: 'absent' } } as const;
  expect(find(menu(appState(absent), 'darwin'), 'metallb')).toMatchObject({
    label: 'Set Up MetalLB…',
    action: { do: 'show', screen: 'setup' },
  });
  expect(find(menu(appState(bare)), 'metallb')).toBeUndefined();
  expect(find(menu(withCluster({ connection: 'unreachable' }, absent)), 'metallb')).toBeUndefined();
});

test.each([
  ['installing', 'Installing MetalLB', 'setup'],
  ['cancelling', 'Installing MetalLB', 'setup'],
  ['rolling-back', 'Rolling back MetalLB', 'setup'],
  ['removing', 'Removing MetalLB', 'load-balancer'],
] as const)('%s MetalLB is told by icon, tooltip and first row, which leads to it', (phase, words, screen) => {
  const { installer, traefik, metallb } = appState();
  const bare = { traefik: { ...traefik, state: 'no-address', address: '' }, metallb: { ...metallb, state: 'absent' } };
  const state = appState({ ...bare, status: 'pending', installer: { ...installer, phase } } as Partial<AppState>);
  const view = trayView(state, []);
  expect(trayIcon(view)).toBe('working');
  expect(trayTooltip(view)).toBe(`Cluster Hosts – ${words}, 14 hostnames (homelab)`);
  expect(find(menu(state), 'status')).toMatchObject({ label: `${words} – homelab`, action: { do: 'show', screen } });
  expect(find(menu(state), 'metallb')).toBeUndefined();
});

test.each(['idle', 'failed', 'stopped', 'installed', 'removed', 'rolled-back'] as const)(
  'what is %s with MetalLB is no work any more',
  phase => {
    const { installer } = appState();
    const view = trayView(appState({ installer: { ...installer, phase } }), []);
    expect([trayIcon(view), trayTooltip(view)]).toEqual(['ok', 'Cluster Hosts – In sync, 14 hostnames (homelab)']);
  },
);

test('no submenu is empty', () => {
  const rows = menu(appState({ services: [], contexts: [], cluster: undefined }));
  expect(labels(find(rows, 'names')?.rows)).toEqual(['No hostnames yet']);
  expect(labels(find(rows, 'services')?.rows)).toEqual(['No services with an address yet']);
  expect(labels(find(rows, 'contexts')?.rows)).toEqual(['Choose a kubeconfig…']);
});

test('names that were all left out are not told as none', () => {
  const { hosts } = appState();
  const rows = menu(appState({ hosts: { ...hosts, entries: 0, allLeftOut: true } }));
  expect(labels(find(rows, 'names')?.rows)).toEqual(['No hostname goes into the hosts file']);
});

test('a service copies its address; one without leads to the load balancer', () => {
  const services = [
    { namespace: 'media', name: 'web', addresses: [] },
    { namespace: 'dns', name: 'pihole', addresses: ['10.0.0.71', 'fd00::71'] },
  ];
  expect(find(menu(appState({ services })), 'services')?.rows).toMatchObject([
    { label: 'pihole – 10.0.0.71', action: { do: 'copy', text: '10.0.0.71' } },
    { label: 'web – no address yet', action: { do: 'show', screen: 'load-balancer' } },
  ]);
});

test('the chosen context is among those shown, however many there are', () => {
  const contexts = Array.from({ length: 50 }, (_, i) => `c${String(i).padStart(2, '0')}`);
  const rows = find(menu(withCluster({ context: 'c49' }, { contexts })), 'contexts')?.rows ?? [];
  expect(rows.filter(({ checked }) => checked)).toMatchObject([{ label: 'c49', type: 'radio' }]);
  expect(rows).toHaveLength(20);
  expect(rows.at(-1)?.label).toBe('31 more…');
});

test('the demo is the chosen one, not a context of the same name', () => {
  const rows = find(menu(withCluster({ demo: true, context: 'default' })), 'contexts')?.rows ?? [];
  expect(rows.map(({ label, checked }) => [label, checked])).toEqual([
    ['Demo cluster', true],
    ['default', false],
    ['office', false],
  ]);
});

test('where no context is chosen none is checked, not even the first', () => {
  const rows = find(menu(appState({ cluster: undefined })), 'contexts')?.rows ?? [];
  expect(rows.map(({ type }) => type)).toEqual([undefined, undefined]);
});

test('paused, it can go on', () => {
  const rows = menu(appState({ status: 'paused', pausedUntil: null }));
  expect(find(rows, 'resume')?.action).toEqual({ do: 'resume' });
  expect(find(rows, 'pause')).toBeUndefined();
  expect(find(menu(appState()), 'pause')?.rows?.map(({ action }) => action)).toEqual([
    { do: 'pause', minutes: 60 },
    { do: 'pause', minutes: 'tomorrow' },
    { do: 'pause', minutes: null },
  ]);
});

test('an ampersand is one, not the mark of a key', () => {
  const state = withCluster({ name: 'R&D' });
  expect(PLATFORMS.map(platform => find(menu(state, platform), 'status')?.label)).toEqual([
    'In sync – R&D',
    'In sync – R&&D',
    'In sync – R&&D',
  ]);
});

test('keys are shown on macOS, where menus show them', () => {
  expect(find(menu(appState(), 'darwin'), 'quit')?.accelerator).toBe('Cmd+Q');
  expect(find(menu(appState(), 'linux'), 'quit')?.accelerator).toBeUndefined();
});

test.each([
  ['unreachable', 'Cluster not reachable – homelab'],
  ['offline', 'No network – homelab'],
  ['stale', 'No word from the cluster – homelab'],
] as const)('%s: when it was heard of last is told on macOS, which has room for it', (status, label) => {
  const state = withCluster({ seenAt: 0 }, { status });
  expect(find(menu(state), 'status')?.label).toBe(label);
  expect(find(menu(state, 'darwin'), 'status')?.sublabel).toMatch(/^Last seen \d{1,2}[:.]\d{2}/);
  expect(find(menu(state, 'win32'), 'status')?.sublabel).toBeUndefined();
});

test('the tooltip is one sentence', () => {
  expect(trayTooltip(trayView(appState(), []))).toBe('Cluster Hosts – In sync, 14 hostnames (homelab)');
  expect(trayTooltip(trayView(appState({ status: 'setup-needed', cluster: undefined }), []))).toBe(
    'Cluster Hosts – Not set up yet',
  );
});

function checkRows(rows: readonly TrayRow[], most: number, platform: Platform): void {
  expect(rows.filter(({ type }) => type !== 'separator').length).toBeLessThanOrEqual(most);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  for (const { label, type, action, rows: inner } of rows) {
    if (type === 'separator') continue;
    const seen = platform === 'darwin' ? label : label.replaceAll('&&', '&');
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.length).toBeLessThanOrEqual(48);
    expect(seen).not.toMatch(/\p{C}/u);
    if (platform !== 'darwin') expect(label.replaceAll('&&', '')).not.toContain('&');
    expect(action !== undefined).toBe(inner === undefined);
  }
}

property.prop([anyState])('whatever the cluster says, menu and tooltip stay within their limits', ([state, names]) => {
  const view = trayView(state, names);
  for (const platform of PLATFORMS) {
    const rows = buildTrayMenu(view, platform);
    checkRows(rows, 14, platform);
    for (const { rows: inner } of rows) if (inner !== undefined) checkRows(inner, 20, platform);
    for (const inner of rows.flatMap(row => row.rows ?? [])) expect(inner.rows).toBeUndefined();
    const radios = rows.flatMap(row => row.rows ?? []).filter(({ type }) => type === 'radio');
    expect(radios.filter(({ checked }) => checked).length).toBe(radios.length > 0 ? 1 : 0);
  }
  const tooltip = trayTooltip(view);
  expect(tooltip.length).toBeLessThanOrEqual(127);
  expect(tooltip).not.toMatch(/\p{C}/u);
});
