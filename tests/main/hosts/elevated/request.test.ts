import { fc, test as property } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatToken, LONGEST_MS, parseToken, type Request } from '../../../../main/hosts/elevated/request.ts';
import { codePoint, FULL, RUNS } from '../../../arbitraries.ts';
import { OLD, Scene } from '../../../fixtures/elevated.ts';

const REQUEST: Request = {
  op: 'apply',
  nonce: '0123456789abcdef0123456789abcdef',
  plan: '/home/me/plan.json',
  planDigest: 'a'.repeat(64),
  before: 'b'.repeat(64),
  after: 'c'.repeat(64),
  notAfter: 1_800_000_000_000,
};
const FIELDS = [1, ...Object.values(REQUEST)];

const encode = (text: string) => Buffer.from(text).toString('base64url');
const tokenOf = (...fields: readonly unknown[]) => encode(JSON.stringify(fields));
/** A request with one field (0 is the version) set to something else. */
const having = (at: number, value: unknown) => tokenOf(...FIELDS.with(at, value));

test('the fields of these tests are those of a request', () => {
  expect(tokenOf(...FIELDS)).toBe(formatToken(REQUEST));
  expect(parseToken(tokenOf(...FIELDS))).toEqual(REQUEST);
});

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const request: fc.Arbitrary<Request> = fc.record({
  op: fc.constantFrom('apply', 'remove', 'restore'),
  nonce: hex(32),
  plan: fc.string({ unit: codePoint, maxLength: 300 }).map(text => `/${text.replaceAll('\0', '')}`),
  planDigest: hex(64),
  before: hex(64),
  after: hex(64),
  notAfter: fc.maxSafeInteger(),
});

property.prop([request], { numRuns: RUNS })('what is formatted is parsed, in letters that no shell looks at', made => {
  const token = formatToken(made);
  expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
  // -0 is 0 in JSON.
  expect(parseToken(token)).toEqual({ ...made, notAfter: made.notAfter + 0 });
});

const REFUSED: Readonly<Record<string, string>> = {
  nothing: '',
  'a word': 'apply',
  'a path': '/etc/hosts',
  'an option': '--help',
  'another version': having(0, 2),
  'the version as text': having(0, '1'),
  'an unknown operation': having(1, 'write'),
  'an operation of every object': having(1, 'constructor'),
  'an operation in upper case': having(1, 'APPLY'),
  'a short nonce': having(2, 'abc'),
  'a nonce that is a path': having(2, `../${'0'.repeat(29)}`),
  'a nonce in upper case': having(2, REQUEST.nonce.toUpperCase()),
  'a nonce with a line end': having(2, `${REQUEST.nonce}\n`),
  'a nonce in a list': having(2, [REQUEST.nonce]),
  'a relative plan': having(3, 'plan.json'),
  'a plan of the folder above': having(3, '../plan.json'),
  'no plan': having(3, ''),
  'a plan with a NUL': having(3, '/tmp/plan\0.json'),
  'a plan that is a number': having(3, 0),
  'a short digest': having(4, 'a'.repeat(63)),
  'a digest in upper case': having(5, 'B'.repeat(64)),
  'a digest that is none': having(6, null),
  'a time that is text': having(7, '1800000000000'),
  'a time that is a fraction': having(7, 1.5),
  'a time without end': encode(JSON.stringify(FIELDS).replace(/[0-9]+\]$/, '1e999]')),
  'a time that no number holds': encode(JSON.stringify(FIELDS).replace(/[0-9]+\]$/, '9007199254740993]')),
  'a field more': tokenOf(...FIELDS, '/etc/passwd'),
  'a field less': tokenOf(...FIELDS.slice(0, -1)),
  'an object': encode(JSON.stringify(REQUEST)),
  'a prototype': encode('{"__proto__":[1],"length":8}'),
  'JSON null': encode('null'),
  'nesting without end': encode('['.repeat(3000)),
};

const SPELLINGS: Readonly<Record<string, string>> = {
  padding: `${formatToken(REQUEST)}=`,
  'a blank behind': `${formatToken(REQUEST)} `,
  'a line end behind': `${formatToken(REQUEST)}\n`,
  'a blank in the JSON': encode(`${JSON.stringify(FIELDS)} `),
  'blanks after commas': encode(JSON.stringify(FIELDS).replaceAll(',', ', ')),
  'an escaped letter': encode(JSON.stringify(FIELDS).replace('apply', '\\u0061pply')),
  'an escaped slash': encode(JSON.stringify(FIELDS).replace('/home', '\\/home')),
  'a number as a power': encode(JSON.stringify(FIELDS).replace('1800000000000', '18e11')),
  'a version as a power': encode(JSON.stringify(FIELDS).replace('[1,', '[1e0,')),
  'the other base64': Buffer.from(JSON.stringify(oddPath())).toString('base64'),
  'bits that do not count': lastBitChanged(formatToken(REQUEST)),
};

/** A path whose base64 has characters that the two alphabets spell differently. */
function oddPath(): readonly unknown[] {
  return FIELDS.with(3, '/ÿ?>ÿ?>ÿ?>');
}

/** The bits of the last letter that stand for no whole byte. */
function lastBitChanged(token: string): string {
  if (token.length % 4 === 0) return lastBitChanged(formatToken({ ...REQUEST, plan: `${REQUEST.plan}x` }));
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + letters[letters.indexOf(token.at(-1) ?? '') + 1];
}

test('the second spellings are of something', () => {
  const texts = Object.values(SPELLINGS).map(token => JSON.parse(Buffer.from(token, 'base64url').toString()));
  expect(texts.every(fields => Array.isArray(fields) && fields.length === 8)).toBe(true);
});

test.each(Object.entries({ ...REFUSED, ...SPELLINGS }))('no request: %s', (_, token) => {
  expect(parseToken(token)).toBeUndefined();
});

test('a token of 4096 letters is read, a longer one is not looked at', () => {
  const long = (length: number) => formatToken({ ...REQUEST, plan: `/${'x'.repeat(length)}` });
  const most = Array.from({ length: 4000 }, (_, n) => long(n)).findLast(token => token.length <= 4096) ?? '';
  expect(most.length).toBeGreaterThan(4090);
  expect(parseToken(most)).toBeDefined();
  const more = long(Number(parseToken(most)?.plan.length) + 3);
  expect(more.length).toBeGreaterThan(4096);
  expect(parseToken(more)).toBeUndefined();
});

describe('fuzz: never throws, and a request has one spelling', { timeout: FULL ? 300_000 : 20_000 }, () => {
  const runs = { numRuns: FULL ? 100_000 : RUNS };
  const check = (token: string) => {
    const parsed = parseToken(token);
    if (parsed !== undefined) expect(formatToken(parsed)).toBe(token);
  };

  property.prop([fc.string({ unit: codePoint, maxLength: 200 })], runs)('any text', check);

  property.prop([fc.json({ maxDepth: 3 })], runs)('any JSON', json => check(encode(json)));

  property.prop([fc.nat(8), fc.jsonValue()], runs)('a request with anything in one of its places', (at, value) =>
    check(at < 8 ? having(at, value) : tokenOf(...FIELDS, value)),
  );

  const edit = fc.tuple(fc.nat(600), fc.nat(3), fc.string({ unit: codePoint, maxLength: 3 }));
  property.prop([fc.array(edit, { maxLength: 3 })], runs)('letters changed, taken out and put in', edits => {
    const token = formatToken(REQUEST);
    check(edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), token));
  });
});

describe('to the helper', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene(undefined, OLD);
  });
  afterEach(() => scene.remove());

  const refused = (message: string) => ({ outcome: 'refused', message, touched: [] });

  test.each(Object.entries({ ...REFUSED, ...SPELLINGS }))('refused: %s', async (_, token) => {
    expect(await scene.ask(token)).toMatchObject(refused('The request is not one of this program.'));
  });

  test('good until its time, too old a millisecond later', async () => {
    const { token } = scene.stageApply();
    scene.now += LONGEST_MS + 1;
    expect(await scene.ask(token)).toMatchObject(refused('The request is too old.'));
    scene.now -= 1;
    expect(await scene.ask(token)).toMatchObject({ outcome: 'done' });
  });

  test('of a clock that was ahead: good for too long', async () => {
    scene.now += 1;
    const { token } = scene.stageApply();
    scene.now -= 1;
    expect(await scene.ask(token)).toMatchObject(refused('The request is good for too long.'));
    expect(await scene.ask(scene.token({ notAfter: Number.MAX_SAFE_INTEGER }))).toMatchObject({ touched: [] });
    expect(await scene.ask(scene.token({ notAfter: -Number.MAX_SAFE_INTEGER }))).toMatchObject({ touched: [] });
  });

  test('one letter changed in any place: another request of the same, or refused', async () => {
    const { token } = scene.stageApply();
    const { nonce: _, notAfter: __, ...asked } = parseToken(token) ?? REQUEST;
    for (let at = 0; at < token.length; at += FULL ? 1 : 7) {
      const other = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      const answer = await scene.ask(other);
      if (answer.outcome === 'done') expect(parseToken(other)).toMatchObject(asked);
      else expect(scene.text).toBe(OLD);
      scene.write(OLD);
    }
  });
});
