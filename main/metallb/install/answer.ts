import type { ObjectApi, RawObject } from '../../cluster/object-api.ts';
import { list, record, text } from '../../cluster/raw.ts';
import { tryAddress } from '../../probe/reach.ts';
import { contains, parseAddresses } from '../addresses/ranges.ts';
import { servicePath } from './pin.ts';
import { done, type Step, type World, waiting } from './step.ts';

/** Long enough for speakers to agree on who answers. */
const ANSWER_MS = 2 * 60_000;

/** Events are hints that expire; the truth is in the Service's status. */
export function addressGiven(): Step {
  const told = new Set<string>();
  return {
    id: 'address',
    title: 'Traefik gets its address',
    patienceMs: 2 * 60_000,
    hint: 'See cluster-hosts metallb status.',
    check: async world => {
      const { api, traefik } = world;
      if (traefik === undefined) return done('There is no Traefik yet that asks MetalLB for one.');
      const address = await addressOf(world);
      const events = await eventsOf(api, traefik);
      for (const { line } of events) {
        if (!told.has(line)) world.log(line);
        told.add(line);
      }
      if (address !== undefined) return done(`Traefik has ${address}.`);
      const refusal = events.findLast(({ reason }) => reason === 'AllocationFailed');
      return waiting(refusal === undefined ? 'MetalLB has not given it one yet.' : `MetalLB says: ${refusal.message}`);
    },
  };
}

/** Success is an HTTP answer from this computer, not a status. */
export const addressAnswers: Step = {
  id: 'answer',
  title: 'The address answers from here',
  patienceMs: ANSWER_MS,
  hint: 'See cluster-hosts check.',
  check: async world => {
    const { traefik, hostname, dial, explain } = world;
    if (traefik === undefined) return done('There is nothing yet that could answer.');
    const address = await addressOf(world);
    if (address === undefined) return waiting('Traefik has lost its address again.');
    const steps = await tryAddress(hostname, address, dial);
    const last = steps.at(-1);
    if (last?.step === 'http' && last.ok) return done(last.message);
    // That nobody can tell why is no reason to give up.
    const [why] = await explain(address).catch(() => []);
    return waiting(why ?? last?.message ?? `Nothing answers at ${address}.`);
  },
};

/** Traefik's address of the wished ones: its own where it has to have one. */
export async function addressOf({ api, traefik, wish }: World): Promise<string | undefined> {
  if (traefik === undefined) return undefined;
  const parsed = parseAddresses(wish.pin || wish.addresses.join(','));
  const service = await api.get(servicePath(traefik));
  return addressesOf(service).find(address => parsed.ok && contains(parsed.ranges, address));
}

/** Of a Service of type LoadBalancer. */
export function addressesOf(service: RawObject | undefined): readonly string[] {
  const { ingress } = record(record(service?.status).loadBalancer);
  return list(ingress)
    .map(each => text(record(each).ip))
    .filter(address => address !== '');
}

interface Told {
  readonly reason: string;
  readonly message: string;
  readonly line: string;
}

/** What MetalLB says of a Service, the oldest first. */
async function eventsOf(api: ObjectApi, { namespace, name }: NonNullable<World['traefik']>): Promise<readonly Told[]> {
  const selector = encodeURIComponent(`involvedObject.name=${name},involvedObject.kind=Service`);
  const items = (await api.list(`/api/v1/namespaces/${namespace}/events?fieldSelector=${selector}`)) ?? [];
  return items
    .filter(({ source, reportingComponent }) => {
      const component = text(record(source).component) || text(reportingComponent);
      return component.startsWith('metallb');
    })
    .sort((a, b) => (text(a.lastTimestamp) < text(b.lastTimestamp) ? -1 : 1))
    .map(({ reason, message }) => {
      return { reason: text(reason), message: text(message), line: `${text(reason)}: ${text(message)}` };
    });
}
