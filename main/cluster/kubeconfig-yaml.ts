import { CORE_SCHEMA, loadAll, mergeTag, YAMLException } from 'js-yaml';
import { plainText } from './plain-text.ts';
import { Malformed } from './section.ts';

/**
 * As kubectl: the last of two equal keys counts, and `<<` takes another mapping's fields over. Aliases share what they
 * name, so that they cost nothing, and a hundred is plenty.
 */
const OPTIONS = { schema: CORE_SCHEMA.withTags(mergeTag), json: true, maxAliases: 100 };

/**
 * What a kubeconfig's bytes hold, as plain data: the first document, `undefined` if there is none. UTF-8, or UTF-16
 * with its mark, as PowerShell writes. Throws {@link Malformed}, never with the lines themselves: they may hold a
 * token.
 */
export function parseYaml(bytes: Buffer): unknown {
  const text = decode(bytes);
  try {
    return loadAll(text, OPTIONS)[0];
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = error.mark === undefined ? '' : ` in line ${error.mark.line + 1}`;
    throw new Malformed(`it is not valid YAML${line}: ${plainText(withoutQuotes(error.reason), 100)}`);
  }
}

/** What the parser names at the end of a reason (a tag, an alias) is a piece of the file: a secret, it may be. */
function withoutQuotes(reason: string): string {
  return reason.replace(/ ?[!"'`:<].*$/s, '');
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
