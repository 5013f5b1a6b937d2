import { expect, test } from 'vitest';
import { type StatusFacts, statusOf } from '../../../main/state/view.ts';
import type { Status } from '../../../preload/contract.ts';

const MINUTE_MS = 60_000;

/** A cluster that answers, of which no names are known yet. */
const FACTS: StatusFacts = {
  setup: undefined,
  pass: undefined,
  writing: false,
  lastWrite: undefined,
  paused: false,
  connection: 'live',
  online: true,
  silentMs: 0,
};

const refused = { state: 'refused', message: 'It is a symbolic link.', hint: 'Name the file itself.' } as const;

test.each<[string, Partial<StatusFacts>, Status]>([
  ['nothing is known yet', { connection: 'connecting' }, 'connecting'],
  ['the cluster does not answer', { connection: 'unreachable' }, 'unreachable'],
  ['there is no network', { connection: 'unreachable', online: false }, 'offline'],
  ['there is no network to connect over', { connection: 'connecting', online: false }, 'offline'],
  ['a cluster on this computer needs no network', { online: false }, 'connecting'],
  ['it was silent for five minutes', { silentMs: 5 * MINUTE_MS }, 'connecting'],
  ['it was silent for longer', { silentMs: 5 * MINUTE_MS + 1 }, 'stale'],
  [
    'one that does not answer has been silent as well',
    { connection: 'unreachable', silentMs: 9 * MINUTE_MS },
    'unreachable',
  ],
  ['so has one without a network', { connection: 'unreachable', online: false, silentMs: 9 * MINUTE_MS }, 'offline'],
  ['a pause counts for more', { paused: true, connection: 'unreachable', online: false }, 'paused'],
  ['so does a file that cannot be written', { pass: refused, paused: true, online: false }, 'write-failed'],
  ['and a write that goes on', { pass: refused, writing: true, connection: 'unreachable' }, 'applying'],
  ['and a question to the user', { setup: { need: 'kubeconfig' }, writing: true, online: false }, 'setup-needed'],
])('%s', (_case, facts, status) => {
  expect(statusOf({ ...FACTS, ...facts })).toBe(status);
});
