/** A token of Traefik's rule language, which is Go's expression syntax (vulcand/predicate over go/parser). */
export type Token =
  | { readonly type: 'name' | 'string'; readonly text: string }
  | { readonly type: '(' | ')' | ',' | '&&' | '||' | '!' | 'end' };

/** Thrown for a rule that Traefik refuses too; the message is for people. */
export class RuleError extends Error {}

const BLANK = /[ \t\r\n]+|\/\/[^\n]*|\/\*(?:(?!\*\/)[\s\S])*\*\//y;
const NAME = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const RAW_STRING = /`[^`]*`/y;
const STRING = /"(?:[^"\\\n]|\\[^\n])*"/y;
const OPERATOR = /&&|\|\||[()!,]/y;

/** Go's escapes of one character; octal, hexadecimal and Unicode ones have digits. */
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};
const ESCAPE = /\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]))/g;

/** Cuts a rule into tokens, the last of them `end`. Throws a RuleError where Go's scanner would. */
export function tokenize(text: string): readonly Token[] {
  const rule = text.replace(/^\ufeff/, '');
  if (rule.includes('\0') || rule.includes('\ufeff')) throw new RuleError('It has characters that no text has.');
  const tokens: Token[] = [];
  let at = 0;
  let ended = false;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const text = pattern.exec(rule)?.[0];
    at += text?.length ?? 0;
    return text;
  };
  while (at < rule.length) {
    const blank = take(BLANK);
    if (blank !== undefined) {
      // Go ends the statement at a line end after an operand: only blanks may follow.
      ended ||= blank.includes('\n') && endsOperand(tokens.at(-1));
      continue;
    }
    if (ended) throw new RuleError('A line ends before its operator.');
    tokens.push(nextToken(take) ?? stray(rule.codePointAt(at) ?? 0));
  }
  return [...tokens, { type: 'end' }];
}

function nextToken(take: (pattern: RegExp) => string | undefined): Token | undefined {
  const name = take(NAME);
  if (name !== undefined) return { type: 'name', text: name };
  const raw = take(RAW_STRING);
  // Go drops carriage returns from raw strings.
  if (raw !== undefined) return { type: 'string', text: raw.slice(1, -1).replaceAll('\r', '') };
  const quoted = take(STRING);
  if (quoted !== undefined) return { type: 'string', text: unescapeText(quoted.slice(1, -1)) };
  const operator = take(OPERATOR);
  return operator === undefined ? undefined : { type: operator as '(' };
}

function stray(code: number): never {
  throw new RuleError(`${shown(String.fromCodePoint(code))} does not belong in a rule.`);
}

/** Characters that cannot be seen, or not be told apart, by their numbers. */
function shown(text: string): string {
  const number = (character: string) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
  return text.replaceAll(/[^\x21-\x7e]/gu, number);
}

function endsOperand(token: Token | undefined): boolean {
  return token?.type === 'name' || token?.type === 'string' || token?.type === ')';
}

function unescapeText(text: string): string {
  return text.replace(ESCAPE, (sequence, simple, hex, short, long, octal) => {
    if (simple !== undefined) return ESCAPES[simple] ?? '';
    const digits: string | undefined = hex ?? short ?? long;
    const code = digits !== undefined ? Number.parseInt(digits, 16) : Number.parseInt(octal, 8);
    const isByte = hex !== undefined || octal !== undefined;
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    if (!(code <= (isByte ? 0xff : 0x10ffff)) || isSurrogate)
      throw new RuleError(`${shown(sequence)} is not an escape.`);
    return String.fromCodePoint(code);
  });
}
