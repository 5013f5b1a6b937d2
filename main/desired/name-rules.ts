import { AppError } from '../errors.ts';
import { canonicalHostname, isSharedSuffix, judgeName, type NamePolicy } from './name-policy.ts';
import { clusterDomain, type ManualName, type NameRules } from './rules.ts';

/** What installers call a context when nobody names it (K3s, kubeadm). */
const SAYS_NOTHING = new Set(['default', 'kubernetes', 'kubernetes-admin-kubernetes', 'local']);

const FALLBACK = 'turing-cluster';

/** What the user says about names, each in canonical spelling. */
export interface NameWishes {
  /** What to call the cluster; `undefined`: after its context. */
  readonly cluster: string | undefined;
  readonly suffix: string;
  readonly allowDomains: readonly string[];
  /** Typed by hand. */
  readonly names: readonly ManualName[];
  /** Left out, whoever asks for them. */
  readonly excluded?: readonly string[];
  readonly namespaces: readonly string[];
  readonly allowPublic?: boolean;
}

/**
 * Wishes → rules. `context` names the cluster where nobody else does; `ownNames` are this computer's names and the API
 * servers'. Throws a usage error for a name that may not be written whoever asks for it.
 */
export function nameRules(wishes: NameWishes, context: string, ownNames: readonly string[]): NameRules {
  const { names, namespaces, excluded = [], allowPublic = false } = wishes;
  const cluster = wishes.cluster ?? clusterName(context);
  const policy: NamePolicy = {
    cluster,
    suffix: wishes.suffix,
    allowedDomains: wishes.allowDomains,
    ownNames: ownNames.flatMap(canonicalOwn),
  };
  for (const { hostname } of names) {
    const verdict = judgeName(hostname, policy);
    if (verdict.verdict === 'denied')
      throw refusal(`The name ${hostname} cannot be added: ${verdict.message}`, 'Choose another name.');
  }
  const domain = clusterDomain(policy);
  if (isSharedSuffix(domain))
    throw refusal(`The cluster cannot be ${domain}, under which strangers have their names.`, 'Choose another suffix.');
  const own = judgeName(cluster, policy);
  if (own.verdict === 'denied')
    throw refusal(`The cluster cannot be called ${cluster}: ${own.message}`, 'Choose another name for it (--cluster).');
  return { policy, namespaces, manual: names, excluded, allowPublic };
}

const refusal = (message: string, hint: string) => new AppError('usage', message, hint);

/** What to call the cluster of a context: its name as one DNS label, where it says something. */
function clusterName(context: string): string {
  const label = context
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replaceAll(/^-|-$/g, '');
  const isName = canonicalHostname(label).ok && !SAYS_NOTHING.has(label);
  return isName ? label : FALLBACK;
}

/** A computer called `desk.home.lan` is `desk`, too. */
function canonicalOwn(text: string): readonly string[] {
  const name = canonicalHostname(text);
  if (!name.ok) return [];
  const [short = ''] = name.hostname.split('.');
  return [name.hostname, short];
}
