import { fc, test as property } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatOrder, type Order, parseOrder } from '../../../../main/hosts/elevated/order.ts';
import { clusterName, codePoint, entries, FULL, hostname, RUNS } from '../../../arbitraries.ts';
import { applyOrder, CLUSTER, ENTRIES, OLD, planFields, Scene, textWith } from '../../../fixtures/elevated.ts';

const names = fc.array(hostname, { maxLength: 4 });

const order: fc.Arbitrary<Order> = fc.oneof(
  fc.record({
    op: fc.constant('apply' as const),
    cluster: clusterName,
    suffix: hostname,
    allowedDomains: names,
    ownNames: names,
    typed: names,
    allowPublic: fc.boolean(),
    entries,
  }),
  fc.record({ op: fc.constant('remove' as const), cluster: fc.option(clusterName, { nil: undefined }) }),
  fc.record({ op: fc.constant('restore' as const), backup: fc.stringMatching(/^[0-9a-f]{12}$/) }),
);

property.prop([order], { numRuns: RUNS })('what is formatted is parsed, and is ASCII', made => {
  expect(formatOrder(made)).toMatch(/^[\x20-\x7e]*$/);
  expect(parseOrder(formatOrder(made))).toEqual(made);
});

test('the plans that the tests write by hand are plans', () => {
  expect(parseOrder(JSON.stringify(planFields(applyOrder())))).toEqual(applyOrder());
});

const FIELDS = planFields(applyOrder());
const apply = (other: Readonly<Record<string, unknown>>) => JSON.stringify({ ...FIELDS, ...other });
const first = (...fields: readonly unknown[]) => apply({ entries: [fields] });
const ORIGIN = 'Service kube-system/traefik';

const REFUSED: Readonly<Record<string, string>> = {
  nothing: '',
  'no JSON': '10.0.0.66\tevil.home.lan',
  null: 'null',
  'a list': `[${apply({})}]`,
  'two plans': apply({}) + apply({}),
  'nesting without end': '['.repeat(1_000_000),
  'no version': apply({ v: undefined }),
  'another version': apply({ v: 2 }),
  'no operation': apply({ op: undefined }),
  'an operation of every object': apply({ op: 'toString' }),
  'an operation as a list': apply({ op: ['apply'] }),
  'fields of the prototype': `{"__proto__":${apply({})}}`,
  'a cluster in upper case': apply({ cluster: 'Turing' }),
  'a cluster with a dot': apply({ cluster: 'a.b' }),
  'a cluster of two lines': apply({ cluster: 'a\n10.0.0.66\tevil.home.lan\n# cluster b' }),
  'a cluster that ends in a line end': apply({ cluster: `${CLUSTER}\n` }),
  'a cluster of 64 letters': apply({ cluster: 'a'.repeat(64) }),
  'no cluster': apply({ cluster: null }),
  'no suffix': apply({ suffix: undefined }),
  'no consents': apply({ allowedDomains: null }),
  'consents that are a text': apply({ allowedDomains: 'home.lan' }),
  'a consent that is a number': apply({ allowedDomains: [1] }),
  'consents by the thousand': apply({ allowedDomains: new Array(1001).fill('home.lan') }),
  'typed names that are an object': apply({ typed: { length: 1 } }),
  'own names that are missing': apply({ ownNames: undefined }),
  'a yes that is a number': apply({ allowPublic: 1 }),
  'a yes that is a text': apply({ allowPublic: 'false' }),
  'no entries': apply({ entries: undefined }),
  'entries by name': apply({ entries: { 0: ['a.home.lan', '10.0.0.1', ORIGIN] } }),
  'an entry with a field more': first('a.home.lan', '10.0.0.1', ORIGIN, '# x'),
  'an entry with a field less': first('a.home.lan', '10.0.0.1'),
  'an entry as a text': apply({ entries: ['a.home.lan 10.0.0.1 Manual'] }),
  'an entry as an object': apply({ entries: [{ hostname: 'a.home.lan', address: '10.0.0.1', origin: ORIGIN }] }),
  'a name in a list': first(['a.home.lan'], '10.0.0.1', ORIGIN),
  'an address as a number': first('a.home.lan', 167_772_161, ORIGIN),
  'an origin of no kind': first('a.home.lan', '10.0.0.1', 'Secret default/x'),
  'an origin with a line end': first('a.home.lan', '10.0.0.1', `${ORIGIN}\n10.0.0.66\tevil.home.lan`),
  'an origin that ends the block': first('a.home.lan', '10.0.0.1', 'Service a/b\n# END cluster-hosts'),
  'an origin that is a marker': first('a.home.lan', '10.0.0.1', 'END cluster-hosts'),
  'an origin that is a section': first('a.home.lan', '10.0.0.1', 'cluster evil'),
  'an origin with a blank more': first('a.home.lan', '10.0.0.1', `${ORIGIN} `),
  'an origin outside ASCII': first('a.home.lan', '10.0.0.1', 'Service k\xe9/traefik'),
  'a typed origin with a name': first('a.home.lan', '10.0.0.1', 'Manual a/b'),
  'no origin': first('a.home.lan', '10.0.0.1', ''),
  'a section number of a million': JSON.stringify({ v: 1, op: 'remove', cluster: 1_000_000 }),
  'removal of nothing named': JSON.stringify({ v: 1, op: 'remove' }),
  'removal of a cluster with a line end': JSON.stringify({ v: 1, op: 'remove', cluster: 'a\n' }),
  'restoring a path': JSON.stringify({ v: 1, op: 'restore', backup: '/etc/shadow' }),
  'restoring a path of twelve': JSON.stringify({ v: 1, op: 'restore', backup: '../../shadow' }),
  'restoring the start of an id': JSON.stringify({ v: 1, op: 'restore', backup: '0123' }),
  'restoring whatever fits': JSON.stringify({ v: 1, op: 'restore', backup: '' }),
  'restoring with a line end': JSON.stringify({ v: 1, op: 'restore', backup: '0123456789ab\n' }),
  'restoring without a backup': JSON.stringify({ v: 1, op: 'restore' }),
};

describe('no plan', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene(undefined, OLD);
  });
  afterEach(() => scene.remove());

  test.each(Object.entries(REFUSED))('%s', async (_, text) => {
    expect(parseOrder(text)).toBeUndefined();
    const op = /"op":"(apply|remove|restore)"/.exec(text)?.[1] ?? 'apply';
    const token = scene.byHand(text, `${OLD}10.0.0.66\tevil.home.lan\n`, { op: op as Order['op'] });
    expect(await scene.ask(token)).toMatchObject({
      ...{ outcome: 'refused', message: 'The plan is not one of this program.', touched: [] },
    });
  });

  test.each([
    ['apply', 'remove'],
    ['apply', 'restore'],
    ['remove', 'apply'],
  ] as const)('a token to %s, a plan to %s', async (op, other) => {
    const orders: Readonly<Record<string, Order>> = {
      apply: applyOrder(),
      remove: { op: 'remove', cluster: undefined },
      restore: { op: 'restore', backup: '0123456789ab' },
    };
    const text = formatOrder(orders[other] ?? applyOrder());
    const token = scene.byHand(text, other === 'apply' ? textWith(OLD, CLUSTER, ENTRIES) : OLD, { op });
    expect(await scene.ask(token)).toMatchObject({
      ...{ outcome: 'refused', message: 'The plan is not one of this program.', touched: [] },
    });
  });

  test('fields that nobody knows are no business of the helper', async () => {
    const token = scene.applyByHand(applyOrder(), { hosts: '/etc/passwd', mode: 511, command: 'id' });
    expect(await scene.ask(token)).toMatchObject({ outcome: 'done' });
    expect(scene.text).toBe(textWith(OLD, CLUSTER, ENTRIES));
  });
});

describe('fuzz: never throws, and gives only what it would format again', { timeout: FULL ? 300_000 : 20_000 }, () => {
  const runs = { numRuns: FULL ? 100_000 : RUNS };
  const check = (text: string) => {
    const parsed = parseOrder(text);
    if (parsed !== undefined) expect(parseOrder(formatOrder(parsed))).toEqual(parsed);
  };

  property.prop([fc.string({ unit: codePoint, maxLength: 300 })], runs)('any text', check);

  property.prop([fc.json({ maxDepth: 4 })], runs)('any JSON', check);

  const op = fc.constantFrom('apply', 'remove', 'restore');
  const field = fc.constantFrom(...Object.keys(FIELDS), 'backup');
  property.prop([op, field, fc.jsonValue()], runs)('a plan with anything in one of its places', (name, at, value) =>
    check(apply({ op: name, [at]: value })),
  );

  const edit = fc.tuple(fc.nat(400), fc.nat(3), fc.string({ unit: codePoint, maxLength: 3 }));
  property.prop([fc.array(edit, { maxLength: 3 })], runs)('characters changed, taken out and put in', edits => {
    const plan = first('a.home.lan', '10.0.0.1', ORIGIN);
    check(edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), plan));
  });
});
