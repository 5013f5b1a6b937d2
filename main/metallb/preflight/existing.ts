import { plainText } from '../../cluster/plain-text.ts';
import { ownerAdvice, ownerAsSeen } from '../detect/owner-advice.ts';
import { metallbStatus } from '../status.ts';
import type { Survey } from '../survey.ts';
import { type Check, type Finding, surveyCheck } from './world.ts';

/** Only what this program installed is ever changed. */
export const metallb: Check = surveyCheck('metallb', 'MetalLB', survey => {
  const { metallb: found } = survey;
  if (found?.ours) return { state: 'ready', detail: ofOurs(survey, found.version) };
  if (metallbStatus(survey).state === 'unknown') {
    const detail = 'Deployments may not be read, so it is not known whether MetalLB is there already.';
    return { state: 'blocked', detail, fix: { text: 'Ask for the rights that are missing.', lines: [] } };
  }
  if (found === undefined) return { state: 'ready', detail: 'None is there yet.' };
  if (found.managedBy === 'leftovers') return { state: 'blocked', detail: ownerAdvice(found), fix: CLEAR };
  const what = `MetalLB ${plainText(found.version, 40)}`.trim();
  return {
    state: 'blocked',
    detail: `${what} is there already, and is not of Cluster Hosts, which leaves it alone.`,
    fix: { text: ownerAsSeen(found, survey), lines: [] },
  };
});

function ofOurs(survey: Survey, version: string): string {
  const { state } = metallbStatus(survey);
  const what = `MetalLB ${plainText(version, 40)}`.trim();
  return state === 'ready'
    ? `${what} is there and ready, installed by Cluster Hosts.`
    : `${what}, begun by Cluster Hosts, is not ready yet: the installation goes on from there.`;
}

const CLEAR: NonNullable<Finding['fix']> = {
  text: 'If nobody needs them any more, remove them; address pools that are left go with them:',
  lines: [
    "kubectl get crd -o name | grep '\\.metallb\\.io$' | xargs kubectl delete",
    'kubectl delete validatingwebhookconfiguration metallb-webhook-configuration --ignore-not-found',
  ],
};
