import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { jsonPatch, mergePatch } from '../../../../main/demo/api/patch.ts';

/** Objects without null, which a merge patch cannot say, and without `$`, which belongs to directives. */
const json = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.integer()),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'a', 'b', 'c'),
      fc.string().filter(key => !key.startsWith('$')),
    ),
    tie('value'),
    { maxKeys: 5 },
  ),
})).object;

/** The merge patch that turns one object into another. */
function difference(from: Record<string, unknown>, to: Record<string, unknown>): Record<string, unknown> {
  const removed = Object.keys(from).filter(key => !Object.hasOwn(to, key));
  return Object.fromEntries([
    ...removed.map(key => [key, null] as const),
    ...Object.entries(to).map(([key, value]) => {
      const old = Object.hasOwn(from, key) ? from[key] : undefined;
      return [key, isObject(old) && isObject(value) ? difference(old, value) : value] as const;
    }),
  ]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

test.prop([json, json])('a merge patch leads from any object to any other', (from, to) => {
  if (!isObject(from) || !isObject(to)) throw new Error('both are objects');
  expect(JSON.stringify(sorted(mergePatch(from, difference(from, to))))).toBe(JSON.stringify(sorted(to)));
});

test.prop([json])('an empty merge patch changes nothing', object => {
  expect(mergePatch(object, {})).toEqual(object);
});

function sorted(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}

describe('JSON patch', () => {
  const document = { a: { 'b/c': 1, '~': 2 }, list: [1, 2, 3] };

  test.each([
    [[{ op: 'add', path: '/x', value: null }], { ...document, x: null }],
    [[{ op: 'add', path: '/list/1', value: 9 }], { ...document, list: [1, 9, 2, 3] }],
    [[{ op: 'add', path: '/list/-', value: 9 }], { ...document, list: [1, 2, 3, 9] }],
    [[{ op: 'remove', path: '/a/b~1c' }], { ...document, a: { '~': 2 } }],
    [[{ op: 'remove', path: '/list/0' }], { ...document, list: [2, 3] }],
    [[{ op: 'replace', path: '/list/2', value: { d: [] } }], { ...document, list: [1, 2, { d: [] }] }],
    [[{ op: 'move', from: '/a/~0', path: '/list/0' }], { a: { 'b/c': 1 }, list: [2, 1, 2, 3] }],
    [[{ op: 'copy', from: '/list', path: '/a/list' }], { ...document, a: { ...document.a, list: [1, 2, 3] } }],
    [[{ op: 'test', path: '/list', value: [1, 2, 3] }], document],
  ])('%j', (patch, expected) => expect(jsonPatch(document, patch)).toEqual(expected));

  test.each([
    [[{ op: 'remove', path: '/nothing' }]],
    [[{ op: 'replace', path: '/nothing', value: 1 }]],
    [[{ op: 'add', path: '/nothing/below', value: 1 }]],
    [[{ op: 'add', path: '/list/9', value: 1 }]],
    [[{ op: 'add', path: '/list/x', value: 1 }]],
    [[{ op: 'test', path: '/list/0', value: 2 }]],
    [[{ op: 'remove', path: '/__proto__' }]],
    [[{ op: 'twist', path: '/list' }]],
    [[{ op: 'remove', path: 'list' }]],
    ['none'],
    [[null]],
  ])('not %j', patch => expect(() => jsonPatch(document, patch)).toThrow());
});
