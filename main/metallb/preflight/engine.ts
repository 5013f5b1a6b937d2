import { plainText } from '../../cluster/plain-text.ts';
import type { Survey } from '../survey.ts';
import type { Check, Engine, Finding, HelmProgram, PreflightWorld } from './world.ts';

/** Before it, helm cannot label its releases, and ours could not be known as ours. */
const OLDEST_HELM = [3, 13] as const;

/**
 * Fields of a HelmChart that old versions of K3s drop. Without the first, K3s uninstalls a release that failed, and with
 * it every pool; and an object that is never as it was wished is never done.
 */
const FIELDS = ['failurePolicy', 'timeout', 'createNamespace'];

/**
 * By what to install. An installation of ours goes on by what it was begun with; else it is K3s' HelmChart where there
 * is one. `undefined` where what is wished, or anything at all, is not to be had.
 */
export function engineFor(
  { metallb, helmChart }: Pick<Survey, 'metallb' | 'helmChart'>,
  helm: HelmProgram | undefined,
  wish: PreflightWorld['engine'],
): Engine | undefined {
  const begun = metallb?.ours ? metallb.managedBy : undefined;
  const usable = {
    helmchart: helmChart.served && lacking(helmChart).length === 0,
    helm: helm !== undefined && isRecent(helm),
  };
  const engines: readonly Engine[] = ['helmchart', 'helm'];
  return engines.find(engine => usable[engine] && (begun ?? engine) === engine && (wish === 'auto' || wish === engine));
}

export const engine: Check = {
  id: 'engine',
  title: 'What installs MetalLB',
  find: async ({ survey, helm, engine: wish }) => {
    const [found, program] = await Promise.all([survey(), helm()]);
    switch (engineFor(found, program, wish)) {
      case 'helmchart':
        return { state: 'ready', detail: 'K3s installs it, from a HelmChart object.' };
      case 'helm':
        return {
          state: 'ready',
          detail: `helm ${program?.version} on this computer (${plainText(program?.path ?? '')}).`,
        };
      case undefined:
        return { state: 'blocked', ...missing(found, program, wish) };
    }
  },
};

function missing(
  { metallb, helmChart }: Survey,
  helm: HelmProgram | undefined,
  wish: PreflightWorld['engine'],
): Omit<Finding, 'state'> {
  const begun = metallb?.ours ? metallb.managedBy : undefined;
  if (wish !== 'auto' && begun !== undefined && begun !== wish) {
    const by = begun === 'helm' ? 'helm' : 'K3s’ HelmChart';
    return { detail: `The installation that is there was made by ${by}, and can only go on by it.` };
  }
  const lack = helmChart.served ? tooOldK3s(helmChart) : 'This cluster has no HelmChart objects of K3s';
  if (wish === 'helmchart' || begun === 'helmchart') return { detail: `${lack}.`, fix: GET_HELM };
  const here = helm === undefined ? 'there is no helm on this computer.' : tooOld(helm);
  const detail = lack === '' ? here : `${lack}, and ${here}`;
  return { detail: `${detail.charAt(0).toUpperCase()}${detail.slice(1)}`, fix: GET_HELM };
}

/** Nothing is lacking where no schema is told. */
function lacking({ fields }: Survey['helmChart']): readonly string[] {
  return fields.length === 0 ? [] : FIELDS.filter(field => !fields.includes(field));
}

function tooOldK3s(helmChart: Survey['helmChart']): string {
  const fields = lacking(helmChart).join(', ');
  return fields === '' ? '' : `The HelmChart objects of this K3s do not know ${fields}: it is too old`;
}

function tooOld({ path, version }: HelmProgram): string {
  return `helm ${plainText(version)} on this computer (${plainText(path)}) is older than ${OLDEST_HELM.join('.')}.`;
}

const GET_HELM = {
  text: 'Install helm on this computer (https://helm.sh/docs/intro/install), for instance by its own script:',
  lines: ['curl -fsSL https://raw.githubusercontent.com/helm/helm/main/scripts/get-helm-3 | bash'],
};

function isRecent({ version }: HelmProgram): boolean {
  const [major = 0, minor = 0] = version.split('.').map(part => Number.parseInt(part, 10) || 0);
  return major > OLDEST_HELM[0] || (major === OLDEST_HELM[0] && minor >= OLDEST_HELM[1]);
}
