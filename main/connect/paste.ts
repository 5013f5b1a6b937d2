import type { Kubeconfig } from '../cluster/kubeconfig.ts';
import { parseKubeconfig } from '../cluster/kubeconfig-parse.ts';
import { chooseTarget, type Target } from '../cluster/kubeconfig-target.ts';
import { parseYaml } from '../cluster/kubeconfig-yaml.ts';
import { plainText } from '../cluster/plain-text.ts';
import { Malformed } from '../cluster/section.ts';
import { AppError } from '../errors.ts';

/** As for files: kubeconfigs are far smaller. */
const MAX_BYTES = 1024 * 1024;

/**
 * The target that a pasted kubeconfig means: its current context, else the first that can be used. `path` is where it
 * would be saved. Throws an {@link AppError}, never with the text itself: it has secrets in it.
 */
export function readPasted(text: string, path: string): Target {
  const bytes = Buffer.from(text);
  if (bytes.length > MAX_BYTES) throw refusal('it is larger than 1 MiB');
  const config = parse(bytes, path);
  if (config.contexts.size === 0) throw refusal('it has no context');
  const names = [...config.contexts.keys()];
  const wanted = names.includes(config.currentContext) ? [config.currentContext] : names;
  for (const name of wanted) {
    const target = tryTarget(config, name);
    if (target !== undefined) return target;
  }
  const shown = wanted.map(name => `"${plainText(name, 80)}"`).join(', ');
  throw refusal(`the cluster or user that its context ${plainText(shown)} names is not in it`);
}

function parse(bytes: Buffer, path: string): Kubeconfig {
  const file = { path, uid: process.getuid?.() ?? 0, mode: 0o600 };
  try {
    const { currentContext, contexts, clusters, users } = parseKubeconfig(parseYaml(bytes), file);
    const byName = <T extends { readonly name: string }>(entries: readonly T[]) =>
      new Map(entries.map(entry => [entry.name, entry]));
    const maps = { contexts: byName(contexts), clusters: byName(clusters), users: byName(users) };
    return { files: [path], problems: [], currentContext, ...maps };
  } catch (error) {
    if (error instanceof Malformed) throw refusal(plainText(error.message));
    throw error;
  }
}

function tryTarget(config: Kubeconfig, name: string): Target | undefined {
  try {
    const target = chooseTarget(config, name);
    return target.cluster.server === '' ? undefined : target;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function refusal(reason: string): AppError {
  return new AppError(
    'kubeconfig',
    `What was pasted cannot be used: ${reason}.`,
    'Paste the whole kubeconfig; on a K3s server it is /etc/rancher/k3s/k3s.yaml.',
  );
}
