import { parseArgs } from 'node:util';
import { judgeAddress } from '../desired/address-policy.ts';
import { canonicalHostname, isSharedSuffix } from '../desired/name-policy.ts';
import type { ManualName } from '../desired/rules.ts';
import { AppError } from '../errors.ts';
import { COMMAND_OPTIONS, GLOBAL_OPTIONS } from './option-table.ts';

/** What a command was called with. Names and addresses are canonical. */
export interface Options {
  readonly kubeconfig: string | undefined;
  /** As KUBECONFIG has them, from the settings; `''` for none. */
  readonly kubeconfigs: string;
  readonly context: string | undefined;
  readonly cluster: string | undefined;
  readonly suffix: string;
  readonly hostsFile: string | undefined;
  readonly allowDomains: readonly string[];
  readonly names: readonly ManualName[];
  readonly namespaces: readonly string[];
  /** From the settings only. */
  readonly excluded: readonly string[];
  readonly allowPublic: boolean;
  readonly json: boolean;
  readonly timeoutMs: number;
  readonly color: boolean;
  readonly yes: boolean;
  readonly watch: boolean;
  readonly dryRun: boolean;
  readonly acceptRemovals: boolean;
  readonly once: boolean;
  /** Of MetalLB; as typed. */
  readonly addresses: string | undefined;
  /** `''` for none; `undefined`: as it is. */
  readonly pin: string | undefined;
  readonly engine: 'auto' | 'helmchart' | 'helm';
  /** `''`: the setting, else MetalLB's own. */
  readonly repo: string;
  readonly rollBack: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

const REPEATABLE = new Set(['allow-domain', 'name', 'namespace']);

/** A wrong command line; the exit code is 64 (EX_USAGE). */
export function usageError(message: string, hint = 'See cluster-hosts --help.'): AppError {
  return new AppError('usage', message, hint);
}

/** Splits a command line into words and options; throws a usage error. Which command takes what is not known here. */
export function parseCommandLine(argv: readonly string[]): {
  words: readonly string[];
  options: Options;
  given: ReadonlySet<string>;
} {
  const { values, positionals } = parse(argv);
  const flag = (name: string) => values[name] === true;
  const one = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  const all = (name: string) => (Array.isArray(values[name]) ? values[name].map(String) : []);
  const options: Options = {
    kubeconfig: one('kubeconfig'),
    kubeconfigs: '',
    context: one('context'),
    cluster: mapDefined(one('cluster'), parseCluster),
    suffix: parseDomain('suffix', one('suffix') ?? 'local'),
    hostsFile: one('hosts-file'),
    allowDomains: all('allow-domain').map(text => parseDomain('allow-domain', text)),
    names: all('name').map(parseName),
    namespaces: all('namespace').map(parseNamespace),
    excluded: [],
    allowPublic: false,
    json: flag('json'),
    timeoutMs: parseTimeout(one('timeout') ?? '10'),
    color: !flag('no-color'),
    yes: flag('yes'),
    watch: flag('watch'),
    dryRun: flag('dry-run'),
    acceptRemovals: flag('accept-removals'),
    once: flag('once'),
    addresses: one('addresses'),
    pin: mapDefined(one('pin'), parsePin),
    engine: parseEngine(one('engine') ?? 'auto'),
    repo: one('repo') ?? '',
    rollBack: flag('roll-back'),
    help: flag('help'),
    version: flag('version'),
  };
  return { words: positionals, options, given: new Set(Object.keys(values)) };
}

function parse(argv: readonly string[]) {
  const known = [...GLOBAL_OPTIONS, ...Object.values(COMMAND_OPTIONS)];
  const options = Object.fromEntries(
    known.map(({ name, value }) => [
      name,
      { type: value === '' ? 'boolean' : 'string', multiple: REPEATABLE.has(name) } as const,
    ]),
  );
  try {
    const short = { h: 'help', V: 'version', y: 'yes', w: 'watch' } as const;
    const named = Object.fromEntries(
      Object.entries(short).map(([letter, name]) => [name, { ...options[name], short: letter } as const]),
    );
    return parseArgs({ args: [...argv], options: { ...options, ...named } as typeof options, allowPositionals: true });
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw usageError(`${sentence.replace(/\.?$/, '')}.`);
  }
}

function parseCluster(text: string): string {
  const name = canonicalHostname(text);
  if (!name.ok || name.hostname.includes('.')) {
    throw usageError(
      `--cluster ${text} is not a name of letters, digits and hyphens.`,
      'For example --cluster turing-cluster.',
    );
  }
  return name.hostname;
}

function parseDomain(option: string, text: string): string {
  const name = canonicalHostname(text.replace(/^\./, ''));
  if (!name.ok)
    throw usageError(`--${option} ${text} is not a domain: ${name.message}`, `For example --${option} home.arpa.`);
  const { hostname } = name;
  if (isSharedSuffix(hostname)) {
    throw usageError(
      `--${option} ${hostname} is a public suffix, under which strangers have their names.`,
      'Name a domain of your own.',
    );
  }
  return hostname;
}

function parseName(text: string): ManualName {
  const [host = '', ...rest] = text.split('=');
  const name = canonicalHostname(host);
  if (!name.ok) throw usageError(`--name ${text}: ${name.message}`, NAME_EXAMPLE);
  const address = judgeAddress(rest.join('='), true);
  if (!address.ok) throw usageError(`--name ${text}: ${address.message}`, NAME_EXAMPLE);
  return { hostname: name.hostname, address: address.address };
}

const NAME_EXAMPLE = 'For example --name nas.home.lan=10.0.0.20.';

function parseNamespace(text: string): string {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)) return text;
  throw usageError(`--namespace ${text} is not a name that a namespace can have.`);
}

function parsePin(text: string): string {
  if (text === 'none') return '';
  const address = judgeAddress(text, false);
  if (address.ok) return address.address;
  throw usageError(`--pin ${text}: ${address.message}`, 'For example --pin 10.0.0.70, or --pin none.');
}

function parseEngine(text: string): Options['engine'] {
  if (text === 'auto' || text === 'helmchart' || text === 'helm') return text;
  throw usageError(`--engine ${text} is none of auto, helmchart and helm.`);
}

function parseTimeout(text: string): number {
  const seconds = Number(text);
  if (/^[0-9]+(\.[0-9]+)?$/.test(text) && seconds > 0 && seconds <= 3600) return seconds * 1000;
  throw usageError(`--timeout ${text} is not a number of seconds from 0 to 3600.`);
}

function mapDefined<T, U>(value: T | undefined, map: (value: T) => U): U | undefined {
  return value === undefined ? undefined : map(value);
}
