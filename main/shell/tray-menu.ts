import type { Screen, Status } from '../../preload/contract.ts';
import { menuWords, type Platform, statusWords, TRAY } from '../../preload/words/tray.ts';
import { assertNever } from '../errors.ts';
import { escapeMnemonic, MAX_LABEL, shorten, shownText } from './menu-text.ts';
import type { TrayRow } from './tray-row.ts';
import { contexts, hostnames, services } from './tray-submenus.ts';
import type { TrayView } from './tray-view.ts';

/** How the icon looks; each differs from the others in shape. */
export type TrayIconName = 'ok' | 'pending' | 'working' | 'problem' | 'offline';

/** The menu, from what there is to tell. Rows that make no sense are left out: not every tray can show them grey. */
export function buildTrayMenu(view: TrayView, platform: Platform): readonly TrayRow[] {
  const rows = [
    ...statusRows(view, platform),
    separator(1),
    ...syncRows(view, platform),
    separator(2),
    hostnames(view, platform),
    services(view, platform),
    contexts(view, platform),
    separator(3),
    ...runningRows(view, platform),
    separator(4),
    ...windowRows(platform),
  ];
  return rows.map(row => finish(row, platform));
}

/** One sentence that Windows takes as a whole: at most 127 characters, on one line. */
export function trayTooltip({ status, work, cluster, changes, entries }: TrayView): string {
  if (status === 'setup-needed') return `${TRAY.product} – ${TRAY.setupNeeded}`;
  const now = work === undefined ? statusWords(status, changes) : TRAY.work[work];
  const words = `${TRAY.product} – ${now}, ${TRAY.hostnames(entries)}`;
  return cluster === '' ? words : `${words} (${shownText(cluster, 120 - words.length)})`;
}

export function trayIcon({ status, work }: Pick<TrayView, 'status' | 'work'>): TrayIconName {
  if (work !== undefined) return 'working';
  switch (status) {
    case 'ok':
      return 'ok';
    case 'pending':
      return 'pending';
    case 'connecting':
    case 'applying':
      return 'working';
    case 'conflict':
    case 'write-failed':
      return 'problem';
    case 'setup-needed':
    case 'paused':
    case 'unreachable':
    case 'offline':
    case 'stale':
      return 'offline';
    default:
      return assertNever(status);
  }
}

const AWAY: ReadonlySet<Status> = new Set(['unreachable', 'offline', 'stale']);

function statusRows(view: TrayView, platform: Platform): TrayRow[] {
  const { status, work, cluster, changes, seenAt, traefik } = view;
  const action = { do: 'show', screen: screenOf(work) } as const;
  if (status === 'setup-needed')
    return [{ id: 'status', label: menuWords(platform).setUp, action: { do: 'show', screen: 'setup' } }];
  const words = work === undefined ? statusWords(status, changes) : TRAY.work[work];
  const label = cluster === '' ? words : `${words} – ${shownText(cluster, MAX_LABEL - words.length - 3)}`;
  const isLost = platform === 'darwin' && work === undefined && AWAY.has(status) && seenAt !== undefined;
  return [
    { id: 'status', label, ...(isLost && { sublabel: TRAY.lastSeen(clockTime(seenAt)) }), action },
    ...(traefik === ''
      ? metallbRows(view, platform)
      : [
          {
            id: 'traefik',
            label: `Traefik  ${shownText(traefik, 39)}`,
            action: { do: 'copy', text: traefik } as const,
          },
        ]),
  ];
}

/** Where what is done to MetalLB is shown. */
function screenOf(work: TrayView['work']): Screen {
  return work === undefined ? 'overview' : work === 'removing' ? 'load-balancer' : 'setup';
}

/** While Traefik has no address, the way to one; the first row leads to one that is being made. */
function metallbRows({ lacksAddress, work }: TrayView, platform: Platform): TrayRow[] {
  const { setUpMetallb } = menuWords(platform);
  return lacksAddress && work === undefined
    ? [{ id: 'metallb', label: setUpMetallb, action: { do: 'show', screen: 'setup' } }]
    : [];
}

function syncRows({ changes, willAsk, domain }: TrayView, platform: Platform): TrayRow[] {
  const words = menuWords(platform);
  const label = `${words.syncHosts}${changes > 0 ? ` (${changes})` : ''}${willAsk ? '…' : ''}`;
  const review: TrayRow = { id: 'review', label: words.review(changes), action: { do: 'show', screen: 'hosts-file' } };
  return [
    { id: 'sync', label, action: { do: 'sync' } },
    ...(changes > 0 ? [review] : []),
    { id: 'open', label: words.open(shownText(domain, 40)), action: { do: 'open-name', hostname: domain } },
  ];
}

function runningRows({ isPaused }: TrayView, platform: Platform): TrayRow[] {
  const words = menuWords(platform);
  const rows: TrayRow[] = [
    { id: 'pause-hour', label: words.forOneHour, action: { do: 'pause', minutes: 60 } },
    { id: 'pause-tomorrow', label: words.untilTomorrow, action: { do: 'pause', minutes: 'tomorrow' } },
    { id: 'pause-on', label: words.untilResumed, action: { do: 'pause', minutes: null } },
  ];
  return [
    { id: 'check', label: words.checkNow, action: { do: 'check' } },
    isPaused
      ? { id: 'resume', label: words.resume, action: { do: 'resume' } }
      : { id: 'pause', label: words.pause, type: 'submenu', rows },
  ];
}

function windowRows(platform: Platform): TrayRow[] {
  const words = menuWords(platform);
  const isMac = platform === 'darwin';
  return [
    { id: 'show', label: words.show, action: { do: 'show' } },
    { id: 'settings', label: words.settings, ...(isMac && { accelerator: 'Cmd+,' }), action: { do: 'settings' } },
    separator(5),
    { id: 'quit', label: words.quit, ...(isMac && { accelerator: 'Cmd+Q' }), action: { do: 'quit' } },
  ];
}

function separator(number: number): TrayRow {
  return { id: `separator-${number}`, label: '', type: 'separator' };
}

function finish(row: TrayRow, platform: Platform): TrayRow {
  const label = escapeMnemonic(shorten(row.label, MAX_LABEL), platform);
  return row.rows === undefined
    ? { ...row, label }
    : { ...row, label, rows: row.rows.map(each => finish(each, platform)) };
}

function clockTime(at: number): string {
  return new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(at);
}
