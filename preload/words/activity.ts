import { decimal, time } from './format.ts';

const DAY_MS = 24 * 60 * 60_000;
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/** `Today`, `Yesterday`, `Monday 3 November`; both in ms since 1970. */
function day(at: number, now: number): string {
  const date = new Date(at).toDateString();
  if (date === new Date(now).toDateString()) return 'Today';
  if (date === new Date(now - DAY_MS).toDateString()) return 'Yesterday';
  return dayFormat.format(at);
}

/** Of what happened. */
export const activity = {
  title: 'Activity',
  detail: 'What became of your names and your hosts file.',
  filter: 'Which to show',
  all: 'All',
  problems: (n: number) => (n === 0 ? 'Problems' : `Problems ${decimal(n)}`),
  tone: { info: 'Note', ok: 'Done', warn: 'Attention', error: 'Problem' },
  day,
  time,
  copyDiagnostics: 'Copy diagnostics',
  diagnosticsCopied: 'Diagnostics copied',
  diagnosticsText: 'Paste them where you ask for help. They hold no passwords, tokens or certificates.',
  openLogs: 'Open log folder',
  more: (n: number) => `Show ${n} more`,
  empty: { title: 'Nothing happened yet', text: 'Names that come and go, syncs and problems are told here.' },
  noProblems: { title: 'No problems', text: 'Nothing went wrong lately.' },
};
