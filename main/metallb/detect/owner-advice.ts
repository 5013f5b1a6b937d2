import { plainText } from '../../cluster/plain-text.ts';
import { assertNever } from '../../errors.ts';
import type { Installation, Survey } from '../survey.ts';

/** Whose an installation is that is not ours, and where it is changed, in sentences. */
export function ownerAdvice({ managedBy, release, namespace }: Installation): string {
  const [name, place] = [plainText(release, 100), plainText(namespace, 100)];
  switch (managedBy) {
    case 'helm':
      return `It was installed by Helm as release ${name} in ${place}: change it there, with helm.`;
    case 'helmchart':
      return `It was installed by K3s from the HelmChart object ${name}: change that object, or the file on the server that it comes from.`;
    case 'manifests':
      return `It was installed from plain manifests in ${place}: change it with kubectl, by the files that it was made of.`;
    case 'operator':
      return `It is kept by the MetalLB operator in ${place}: change the operator’s own object there, of kind MetalLB.`;
    case 'argocd':
      return `It is kept by Argo CD as application ${name}: change it where that application has its source.`;
    case 'flux':
      return `It is kept by Flux as ${name}: change it in the repository that Flux follows.`;
    case 'leftovers':
      return 'Its kinds or its webhook are there without a controller: an earlier installation was not removed to its end.';
    default:
      return assertNever(managedBy);
  }
}

/** As `ownerAdvice`; where this user may not read what tells ours from others, that is said too. */
export function ownerAsSeen(installation: Installation, { forbidden }: Pick<Survey, 'forbidden'>): string {
  const hidden = ['helmcharts.helm.cattle.io', 'secrets'].filter(kind => forbidden.includes(kind));
  const advice = ownerAdvice(installation);
  if (installation.managedBy !== 'helm' || hidden.length === 0) return advice;
  return `${advice} It may be of Cluster Hosts after all: ${hidden.join(' and ')} tell, and may not be read.`;
}
