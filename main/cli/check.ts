import { isIP } from 'node:net';
import { addressesIn } from '../desired/claim.ts';
import { canonicalHostname } from '../desired/name-policy.ts';
import { clusterDomain } from '../desired/rules.ts';
import { parseHosts } from '../hosts/block.ts';
import { type Step, tryAddress, tryResolver } from '../probe/reach.ts';
import type { Pass } from '../sync/reconcile.ts';
import { causesOf } from './check-causes.ts';
import { type Command, EXIT, type ExitCode, type Invocation } from './command.ts';
import { isSystemFile } from './hosts-file.ts';
import type { Output } from './io.ts';
import { type Look, lookOnce } from './look.ts';
import { usageError } from './options.ts';
import { shownName, shownOrigin } from './text.ts';

/** A step of `check`; the hosts file comes before those of the probe. */
type CheckStep = Step | { readonly step: 'hosts-file'; readonly ok: boolean; readonly message: string };

export const checkCommand: Command = {
  name: 'check',
  takes: '[NAME]',
  summary: 'Try whether a name answers from here',
  options: [],
  run: invocation => lookOnce(invocation, look => showCheck(look, invocation)),
};

/** Tries a name of a cluster that was looked at, and tells how it went; where its address is silent, also why. */
export async function showCheck(look: Look, invocation: Invocation): Promise<ExitCode> {
  const { out } = invocation;
  const hostname = nameOf(invocation, look);
  const { steps, address } = await check(hostname, look, invocation);
  const ok = steps.every(step => step.ok);
  const isSilent = steps.some(({ step, ok }) => !ok && (step === 'port' || step === 'http'));
  const causes = isSilent ? await causesOf(address, look.session, invocation) : [];
  if (out.json) out.value({ hostname, ok, steps, causes });
  else print(hostname, steps, causes, out);
  return ok ? EXIT.done : EXIT.error;
}

function nameOf({ words }: Invocation, { session }: Look): string {
  const [word] = words;
  if (word === undefined) return clusterDomain(session.rules.policy);
  const name = canonicalHostname(word);
  if (!name.ok) throw usageError(`${word}: ${name.message}`);
  return name.hostname;
}

/** `address` is the one that the name has or would get; `''` for none. */
interface Checked {
  readonly steps: readonly CheckStep[];
  readonly address: string;
}

/** The hosts file, then the resolver (where it reads that file), then the address itself; stops at the first fault. */
async function check(hostname: string, { session, pass }: Look, { io }: Invocation): Promise<Checked> {
  const parsed = parseHosts(pass.before.text);
  const sections = parsed.state === 'ok' ? [...(parsed.hosts.block?.sections.values() ?? [])] : [];
  const entry = sections.flatMap(({ entries }) => entries).find(line => line.hostname === hostname);
  const wanted = pass.plan.rows.find(row => row.hostname === hostname && isIP(row.address) !== 0);
  const file = {
    step: 'hosts-file',
    ok: entry !== undefined,
    message: fileMessage(hostname, entry?.address, wanted?.address, pass),
  } as const;
  const address = entry?.address ?? wanted?.address ?? '';
  const checked = (...steps: readonly CheckStep[]) => ({ steps: [file, ...steps], address });
  if (address === '') return checked();
  if (entry === undefined || !isSystemFile(session.file, io))
    return checked(...(await tryAddress(hostname, address, session.dial)));
  const resolver = await tryResolver(hostname);
  if (!resolver.ok) return checked(resolver);
  const follows = resolver.addresses.includes(address);
  const message = `This computer finds ${resolver.addresses.join(', ')}, not ${address}: another line or a DNS server comes first.`;
  if (!follows) return checked({ step: 'resolver', ok: false, message });
  return checked(resolver, ...(await tryAddress(hostname, address, session.dial)));
}

function fileMessage(hostname: string, written: string | undefined, wanted: string | undefined, pass: Pass): string {
  if (written !== undefined) return `The hosts file has it: ${written}.`;
  if (wanted !== undefined)
    return `The hosts file does not have it yet; it would be ${wanted}. Run cluster-hosts sync.`;
  return whyNot(hostname, pass);
}

/** Why a name has no address: often that of Traefik is still to come. */
function whyNot(hostname: string, { desired: { traefik }, plan: { skipped } }: Pass): string {
  const skip = skipped.find(each => each.hostname === hostname);
  if (skip === undefined) return `Nothing in the cluster asks for ${hostname}.`;
  const { origin, message } = skip;
  const waits = traefik !== undefined && addressesIn(traefik.status).length === 0;
  const isTraefik = origin.namespace === traefik?.namespace && origin.name === traefik.name;
  if (waits && origin.kind === 'Service' && isTraefik) return NO_TRAEFIK;
  if (waits && origin.kind !== 'Service') return `${shownOrigin(origin)} asks for ${hostname}, but ${NO_TRAEFIK}`;
  return `${shownOrigin(origin)} asks for ${hostname}. ${message}`;
}

const NO_TRAEFIK = 'Traefik has no address yet. Run cluster-hosts metallb plan.';

function print(hostname: string, steps: readonly CheckStep[], causes: readonly string[], out: Output): void {
  out.line(out.style('bold', shownName(hostname)));
  for (const { ok, message } of steps)
    out.line(`${ok ? out.style('green', 'ok  ') : out.style('red', 'no  ')} ${message}`);
  for (const cause of causes) out.line(`     ${cause}`);
}
