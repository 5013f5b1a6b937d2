const plural = new Intl.PluralRules('en');
const number = new Intl.NumberFormat('en');
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const listed = new Intl.ListFormat('en', { type: 'conjunction' });
/** The user's own way to write times, whatever the words' language. */
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "1 hostname", "14 hostnames". */
export function count(n: number, one: string, other: string): string {
  return `${number.format(n)} ${plural.select(n) === 'one' ? one : other}`;
}

/** "12,000". */
export function decimal(n: number): string {
  return number.format(n);
}

/** "a, b, and c". */
export function list(items: readonly string[]): string {
  return listed.format(items);
}

/** Of a moment in ms since 1970: "10:42". */
export function time(at: number): string {
  return clock.format(at);
}

/** "2 hours ago", "just now"; both in ms since 1970. */
export function ago(at: number, now: number): string {
  const past = Math.max(0, now - at);
  if (past < 5_000) return 'just now';
  if (past < MINUTE_MS) return relative.format(-Math.round(past / 1_000), 'second');
  if (past < HOUR_MS) return relative.format(-Math.round(past / MINUTE_MS), 'minute');
  if (past < DAY_MS) return relative.format(-Math.round(past / HOUR_MS), 'hour');
  return relative.format(-Math.round(past / DAY_MS), 'day');
}
