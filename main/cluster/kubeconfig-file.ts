import { type ParsedKubeconfig, parseKubeconfig } from './kubeconfig-parse.ts';
import { parseYaml } from './kubeconfig-yaml.ts';
import { readRegularFile } from './regular-file.ts';
import { Malformed } from './section.ts';

export type FileReading =
  | { readonly kind: 'parsed'; readonly config: ParsedKubeconfig }
  | { readonly kind: 'missing' }
  /** As in kubectl, one wrong field makes the whole file unusable. `reason` follows `PATH: ` in a sentence. */
  | { readonly kind: 'broken'; readonly reason: string };

/** Reads one kubeconfig; certificates and tokens in files of their own are not touched. */
export async function readKubeconfigFile(path: string): Promise<FileReading> {
  const content = await readRegularFile(path);
  if (content.kind === 'missing') return content;
  if (content.kind === 'unreadable') return { kind: 'broken', reason: `it ${content.reason}` };
  try {
    const { uid, mode } = content;
    return { kind: 'parsed', config: parseKubeconfig(parseYaml(content.bytes), { path, uid, mode }) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'broken', reason: error.message };
    throw error;
  }
}
