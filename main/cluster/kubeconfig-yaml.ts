import { load } from 'js-yaml';
import { plainText } from './plain-text.ts';
import { Malformed } from './section.ts';

/** As kubectl: the last of two equal keys counts. Aliases share what they name, so that they cost nothing; 100 is plenty. */
const OPTIONS = { json: true, maxAliases: 100 };

/**
 * What a kubeconfig's bytes hold: plain data of YAML's core schema, `{}` if they hold nothing. UTF-8, or UTF-16 with its
 * mark, as PowerShell writes. Throws {@link Malformed}, never with the lines themselves: they may hold a token.
 */
export async function parseYaml(bytes: Buffer): Promise<unknown> {
  const text = decode(bytes);
  if (text.split('\n').every(line => /^\s*(?:#.*|---\s*)?$/.test(line))) return {};
  try {
    return load(text, OPTIONS);
  } catch (error) {
    throw new Malformed(describe(error));
  }
}

function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Malformed('it is not UTF-8 text');
  }
}

interface YamlError extends Error {
  readonly reason: string;
  readonly mark?: { readonly line: number };
}

function describe(error: unknown): string {
  // Anything else comes from client-node, which looks at apiVersion and kind without asking what they are.
  if (!isYamlError(error)) return 'it is not a kubeconfig: apiVersion and kind must be text';
  const line = error.mark === undefined ? '' : ` in line ${error.mark.line + 1}`;
  return `it is not valid YAML${line}: ${plainText(error.reason, 100)}`;
}

const isYamlError = (error: unknown): error is YamlError => error instanceof Error && error.name === 'YAMLException';
