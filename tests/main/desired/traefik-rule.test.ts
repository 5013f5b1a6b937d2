import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { RuleProtocol, RuleSyntax } from '../../../main/desired/traefik-parser.ts';
import { type ParsedRule, parseRule } from '../../../main/desired/traefik-rule.ts';
import { codePoint, RUNS } from '../../arbitraries.ts';
import { BAD, GOOD, type RuleLanguage } from '../../fixtures/traefik-rules.ts';

const LANGUAGES = ['v3 http', 'v2 http', 'v3 tcp', 'v2 tcp'] as const satisfies RuleLanguage[];

function parse(rule: string, language: RuleLanguage): ParsedRule {
  const [syntax, protocol] = language.split(' ') as [RuleSyntax, RuleProtocol];
  return parseRule(rule, syntax, protocol);
}

describe('a rule that Traefik takes', () => {
  test.each(GOOD)('%s (%s)', (_title, language, rule, hosts) => {
    expect(parse(rule, language)).toMatchObject({ ok: true, hosts });
  });
});

describe('a rule that Traefik refuses', () => {
  test.each(BAD)('%s (%s)', (_title, language, rule, says) => {
    const parsed = parse(rule, language);
    expect(parsed.ok ? '' : parsed.message).toMatch(says);
  });
});

describe('patterns are told, not guessed', () => {
  test.each([
    ['v3 http', 'HostRegexp(`^a\\.lan$`)', ['^a\\.lan$']],
    ['v3 http', 'Host(`b.lan`) || HostRegexp(`.+`)', ['.+']],
    ['v3 http', '!HostRegexp(`.+`)', []],
    ['v2 http', 'HostRegexp(`a.lan`, `{x:.*}.lan`)', ['a.lan', '{x:.*}.lan']],
    ['v3 tcp', 'HostSNIRegexp(`.+`)', ['.+']],
  ] as const)('%s: %s', (language, rule, patterns) => {
    expect(parse(rule, language)).toMatchObject({ ok: true, patterns });
  });
});

describe('paths that are routed whatever the host', () => {
  test.each([
    ['a path alone', 'Path(`/a`)', ['/a']],
    ['a prefix alone', 'PathPrefix(`/a`)', ['/a']],
    ['two paths', 'Path(`/a`) || PathPrefix(`/b`)', ['/a', '/b']],
    ['no path', 'Method(`GET`)', ['/']],
    ['a path and more', 'Method(`GET`) && PathPrefix(`/a`)', ['/a']],
    ['a path of a host', 'Host(`a.lan`) && Path(`/a`)', []],
    ['a path of one of two hosts', '(Host(`a.lan`) || Host(`b.lan`)) && Path(`/a`)', []],
    ['a path of a pattern', 'HostRegexp(`.+`) && Path(`/a`)', []],
    ['a path beside a host', 'Host(`a.lan`) || Path(`/a`)', ['/a']],
    ['a path for all but one host', '!Host(`a.lan`) && Path(`/a`)', ['/a']],
    ['all paths but one', '!Path(`/a`)', ['/']],
    ['neither host nor path', '!(Host(`a.lan`) || Path(`/a`))', ['/']],
    ['any host', 'Host(`*`) && Path(`/a`)', ['/a']],
  ] as const)('%s', (_title, rule, paths) => {
    expect(parse(rule, 'v3 http')).toMatchObject({ ok: true, paths });
  });

  test('are all of a matcher that takes several', () => {
    expect(parse('PathPrefix(`/a`, `/b`)', 'v2 http')).toMatchObject({ paths: ['/a', '/b'] });
  });
});

describe('rules as long and as deep as they come', () => {
  const times = (text: string, count: number) => text.repeat(count);
  test.each([
    ['50 brackets', `${times('(', 50)}Host(\`a.lan\`)${times(')', 50)}`, ['a.lan']],
    ['60 times not', `${times('!', 60)}Host(\`a.lan\`)`, ['a.lan']],
    ['5,000 hosts', `${times('Host(`a`)||', 4_999)}Host(\`b\`)`, [...new Array<string>(4_999).fill('a'), 'b']],
    ['5,000 conditions', `${times('Path(`/`)&&', 4_999)}Host(\`b\`)`, ['b']],
    ['60,000 line ends', `Host(\`a\`)${times('\n', 60_000)}`, ['a']],
    ['60,000 blanks', `Host(${times(' ', 60_000)}\`a\`)`, ['a']],
    ['5,000 comments', `${times('/* a */\n', 5_000)}Host(\`a\`)`, ['a']],
  ])('%s are read', (_title, rule, hosts) => {
    expect(parse(rule, 'v3 http')).toMatchObject({ ok: true, hosts });
  });

  test.each([
    ['60,000 brackets', times('(', 60_000), /nested too deeply/],
    ['60,000 times not', times('!', 60_000), /nested too deeply/],
    ['120 brackets', `${times('(', 120)}Host(\`a\`)${times(')', 120)}`, /nested too deeply/],
    ['70,000 characters', `Host(\`${times('a', 70_000)}\`)`, /too long/],
    ['30,000 open comments', times('/*', 30_000), /does not belong/],
    ['30,000 open quotes', times('"\\', 30_000), /does not belong/],
    ['60,000 letters in open back quotes', `\`${times('a', 60_000)}`, /does not belong/],
    ['60,000 letters', times('a', 60_000), /not a matcher/],
    ['20,000 commas', `Host(${times('`a`,', 15_000)})`, /takes 1 value, not 15000/],
    ['60,000 stars of a comment', `/*${times('*', 60_000)}`, /does not belong/],
  ])('%s are refused', (_title, rule, says) => {
    const parsed = parse(rule, 'v3 http');
    expect(parsed.ok ? '' : parsed.message).toMatch(says);
  });
});

describe('any text', () => {
  const pieces = [
    'Host',
    'HostSNI',
    'HostRegexp',
    'Path',
    '(',
    ')',
    '`a`',
    '"b"',
    '`',
    '"',
    '\\',
    ',',
    '!',
    '&&',
    '||',
  ];
  const more = [
    ' ',
    '\n',
    '\r',
    '/*',
    '*/',
    '//',
    '\0',
    '\u2028',
    '\ud83d',
    '\ude00',
    '\u{1f600}',
    '\u00e9',
    '1',
    '.',
    '&',
  ];
  const text = fc.oneof(
    fc.string({ unit: codePoint, maxLength: 60 }),
    fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 16 }).map(list => list.join('')),
  );

  property.prop([text, fc.constantFrom(...LANGUAGES)], { numRuns: RUNS })(
    'is a rule or a sentence',
    (rule, language) => {
      const parsed = parse(rule, language);
      if (!parsed.ok) expect(parsed.message).toMatch(/^[\p{L}\p{N}\x21-\x7e“”]+( [\p{L}\p{N}\x21-\x7e“”]+)*\.$/u);
      else expect(parsed.hosts.every(host => typeof host === 'string' && host !== '' && host !== '*')).toBe(true);
    },
  );
});
