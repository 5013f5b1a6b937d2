import { plainText } from '../cluster/plain-text.ts';
import { AppError } from '../errors.ts';
import { ownerAdvice } from './detect/owner-advice.ts';
import { NO_SERVICE_LB } from './preflight/service-lb.ts';
import type { Installation, Survey } from './survey.ts';

/** What taking MetalLB away would do; `nothing`: there is none. */
export type Removal =
  | { readonly state: 'nothing'; readonly message: string }
  | { readonly state: 'planned'; readonly sentences: readonly string[] };

/**
 * `isNamespaceOurs`: its namespace is, which is the last thing that goes. Throws an AppError for an installation of
 * somebody else's.
 */
export function planRemoval(survey: Survey, isNamespaceOurs: boolean): Removal {
  const { metallb, pools, services } = survey;
  if (metallb !== undefined && !metallb.ours) throw notOurs(metallb);
  if (metallb === undefined && !isNamespaceOurs)
    return { state: 'nothing', message: 'There is no MetalLB of Cluster Hosts’ in this cluster.' };
  const losing = services
    .filter(({ pool, addresses }) => pool !== '' && addresses.length > 0)
    .map(({ namespace, name, addresses }) => `${namespace}/${name} (${addresses.join(', ')})`);
  const sentences = [
    pools.length === 0 ? '' : `The address pools go first: ${pools.map(({ name }) => name).join(', ')}.`,
    losing.length === 0 ? '' : `These Services lose their addresses: ${losing.join(', ')}.`,
    'Then MetalLB is uninstalled, with its namespace and its kinds of objects. Every object of these kinds goes along, whoever made it: all advertisements, and what is set for BGP.',
    'Names in the hosts file stay until they are synced.',
  ];
  return { state: 'planned', sentences: sentences.filter(text => text !== '').map(text => plainText(text, 600)) };
}

/** What is somebody else's is neither changed nor removed. */
export function notOurs(metallb: Installation): AppError {
  return new AppError('metallb', 'This MetalLB was not installed by Cluster Hosts.', ownerAdvice(metallb));
}

/** What is left after a removal, and how ServiceLB is switched on again where K3s has it off. */
export function removalRemarks({ metallb, services, isK3s, nodes, serviceLb }: Survey): readonly string[] {
  const stuck = services.filter(({ pool }) => pool !== '').map(({ namespace, name }) => `${namespace}/${name}`);
  const servers = nodes.filter(({ isServer, name }) => isServer && !serviceLb.serversOn.includes(name));
  const remarks = [
    metallb === undefined ? '' : 'Parts of MetalLB are still there: see cluster-hosts metallb status.',
    stuck.length === 0 ? '' : `These Services still show an address that nobody answers for: ${stuck.join(', ')}.`,
    isK3s && servers.length > 0
      ? `ServiceLB of K3s is off. To have it give addresses again, remove ${NO_SERVICE_LB}, or take servicelb out of the line disable of /etc/rancher/k3s/config.yaml (or --disable servicelb out of the command) on ${servers.map(({ name }) => name).join(', ')}, then sudo systemctl restart k3s.`
      : '',
  ];
  return remarks.filter(text => text !== '').map(text => plainText(text, 600));
}
