import { RuleError, type Token, tokenize } from './traefik-tokens.ts';

/** Traefik 2's language or Traefik 3's: they differ in matchers and in how many values these take. */
export type RuleSyntax = 'v2' | 'v3';

/** HTTP rules know `Host`, TCP rules `HostSNI`. */
export type RuleProtocol = 'http' | 'tcp';

/** A rule as a tree; a chain of one operator is one node, so that it is no deeper than its brackets. */
export type RuleNode =
  | { readonly type: 'and' | 'or'; readonly parts: readonly RuleNode[] }
  | { readonly type: 'not'; readonly inner: RuleNode }
  | { readonly type: 'call'; readonly matcher: string; readonly values: readonly string[] };

/** How many values a matcher takes. */
type Arity = readonly [least: number, most: number];

const ONE: Arity = [1, 1];
const TWO: Arity = [2, 2];
const ANY: Arity = [1, Number.POSITIVE_INFINITY];
const PAIRS: Arity = [2, Number.POSITIVE_INFINITY];

/** From Traefik's pkg/muxer/http/matcher.go, matcher_v2.go and pkg/muxer/tcp (3.6). */
const MATCHERS: Readonly<Record<`${RuleSyntax} ${RuleProtocol}`, Readonly<Record<string, Arity>>>> = {
  'v3 http': {
    ...{ ClientIP: ONE, Method: ONE, Host: ONE, HostRegexp: ONE, Path: ONE, PathRegexp: ONE, PathPrefix: ONE },
    ...{ Header: TWO, HeaderRegexp: TWO, Query: [1, 2], QueryRegexp: [1, 2] },
  },
  'v2 http': {
    ...{ Host: ANY, HostHeader: ANY, HostRegexp: ANY, ClientIP: ANY, Path: ANY, PathPrefix: ANY, Method: ANY },
    ...{ Query: ANY, Headers: PAIRS, HeadersRegexp: PAIRS },
  },
  'v3 tcp': { ALPN: ONE, ClientIP: ONE, HostSNI: ONE, HostSNIRegexp: ONE },
  'v2 tcp': { ALPN: ANY, ClientIP: ANY, HostSNI: ANY, HostSNIRegexp: ANY },
};

/** Deeper nesting is no rule that a person wrote, and would exhaust the stack. */
const MAX_DEPTH = 100;

/** The tree of a rule. Throws a RuleError where Traefik's own parser would refuse it. */
export function parseTree(rule: string, syntax: RuleSyntax, protocol: RuleProtocol): RuleNode {
  return new Parser(tokenize(rule), MATCHERS[`${syntax} ${protocol}`]).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #matchers: ReadonlyMap<string, readonly [name: string, arity: Arity]>;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], matchers: Readonly<Record<string, Arity>>) {
    this.#tokens = tokens;
    this.#matchers = new Map(Object.entries(matchers).flatMap(spellings));
  }

  parse(): RuleNode {
    const node = this.#or();
    this.#expect('end');
    return node;
  }

  #or(): RuleNode {
    const parts = [this.#and()];
    while (this.#accept('||')) parts.push(this.#and());
    return joined('or', parts);
  }

  #and(): RuleNode {
    const parts = [this.#unary()];
    while (this.#accept('&&')) parts.push(this.#unary());
    return joined('and', parts);
  }

  #unary(): RuleNode {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new RuleError('The rule is nested too deeply.');
    const node = this.#accept('!') ? ({ type: 'not', inner: this.#unary() } as const) : this.#primary();
    this.#depth -= 1;
    return node;
  }

  #primary(): RuleNode {
    if (this.#accept('(')) {
      const node = this.#or();
      this.#expect(')');
      return node;
    }
    const name = this.#expect('name');
    const [matcher, arity] = this.#matchers.get(name) ?? unknownMatcher(name);
    const values = this.#values();
    checkValues(matcher, arity, values);
    return { type: 'call', matcher, values };
  }

  #values(): readonly string[] {
    this.#expect('(');
    const values: string[] = [];
    // Go allows a comma behind the last value.
    while (!this.#accept(')')) {
      values.push(this.#expect('string'));
      if (this.#tokens[this.#at]?.type !== ')') this.#expect(',');
    }
    return values;
  }

  #accept(type: Token['type']): boolean {
    const found = this.#tokens[this.#at]?.type === type;
    if (found) this.#at += 1;
    return found;
  }

  #expect(type: Token['type']): string {
    const token = this.#tokens[this.#at];
    if (!this.#accept(type)) throw new RuleError(`Expected ${WORDS[type]}, found ${WORDS[token?.type ?? 'end']}.`);
    return token !== undefined && 'text' in token ? token.text : '';
  }
}

const WORDS: Readonly<Record<Token['type'], string>> = {
  ...{ name: 'a matcher', string: 'a value in quotes', end: 'the end of the rule' },
  ...{ '(': '“(”', ')': '“)”', ',': '“,”', '&&': '“&&”', '||': '“||”', '!': '“!”' },
};

function joined(type: 'and' | 'or', parts: readonly RuleNode[]): RuleNode {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { type, parts };
}

function checkValues(matcher: string, [least, most]: Arity, values: readonly string[]): void {
  if (values.length < least || values.length > most) {
    const wants = least === most ? `${least}` : Number.isFinite(most) ? `${least} or ${most}` : `${least} or more`;
    throw new RuleError(`${matcher}() takes ${wants} value${wants === '1' ? '' : 's'}, not ${values.length}.`);
  }
  if (values.includes('')) throw new RuleError(`${matcher}() takes no empty value.`);
  if ((matcher === 'Path' || matcher === 'PathPrefix') && !values.every(path => path.startsWith('/'))) {
    throw new RuleError(`${matcher}() takes paths that begin with a slash.`);
  }
}

/** Traefik takes each matcher as declared, in lower case, in upper case, and in lower case with a capital. */
function spellings([name, arity]: [string, Arity]): [string, readonly [string, Arity]][] {
  const lower = name.toLowerCase();
  const title = `${lower.slice(0, 1).toUpperCase()}${lower.slice(1)}`;
  return [name, lower, name.toUpperCase(), title].map(spelling => [spelling, [name, arity]]);
}

function unknownMatcher(name: string): never {
  throw new RuleError(`${name.slice(0, 50)} is not a matcher of this version of Traefik.`);
}
