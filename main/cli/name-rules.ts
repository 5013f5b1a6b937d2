import { canonicalHostname, isSharedSuffix, judgeName, type NamePolicy } from '../desired/name-policy.ts';
import { clusterDomain, type NameRules } from '../desired/rules.ts';
import { type Options, usageError } from './options.ts';

/** What installers call a context when nobody names it (K3s, kubeadm). */
const SAYS_NOTHING = new Set(['default', 'kubernetes', 'kubernetes-admin-kubernetes', 'local']);

const FALLBACK = 'turing-cluster';

/**
 * Options → rules. `context` names the cluster where nobody else does; `ownNames` are this computer's names and the API
 * servers'. Throws a usage error for a name that may not be written whoever asks for it.
 */
export function nameRules(options: Options, context: string, ownNames: readonly string[]): NameRules {
  const cluster = options.cluster ?? clusterName(context);
  const policy: NamePolicy = {
    cluster,
    suffix: options.suffix,
    allowedDomains: options.allowDomains,
    ownNames: ownNames.flatMap(canonicalOwn),
  };
  const manual = options.names;
  for (const { hostname } of manual) {
    const verdict = judgeName(hostname, policy);
    if (verdict.verdict === 'denied')
      throw usageError(`--name ${hostname}: ${verdict.message}`, 'Choose another name.');
  }
  const domain = clusterDomain(policy);
  if (isSharedSuffix(domain)) {
    throw usageError(
      `The cluster cannot be ${domain}, under which strangers have their names.`,
      'Choose another --suffix.',
    );
  }
  const own = judgeName(cluster, policy);
  if (own.verdict === 'denied') {
    throw usageError(`The cluster cannot be called ${cluster}: ${own.message}`, 'Choose another name with --cluster.');
  }
  return { policy, namespaces: options.namespaces, manual, allowPublic: false };
}

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
