import { canonicalAddress, familyOf } from '../desired/address-policy.ts';

/** A name with the addresses that the file gives it, at least one. */
export interface WrittenName {
  readonly hostname: string;
  readonly written: readonly string[];
}

/** What this computer's resolver said to a name that is in the file. */
export interface Answer extends WrittenName {
  readonly found: readonly string[];
  /** `slow`: not in time, but to who asks only for the one family that the file has; `silent`: not even then. */
  readonly pace: 'prompt' | 'slow' | 'silent';
}

/** All addresses of a name, of both families (0) or of one; none where it is not found. May take for ever. */
export type Lookup = (hostname: string, family: 0 | 4 | 6) => Promise<readonly string[]>;

/** Time as an argument; as the `Clock` of the cluster has it. */
export interface Time {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Asking {
  readonly lookup: Lookup;
  readonly time: Time;
  /** For how long a name that does not answer as written is asked again. Worked out only when there is one. */
  readonly patienceMs: () => number;
}

/** For one lookup; a round has two at most, and the last round may begin just before the patience ends. */
const LOOKUP_MS = 600;
const PAUSE_MS = 100;
const NEVER = new AbortController().signal;

/** Asks for all the names at the same time; gives what was said to those that do not answer as written. */
export async function differingAnswers(names: readonly WrittenName[], asking: Asking): Promise<readonly Answer[]> {
  const answers = await Promise.all(names.map(name => insist(name, asking)));
  return answers.filter(answer => answer.pace !== 'prompt' || !isAsWritten(answer));
}

/** Slow once may be the resolver's reading the file anew. */
async function insist(name: WrittenName, asking: Asking): Promise<Answer> {
  const { time, patienceMs } = asking;
  const startedAt = time.now();
  for (let before: Answer | undefined; ; ) {
    const answer = await ask(name, asking);
    if (isAsWritten(answer) && (answer.pace === 'prompt' || before?.pace === 'slow')) return answer;
    if (time.now() - startedAt >= patienceMs()) return answer;
    if (answer.pace === 'prompt') await time.sleep(PAUSE_MS, NEVER);
    before = answer;
  }
}

/** As most programs do, for both families; where that takes long, for one that the file has. */
async function ask(name: WrittenName, { lookup, time }: Asking): Promise<Answer> {
  const found = await within(LOOKUP_MS, lookup(name.hostname, 0), time);
  if (found !== undefined) return { ...name, found: canonical(found), pace: 'prompt' };
  const some = await within(LOOKUP_MS, lookup(name.hostname, mainFamily(name)), time);
  if (some === undefined) return { ...name, found: [], pace: 'silent' };
  return { ...name, found: canonical(some), pace: 'slow' };
}

function canonical(addresses: readonly string[]): readonly string[] {
  return [...new Set(addresses.map(address => canonicalAddress(address) ?? address))];
}

/** Nothing missing of what was asked for, and nothing else: of several addresses programs take any. */
function isAsWritten(answer: Answer): boolean {
  const { found, written, pace } = answer;
  const wanted = pace === 'prompt' ? written : written.filter(address => familyOf(address) === mainFamily(answer));
  return found.length === wanted.length && wanted.every(address => found.includes(address));
}

function mainFamily({ written: [first = ''] }: WrittenName): 4 | 6 {
  return familyOf(first);
}

async function within<T>(ms: number, promise: Promise<T>, time: Time): Promise<T | undefined> {
  const settled = new AbortController();
  try {
    return await Promise.race([promise, time.sleep(ms, settled.signal).then(() => undefined)]);
  } finally {
    settled.abort();
  }
}
