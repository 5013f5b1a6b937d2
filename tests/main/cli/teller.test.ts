import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Output } from '../../../main/cli/io.ts';
import { Teller } from '../../../main/cli/teller.ts';
import type { Pass } from '../../../main/sync/reconcile.ts';
import type { Session } from '../../../main/sync/session.ts';

const HELD = { names: new Set(['a.turing-cluster.local']), message: '6 of 8 names would vanish at once.' };

/** A pass that would add so many names, and remove one that is held back where `held`. */
function pass({ add = 0, held = false }): Pass {
  const rows = held ? [{ state: 'remove', hostname: 'a.turing-cluster.local', address: '10.0.0.70' }] : [];
  const plan = { rows, entries: [], counts: { add, update: 0, remove: rows.length } };
  const texts = { before: { text: 'before' }, after: { text: add > 0 ? 'after' : 'before' } };
  return { state: 'ready', ...texts, plan, ...(held && { held: HELD }) } as unknown as Pass;
}

/** Where each write is asked for: what is told of the passes, one after another. */
function told(...passes: readonly Parameters<Teller['pass']>[0][]): readonly string[] {
  const stderr = new PassThrough();
  const io = { stdout: new PassThrough(), stderr, stdin: new PassThrough(), env: {} };
  const out = new Output({ ...io, interrupted: new AbortController().signal }, { json: false, color: false });
  const teller = new Teller({ file: { asks: true, path: '/etc/hosts' } } as Session, out, true);
  for (const each of passes) teller.pass(each);
  return String(stderr.read() ?? '')
    .split('\n')
    .slice(0, -1);
}

const HELD_TEXT = `${HELD.message} The option for that is --accept-removals.`;

test('what is held back is told once, and nobody is asked to press Enter for it', () => {
  expect(told(pass({ held: true }), pass({ held: true }))).toEqual([HELD_TEXT]);
  const both = pass({ add: 2, held: true });
  expect(told(both, both)).toEqual([HELD_TEXT, 'Pending: 2 to add. Press Enter to sync.']);
});

test('a fault that comes again after all was well is told again', () => {
  const fault = { state: 'damaged', message: 'The block is damaged.', hint: 'Repair it.' } as const;
  expect(told(pass({}), fault, fault, pass({}), fault)).toEqual([
    'In sync: 0 entries. Watching.',
    'The block is damaged. Repair it.',
    'The block is damaged. Repair it.',
  ]);
});
