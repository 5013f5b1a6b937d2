import type { AddressesView, CheckRow, InstallStep, PlanView } from '../../preload/installer.ts';
import { AppError } from '../errors.ts';
import type { Output } from './io.ts';
import { columns, count } from './text.ts';

const WORDS = { checking: 'checking', ready: 'ready', attention: 'needs attention', blocked: 'blocked' } as const;

/** The rows of a check; of those that are not ready also how to mend them. */
export function printChecks(rows: readonly CheckRow[], out: Output): void {
  for (const line of columns(rows.map(({ title, state, detail }) => [title, WORDS[state], detail]))) out.line(line);
  for (const { title, fix } of rows.filter(({ fix: mend }) => mend !== undefined)) {
    out.line();
    out.line(`${title}: ${fix?.text}`);
    for (const line of fix?.lines ?? []) out.line(`  ${line}`);
  }
  out.line();
}

export function printAddresses({ text, count: number, notes, problems, warnings }: AddressesView, out: Output): void {
  if (text !== '') out.line(`Addresses: ${text} (${count(number, 'address', 'addresses')})`);
  for (const line of [...notes, ...problems, ...warnings]) out.line(`  ${line}`);
  out.line();
}

/** What would be done, with every object as YAML. */
export function printPlan({ sentences, objects, unchanged }: PlanView, out: Output): void {
  for (const sentence of sentences) out.line(`- ${sentence}`);
  for (const { action, kind, namespace, name, summary, yaml } of objects) {
    out.line();
    const place = namespace === '' ? name : `${namespace}/${name}`;
    out.line(out.style('bold', `${action === 'create' ? 'New' : 'Changed'}: ${kind} ${place}. ${summary}`));
    for (const line of yaml.trimEnd().split('\n')) out.line(`  ${line}`);
  }
  out.line();
  for (const sentence of unchanged) out.line(sentence);
  out.line();
}

/** Throws where something stands in the way of an installation. */
export function requireReady(rows: readonly CheckRow[], { problems }: AddressesView): void {
  const blocked = rows.find(({ state }) => state === 'blocked');
  if (blocked !== undefined) {
    const hint =
      blocked.fix === undefined
        ? 'See cluster-hosts metallb plan.'
        : [blocked.fix.text, ...blocked.fix.lines].join('\n  ');
    throw new AppError('metallb', `MetalLB cannot be installed. ${blocked.title}: ${blocked.detail}`, hint);
  }
  const [problem] = problems;
  if (problem !== undefined) throw new AppError('metallb', problem, 'Choose other addresses with --addresses.');
}

/** Tells of steps as they go, each thing once. */
export class StepTeller {
  readonly #out: Output;
  readonly #told = new Map<string, string>();

  constructor(out: Output) {
    this.#out = out;
  }

  tell(steps: readonly InstallStep[]): void {
    for (const { id, title, state, message, startedAt = 0, endedAt = 0 } of steps) {
      const line = lineOf(title, state, message, endedAt - startedAt);
      if (line === '' || this.#told.get(id) === line) continue;
      this.#told.set(id, line);
      this.#out.note(line);
    }
  }
}

function lineOf(title: string, state: InstallStep['state'], message: string, ms: number): string {
  const text = message === '' ? title : `${title}: ${message}`;
  switch (state) {
    case 'waiting':
      return '';
    case 'running':
    case 'undoing':
      // What is done at once is told once.
      return message === '' ? '' : `… ${text}`;
    case 'done':
    case 'undone':
      return `✓ ${text} (${(ms / 1000).toFixed(1)} s)`;
    case 'failed':
      return `✗ ${text}`;
  }
}
