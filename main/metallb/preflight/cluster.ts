import { plainText } from '../../cluster/plain-text.ts';
import { announcingNodes } from '../detect/announcing.ts';
import { EXCLUDED } from '../detect/nodes.ts';
import type { NodeFacts, Survey } from '../survey.ts';
import { type Check, type Finding, surveyCheck } from './world.ts';

export const traefik: Check = surveyCheck('traefik', 'Traefik', ({ traefik: found, forbidden, pools, nodes }) => {
  if (found === undefined) {
    const why = forbidden.includes('services')
      ? 'Services may not be read, so Traefik cannot be found.'
      : 'No Service of type LoadBalancer of Traefik’s is there.';
    const text = 'MetalLB can be installed without it; then only other Services get addresses and names.';
    return { state: 'attention', detail: why, fix: { text, lines: [] } };
  }
  const { namespace, name, addresses, pool, loadBalancerClass } = found;
  const service = `${namespace}/${name}`;
  if (loadBalancerClass !== '') {
    const detail = `${service} asks for the load balancer ${plainText(loadBalancerClass)}: MetalLB leaves it alone.`;
    return {
      state: 'attention',
      detail,
      fix: { text: 'Make the Service anew without its loadBalancerClass.', lines: [] },
    };
  }
  if (addresses.length === 0) return { state: 'ready', detail: `${service} waits for an address.` };
  const told = plainText(addresses.join(', '));
  if (pool !== '' && pools.length > 0) return { state: 'ready', detail: `${service} has ${told}, of MetalLB.` };
  const isNode = nodes.some(node => node.addresses.some(address => addresses.includes(address)));
  const detail = `${service} has ${told} already, ${isNode ? 'the address of a node' : 'and not of MetalLB'}.`;
  const text = 'MetalLB will give it another one; what points at the old one has to follow.';
  return { state: 'attention', detail, fix: { text, lines: [] } };
});

export const nodes: Check = surveyCheck('nodes', 'Nodes that answer for addresses', survey => {
  const { nodes: all } = survey;
  if (all.length === 0) return { state: 'attention', detail: 'Nodes may not be read, so nothing is known of them.' };
  const able = announcingNodes(all);
  const excluded = all.filter(node => node.excluded);
  if (able.length === 0) return { state: 'blocked', ...noneAble(excluded) };
  const detail = `${able.length} of ${all.length} may answer: ${names(able)}.`;
  if (able.length === all.length) return { state: 'ready', detail };
  const down = all.filter(({ ready }) => !ready);
  const why = [
    ...(excluded.length === 0 ? [] : [`Labelled to be left out: ${names(excluded)}.`]),
    ...(down.length === 0 ? [] : [`Not ready: ${names(down)}.`]),
  ].join(' ');
  return { state: 'attention', detail: `${detail} ${why}`, ...(excluded.length > 0 && { fix: include(excluded) }) };
});

function noneAble(excluded: readonly NodeFacts[]): Omit<Finding, 'state'> {
  if (excluded.length === 0) return { detail: 'No node is ready, so nobody would answer for an address.' };
  const detail = `No node may answer for an address. Labelled to be left out: ${names(excluded)}.`;
  return { detail, fix: include(excluded) };
}

function include(excluded: readonly NodeFacts[]): NonNullable<Finding['fix']> {
  return {
    text: 'To let a node answer for addresses, take the label off:',
    lines: excluded.map(({ name }) => `kubectl label node ${name} ${EXCLUDED}-`),
  };
}

function names(some: readonly NodeFacts[]): string {
  return plainText(some.map(({ name }) => name).join(', '), 200);
}

export const strictArp: Check = surveyCheck('strict-arp', 'ARP', ({ kubeProxy, isK3s }) => {
  switch (kubeProxy) {
    case 'ipvs-loose':
      return { state: 'attention', detail: LOOSE, fix: strictly(isK3s) };
    case 'ipvs-strict':
      return { state: 'ready', detail: 'kube-proxy works in IPVS mode with strict ARP.' };
    case 'other':
      return { state: 'ready', detail: 'kube-proxy does not work in IPVS mode, so only MetalLB answers ARP.' };
    case 'unknown':
      return { state: 'ready', detail: 'Nothing tells that kube-proxy works in IPVS mode.' };
  }
});

const LOOSE = 'kube-proxy works in IPVS mode without strict ARP: every node would answer for every address.';

function strictly(isK3s: Survey['isK3s']): NonNullable<Finding['fix']> {
  if (isK3s) {
    return {
      text: 'On every node, make strict ARP an argument of kube-proxy, then restart K3s (k3s-agent on agents):',
      lines: [
        'sudo mkdir -p /etc/rancher/k3s/config.yaml.d',
        "printf 'kube-proxy-arg+:\\n  - ipvs-strict-arp=true\\n' | sudo tee /etc/rancher/k3s/config.yaml.d/strict-arp.yaml",
        'sudo systemctl restart k3s',
      ],
    };
  }
  return {
    text: 'Set strictARP to true in kube-proxy’s configuration, then restart it:',
    lines: [
      "kubectl get configmap kube-proxy -n kube-system -o yaml | sed 's/strictARP: false/strictARP: true/' | kubectl apply -n kube-system -f -",
      'kubectl rollout restart daemonset kube-proxy -n kube-system',
    ],
  };
}
