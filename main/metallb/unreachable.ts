import type { ObjectApi } from '../cluster/object-api.ts';
import { list, record } from '../cluster/raw.ts';
import type { Network } from '../probe/network.ts';
import { likelyCauses } from './causes.ts';
import type { LoadBalancerFacts, NodeFacts, Survey } from './survey.ts';

/** An address that does not answer, and where to look. */
export interface Unreachable {
  readonly address: string;
  /** The Service that has it; `undefined` where none has. */
  readonly service: LoadBalancerFacts | undefined;
  readonly survey: Survey;
  readonly api: Pick<ObjectApi, 'list'>;
  readonly network: Network;
}

/** Likelier causes than these two leave nothing for a third to explain. */
const MOST_CAUSES = 2;

/**
 * Why an address probably does not answer from here, the likeliest first: one or two texts, each what is so and what to
 * do. Throws what the network and the API threw.
 */
export async function explainUnreachable(about: Unreachable, signal: AbortSignal): Promise<readonly string[]> {
  const { address, service, survey, api, network } = about;
  const [readyEndpoints, surroundings, way, nodeHardware] = await Promise.all([
    service && countReadyEndpoints(api, service),
    network.surroundings(),
    network.wayTo(address),
    hardwareOf(survey.nodes, address, network, signal),
  ]);
  // Known only now: asking for the nodes' asked for this one, too.
  const hardwareAddress = await network.hardwareAddress(address);
  const facts = { address, service, survey, readyEndpoints, surroundings, way, hardwareAddress, nodeHardware };
  return likelyCauses(facts)
    .slice(0, MOST_CAUSES)
    .map(({ sentence, wayOut }) => `${sentence} ${wayOut}`);
}

/**
 * Ready endpoints of a Service by its EndpointSlices; `undefined` where they may not be read, or where there is not
 * even an empty one, as of a Service without a selector.
 */
async function countReadyEndpoints(
  api: Pick<ObjectApi, 'list'>,
  { namespace, name }: LoadBalancerFacts,
): Promise<number | undefined> {
  const selector = encodeURIComponent(`kubernetes.io/service-name=${name}`);
  const slices = await api.list(
    `/apis/discovery.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/endpointslices?labelSelector=${selector}`,
  );
  if (slices === undefined || slices.length === 0) return undefined;
  const endpoints = slices.flatMap(slice => list(slice.endpoints).map(record));
  // An unknown readiness counts as ready: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/
  return endpoints.filter(({ conditions }) => record(conditions).ready !== false).length;
}

/** Asks for the nodes and the address at once, so that this computer learns their hardware addresses. */
async function hardwareOf(
  nodes: readonly NodeFacts[],
  address: string,
  network: Network,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  await network.occupied([address, ...nodes.flatMap(node => node.addresses)], signal);
  const found = nodes.map(async ({ name, addresses }) => {
    const known = await Promise.all(addresses.map(each => network.hardwareAddress(each)));
    return [name, known.find(each => each !== '') ?? ''] as const;
  });
  return new Map((await Promise.all(found)).filter(([, hardware]) => hardware !== ''));
}
