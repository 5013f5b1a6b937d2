import { plainText, saying } from '../../cluster/plain-text.ts';
import type { Installation, Survey, WorkloadFacts } from '../survey.ts';
import { advertising, announcingNodes, hasAnnouncer } from './announcing.ts';
import { isServiceLbOn } from './service-lb.ts';
import { explainWaiting } from './waiting.ts';
import { isReady } from './workload.ts';

/** What keeps MetalLB from giving addresses that answer: each a sentence or two, with what to do. */
export function faultsOf(survey: Survey, metallb: Installation): readonly string[] {
  return [
    ...controllerFaults(metallb),
    ...speakerFaults(metallb, survey),
    ...configurationFaults(metallb),
    ...poolFaults(survey),
    ...rivalFaults(survey),
    ...nodeFaults(survey),
    ...(survey.kubeProxy === 'ipvs-loose' ? [LOOSE] : []),
  ];
}

/** What is to be known although it works. */
export function warningsOf({ forbidden }: Survey, { version, speaker }: Installation): readonly string[] {
  const isHidden = speaker === undefined && forbidden.includes('daemonsets.apps');
  return [
    ...(isHidden ? ['Whether MetalLB’s speakers run cannot be told: DaemonSets may not be read.'] : []),
    ...(KNOWN_FAULTS[version] ?? []),
  ];
}

const FLOOD = 'keeps the API server busy where several speakers run; 0.15.3 does not.';

/** Of released versions, as MetalLB's own issues tell them. */
const KNOWN_FAULTS: Readonly<Record<string, readonly string[]>> = {
  '0.16.0': [
    'MetalLB 0.16.0 asks the wrong program whether its controller is well, and may restart it for nothing; use 0.15.3.',
    `MetalLB 0.16.0 ${FLOOD}`,
  ],
  '0.16.1': [`MetalLB 0.16.1 ${FLOOD}`],
};

const LOOSE =
  'kube-proxy works in IPVS mode without strict ARP, so that every node answers for every address: set strictARP to true in its configuration.';

function controllerFaults({ controller, releaseStatus, release }: Installation): readonly string[] {
  if (controller !== undefined) {
    const said = reasons(controller);
    return isReady(controller) ? [] : [`MetalLB’s controller is not running, so no Service gets an address.${said}`];
  }
  const name = plainText(release, 100);
  if (releaseStatus === 'failed') return [`Helm could not install the release ${name}: install it again.`];
  if (releaseStatus.startsWith('pending-'))
    return [
      `Helm is still at work on the release ${name}, or was stopped halfway: if nothing happens, install it again.`,
    ];
  return ['MetalLB’s controller is not there, so no Service gets an address.'];
}

function speakerFaults({ controller, speaker }: Installation, { forbidden }: Survey): readonly string[] {
  if (speaker === undefined) {
    const isKnown = controller !== undefined && !forbidden.includes('daemonsets.apps');
    return isKnown ? ['MetalLB has no speakers, so nobody announces its addresses: install it again.'] : [];
  }
  if (isReady(speaker)) return [];
  if (speaker.wanted === 0) return ['No node runs a speaker of MetalLB, so nobody announces its addresses.'];
  return [`${speaker.ready} of ${speaker.wanted} MetalLB speakers are ready.${reasons(speaker)}`];
}

function reasons({ waiting }: WorkloadFacts): string {
  return waiting.map(reason => ` ${explainWaiting(reason)}`).join('');
}

function configurationFaults({ configurationErrors }: Installation): readonly string[] {
  return configurationErrors.map(error => `MetalLB does not take its configuration${saying(error, 200)}`);
}

function poolFaults(survey: Survey): readonly string[] {
  const { pools, advertisements, forbidden } = survey;
  if (forbidden.includes('ipaddresspools.metallb.io')) return [];
  if (pools.length === 0) return ['MetalLB has no address pool, so no Service gets an address: add one.'];
  const isKnown = !forbidden.some(kind => /^(l2|bgp)advertisements\.metallb\.io$/.test(kind));
  const silent = isKnown ? pools.filter(pool => advertising(pool, advertisements).length === 0) : [];
  return silent.map(
    ({ name }) => `No advertisement is for the pool ${name}, so its addresses do not answer: add an L2Advertisement.`,
  );
}

/** ServiceLB writes the addresses of nodes over those of MetalLB, and MetalLB takes them away again. */
function rivalFaults({ serviceLb, services, nodes }: Survey): readonly string[] {
  if (!isServiceLbOn(serviceLb)) return [];
  const where = serviceLb.serversOn.length === 0 ? '' : ` (${serviceLb.serversOn.join(', ')})`;
  const ofNodes = new Set(nodes.flatMap(({ addresses }) => addresses));
  const taken = services.filter(
    ({ loadBalancerClass, pool, addresses }) =>
      loadBalancerClass === '' && pool === '' && addresses.some(address => ofNodes.has(address)),
  );
  const names = taken.map(({ namespace, name }) => `${namespace}/${name}`);
  return [
    `K3s’ own load balancer (ServiceLB) is also on${where}: the two fight over the addresses. Start K3s with "--disable servicelb" on every server.`,
    ...(names.length === 0
      ? []
      : [`ServiceLB has given nodes’ own addresses to ${plainText(names.join(', '), 200)}, in place of MetalLB’s.`]),
  ];
}

/** Where somebody announces, somebody can: MetalLB may be told to disregard the label. */
function nodeFaults(survey: Survey): readonly string[] {
  const { nodes, announcers, pools, advertisements } = survey;
  if (announcers.length > 0 || nodes.length === 0) return [];
  if (announcingNodes(nodes).length === 0) {
    const excluded = nodes.filter(each => each.excluded).map(({ name }) => name);
    return excluded.length === 0
      ? ['No node is ready, so nobody announces the addresses.']
      : [
          `No node may announce the addresses. Labelled to be left out: ${plainText(excluded.join(', '), 150)}. Take the label node.kubernetes.io/exclude-from-external-load-balancers off one.`,
        ];
  }
  const mute = pools.filter(pool => advertising(pool, advertisements).length > 0 && !hasAnnouncer(pool, survey));
  return mute.map(
    ({ name }) => `The advertisements for the pool ${name} name only nodes that cannot announce it: name another.`,
  );
}
