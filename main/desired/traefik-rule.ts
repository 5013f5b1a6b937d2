import { parseTree, type RuleNode, type RuleProtocol, type RuleSyntax } from './traefik-parser.ts';
import { RuleError } from './traefik-tokens.ts';

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

const MAX_LENGTH = 64 * 1024;

/**
 * Reads a rule as Traefik does. What Traefik's grammar refuses (its router then routes nothing) is refused here, with
 * the reason; hosts under an odd number of `!` are not hosts of this rule.
 */
export function parseRule(rule: string, syntax: RuleSyntax, protocol: RuleProtocol): ParsedRule {
  try {
    if (rule.length > MAX_LENGTH) throw new RuleError('The rule is too long.');
    return { ok: true, ...summarize(parseTree(rule, syntax, protocol), true) };
  } catch (error) {
    if (error instanceof RuleError) return { ok: false, message: error.message };
    throw error;
  }
}

type Summary = Omit<RuleHosts, 'ok'>;

/** `positive` is false under an odd number of `!`, where `and` and `or` change places (De Morgan). */
function summarize(node: RuleNode, positive: boolean): Summary {
  switch (node.type) {
    case 'not':
      return summarize(node.inner, !positive);
    case 'call':
      return positive ? summarizeCall(node.matcher, node.values) : UNBOUND;
    case 'and':
    case 'or': {
      const parts = node.parts.map(part => summarize(part, positive));
      return {
        hosts: parts.flatMap(({ hosts }) => hosts),
        patterns: parts.flatMap(({ patterns }) => patterns),
        paths: (node.type === 'and') === positive ? commonPaths(parts) : parts.flatMap(({ paths }) => paths),
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
      return { hosts: values.filter(host => host !== '*'), patterns: [], paths: values.includes('*') ? ['/'] : [] };
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

/** Of parts that must all match: no paths where one of them names its hosts, else those of the first that says more than `/`. */
function commonPaths(parts: readonly Summary[]): readonly string[] {
  if (parts.some(({ paths }) => paths.length === 0)) return [];
  return (parts.find(({ paths }) => paths.some(path => path !== '/')) ?? UNBOUND).paths;
}
