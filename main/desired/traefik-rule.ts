import { RuleError, type Token, tokenize } from './traefik-tokens.ts';

/** Traefik 2's language or Traefik 3's: they differ in matchers and in how many values these take. */
export type RuleSyntax = 'v2' | 'v3';

/** HTTP rules know `Host`, TCP rules `HostSNI`. */
export type RuleProtocol = 'http' | 'tcp';

/** What a rule says about names. All texts are as in the rule: not yet parsed as host names. */
export interface RuleHosts {
  readonly ok: true;
  /** Literal hosts; `*` in them is a wildcard. */
  readonly hosts: readonly string[];
  /** Host patterns (HostRegexp, HostSNIRegexp), which no hosts file can express. */
  readonly patterns: readonly string[];
  /** Paths that are routed whatever the host: `/` where the rule asks for no path. */
  readonly paths: readonly string[];
}

export type ParsedRule = RuleHosts | { readonly ok: false; readonly message: string };

/** How many values a matcher takes. */
type Arity = readonly [least: number, most: number];

const ONE: Arity = [1, 1];
const TWO: Arity = [2, 2];
const ANY: Arity = [1, Number.POSITIVE_INFINITY];

/** From Traefik's pkg/muxer/http/matcher.go, matcher_v2.go and pkg/muxer/tcp (3.6). */
const MATCHERS: Readonly<Record<`${RuleSyntax} ${RuleProtocol}`, Readonly<Record<string, Arity>>>> = {
  'v3 http': {
    ...{ ClientIP: ONE, Method: ONE, Host: ONE, HostRegexp: ONE, Path: ONE, PathRegexp: ONE, PathPrefix: ONE },
    ...{ Header: TWO, HeaderRegexp: TWO, Query: [1, 2], QueryRegexp: [1, 2] },
  },
  'v2 http': {
    ...{
      Host: ANY,
      HostHeader: ANY,
      HostRegexp: ANY,
      ClientIP: ANY,
      Path: ANY,
      PathPrefix: ANY,
      Method: ANY,
      Query: ANY,
    },
    ...{ Headers: TWO, HeadersRegexp: TWO },
  },
  'v3 tcp': { ALPN: ONE, ClientIP: ONE, HostSNI: ONE, HostSNIRegexp: ONE },
  'v2 tcp': { ALPN: ANY, ClientIP: ANY, HostSNI: ANY, HostSNIRegexp: ANY },
};

type Node =
  | { readonly type: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly type: 'not'; readonly inner: Node }
  | { readonly type: 'call'; readonly matcher: string; readonly values: readonly string[] };

/** Deeper nesting is no rule that a person wrote, and would exhaust the stack. */
const MAX_DEPTH = 100;
const MAX_LENGTH = 64 * 1024;

/**
 * Reads a rule as Traefik does. What Traefik refuses (its router then routes nothing) is refused here, with the
 * reason; hosts under an odd number of `!` are not hosts of this rule.
 */
export function parseRule(rule: string, syntax: RuleSyntax, protocol: RuleProtocol): ParsedRule {
  try {
    if (rule.length > MAX_LENGTH) throw new RuleError('The rule is too long.');
    const parser = new Parser(tokenize(rule), MATCHERS[`${syntax} ${protocol}`]);
    return { ok: true, ...summarize(parser.parse(), true) };
  } catch (error) {
    if (error instanceof RuleError) return { ok: false, message: error.message };
    throw error;
  }
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

  parse(): Node {
    const node = this.#or();
    this.#expect('end');
    return node;
  }

  #or(): Node {
    let left = this.#and();
    while (this.#accept('||')) left = { type: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Node {
    let left = this.#unary();
    while (this.#accept('&&')) left = { type: 'and', left, right: this.#unary() };
    return left;
  }

  #unary(): Node {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new RuleError('The rule is nested too deeply.');
    const node = this.#accept('!') ? ({ type: 'not', inner: this.#unary() } as const) : this.#primary();
    this.#depth -= 1;
    return node;
  }

  #primary(): Node {
    if (this.#accept('(')) {
      const node = this.#or();
      this.#expect(')');
      return node;
    }
    const name = this.#expect('name');
    const [matcher, [least, most]] = this.#matchers.get(name) ?? unknownMatcher(name);
    const values = this.#values();
    if (values.length < least || values.length > most) {
      const wants = least === most ? `${least}` : `${least} or more`;
      throw new RuleError(`${matcher}() takes ${wants} value${wants === '1' ? '' : 's'}, not ${values.length}.`);
    }
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

/** Traefik takes each matcher as declared, in lower case, in upper case, and in lower case with a capital. */
function spellings([name, arity]: [string, Arity]): [string, readonly [string, Arity]][] {
  const lower = name.toLowerCase();
  const title = `${lower.slice(0, 1).toUpperCase()}${lower.slice(1)}`;
  return [name, lower, name.toUpperCase(), title].map(spelling => [spelling, [name, arity]]);
}

function unknownMatcher(name: string): never {
  throw new RuleError(`${name} is not a matcher of this version of Traefik.`);
}

type Summary = Omit<RuleHosts, 'ok'>;

/** `positive` is false under an odd number of `!`, where `and` and `or` change places (De Morgan). */
function summarize(node: Node, positive: boolean): Summary {
  switch (node.type) {
    case 'not':
      return summarize(node.inner, !positive);
    case 'call':
      return positive ? summarizeCall(node.matcher, node.values) : UNBOUND;
    case 'and':
    case 'or': {
      const [left, right] = [summarize(node.left, positive), summarize(node.right, positive)];
      const both = (node.type === 'and') === positive;
      const named = both && (isNamed(left) || isNamed(right));
      return {
        hosts: [...left.hosts, ...right.hosts],
        patterns: [...left.patterns, ...right.patterns],
        paths: named ? [] : both ? narrower(left.paths, right.paths) : [...left.paths, ...right.paths],
      };
    }
  }
}

const UNBOUND: Summary = { hosts: [], patterns: [], paths: ['/'] };

function summarizeCall(matcher: string, values: readonly string[]): Summary {
  switch (matcher) {
    case 'Host':
    case 'HostHeader':
    case 'HostSNI':
      // HostSNI(`*`) is every connection, not a wildcard name.
      return values.includes('*') ? UNBOUND : { hosts: values, patterns: [], paths: [] };
    case 'HostRegexp':
    case 'HostSNIRegexp':
      return { hosts: [], patterns: values, paths: [] };
    case 'Path':
    case 'PathPrefix':
      return { hosts: [], patterns: [], paths: values };
    default:
      return UNBOUND;
  }
}

/** True where every request that it matches has one of its hosts. */
function isNamed({ paths }: Summary): boolean {
  return paths.length === 0;
}

/** Of two sets of paths that must both match, the one that says more. */
function narrower(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.every(path => path === '/') ? right : left;
}
