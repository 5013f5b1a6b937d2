import { domainToUnicode } from 'node:url';
import { plainText } from '../cluster/plain-text.ts';
import { formatOrigin, type Origin } from '../desired/host-entry.ts';
import type { Row, RowState } from '../plan/plan.ts';
import type { Output } from './io.ts';

/** Rows in columns of equal width, two blanks apart; the last column is as wide as it wants to be. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.slice(0, -1).entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map(row =>
    row
      .map((cell, at) => (at < row.length - 1 ? cell.padEnd(widths[at] ?? 0) : cell))
      .join('  ')
      .trimEnd(),
  );
}

/** `1 name`, `3 names`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** A host name as it is, with what an `xn--` name stands for behind it. */
export function shownName(hostname: string): string {
  const text = plainText(hostname);
  const decoded = hostname.includes('xn--') ? plainText(domainToUnicode(hostname)) : '';
  return decoded === '' || decoded === text ? text : `${text} (${decoded})`;
}

/** `Ingress media/jellyfin`, safe to show. */
export function shownOrigin(origin: Origin): string {
  return plainText(formatOrigin(origin));
}

const STATES: Readonly<Record<RowState, readonly [text: string, style: Parameters<Output['style']>[0]]>> = {
  'in-sync': ['in sync', 'green'],
  add: ['add', 'green'],
  update: ['update', 'yellow'],
  remove: ['remove', 'red'],
  stale: ['stale', 'yellow'],
  blocked: ['blocked', 'red'],
  'needs-consent': ['needs consent', 'yellow'],
};

/** The word for a row's state, in its colour. */
export function shownState({ state }: Row, out: Output): string {
  const [text, style] = STATES[state];
  return out.style(style, text);
}
