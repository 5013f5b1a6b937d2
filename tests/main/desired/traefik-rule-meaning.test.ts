import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { parseRule } from '../../../main/desired/traefik-rule.ts';
import { RUNS } from '../../arbitraries.ts';

/*
 * Rules made at random, printed in random spellings, and judged by what they match: each value of a matcher is a fact
 * that may hold or not, and the rule is tried with every combination of them.
 */

type Rule =
  | { readonly is: 'fact'; readonly matcher: string; readonly values: readonly string[] }
  | { readonly is: 'not'; readonly of: Rule }
  | { readonly is: 'and' | 'or'; readonly of: readonly Rule[] };

const HOSTS = ['Host', 'HostHeader', 'HostSNI'];
const PATTERNS = ['HostRegexp', 'HostSNIRegexp'];

const matcher = fc.constantFrom('Host', 'Host', 'Host', 'HostHeader', 'HostRegexp', 'PathPrefix', 'Method');
const fact = fc
  .tuple(matcher, fc.integer({ min: 1, max: 2 }))
  .map(([name, count]): Rule => ({ is: 'fact', matcher: name, values: new Array<string>(count).fill('') }));

const shape = fc.letrec<{ rule: Rule; joint: Rule }>(tie => ({
  joint: fc.record({ is: fc.constantFrom('and', 'or'), of: fc.array(tie('rule'), { minLength: 2, maxLength: 3 }) }),
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fact,
    tie('rule').map((of): Rule => ({ is: 'not', of })),
    tie('joint'),
  ),
})).rule;

/** The rule with a value of its own for every fact: `/1`, `/2` … which is a path as well as a text. */
function numbered(rule: Rule, numbers: IterableIterator<number>): Rule {
  if (rule.is === 'fact') return { ...rule, values: rule.values.map(() => `/${numbers.next().value}`) };
  if (rule.is === 'not') return { is: 'not', of: numbered(rule.of, numbers) };
  return { is: rule.is, of: rule.of.map(part => numbered(part, numbers)) };
}

function factsIn(rule: Rule): readonly { readonly matcher: string; readonly value: string }[] {
  if (rule.is === 'fact') return rule.values.map(value => ({ matcher: rule.matcher, value }));
  return rule.is === 'not' ? factsIn(rule.of) : rule.of.flatMap(factsIn);
}

function matches(rule: Rule, holds: (value: string) => boolean): boolean {
  if (rule.is === 'fact') return rule.values.some(holds);
  if (rule.is === 'not') return !matches(rule.of, holds);
  return rule.is === 'and' ? rule.of.every(part => matches(part, holds)) : rule.of.some(part => matches(part, holds));
}

/** Every combination of facts. */
function worlds(values: readonly string[]): readonly ReadonlySet<string>[] {
  return Array.from({ length: 2 ** values.length }, (_, bits) => new Set(values.filter((_, at) => (bits >> at) & 1)));
}

/** The facts of these matchers that can make the rule match: it does not without, and does with them. */
function asked(rule: Rule, matchers: readonly string[]): readonly string[] {
  const facts = factsIn(rule);
  const all = worlds(facts.map(({ value }) => value));
  const helps = (value: string) =>
    all.some(world => {
      const has = matches(rule, other => other === value || world.has(other));
      return has && !matches(rule, other => other !== value && world.has(other));
    });
  return facts.filter(({ matcher, value }) => matchers.includes(matcher) && helps(value)).map(({ value }) => value);
}

/** Picks spellings by a stream of numbers, so that one rule is printed in many ways. */
function print(rule: Rule, pick: <T>(...choices: readonly T[]) => T): string {
  const blank = () => pick('', '', ' ', '\t', '/* ) */');
  const gap = () => pick('', '', ' ', '\n', ' // "\n', '/* \n */');
  const quoted = (text: string) =>
    pick(`\`${text}\``, `"${text}"`, `"${text.replaceAll('/', pick('\\x2f', '\\057', '\\u002F', '\\U0000002f'))}"`);
  const named = (name: string) =>
    pick(name, name.toLowerCase(), name.toUpperCase(), name.slice(0, 1) + name.slice(1).toLowerCase());
  const show = (node: Rule, inside: Rule['is'] | ''): string => {
    if (node.is === 'fact') {
      const values = node.values.map(quoted).join(`${blank()},${gap()}`);
      return `${named(node.matcher)}${blank()}(${gap()}${values}${pick('', `,${gap()}`)})`;
    }
    if (node.is === 'not') return `!${gap()}${show(node.of, 'not')}`;
    const text = node.of.map(part => show(part, node.is)).join(`${blank()}${node.is === 'and' ? '&&' : '||'}${gap()}`);
    const needed = inside === 'not' || (inside === 'and' && node.is === 'or') || inside === node.is;
    return needed || pick(false, false, true) ? `(${gap()}${text}${blank()})` : text;
  };
  return `${gap()}${show(rule, '')}${pick('', '\n', ' // the end', '\n/* \n */')}`;
}

const rule = shape.map(made => numbered(made, new Array(100).keys())).filter(made => factsIn(made).length <= 9);

describe('any rule in any spelling', () => {
  property.prop([rule, fc.infiniteStream(fc.nat(1_000))], { numRuns: RUNS })(
    'has the hosts and patterns that can make it match',
    (made, numbers) => {
      const text = print(made, (...choices) => choices[numbers.next().value % choices.length] as (typeof choices)[0]);
      const parsed = parseRule(text, 'v2', 'http');
      if (!parsed.ok) throw new Error(`${parsed.message} ${text}`);
      expect(parsed.hosts).toEqual(asked(made, HOSTS));
      expect(parsed.patterns).toEqual(asked(made, PATTERNS));
    },
  );

  property.prop([rule], { numRuns: RUNS })('has paths if it can match without any of its hosts', made => {
    const parsed = parseRule(
      print(made, first => first),
      'v2',
      'http',
    );
    if (!parsed.ok) throw new Error(parsed.message);
    const named = new Set(asked(made, [...HOSTS, ...PATTERNS]));
    const free = worlds(
      factsIn(made)
        .map(({ value }) => value)
        .filter(value => !named.has(value)),
    );
    expect(parsed.paths.length > 0).toBe(free.some(world => matches(made, value => world.has(value))));
    expect(parsed.paths.every(path => path.startsWith('/'))).toBe(true);
  });
});
