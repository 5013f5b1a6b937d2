import { fc, test as property } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseHosts } from '../../../../main/hosts/block.ts';
import type { ApplyOrder } from '../../../../main/hosts/elevated/order.ts';
import { address, codePoint, FULL, hostname } from '../../../arbitraries.ts';
import {
  applyOrder,
  CLUSTER,
  forged,
  OLD,
  planFields,
  Scene,
  textWith,
  typedEntry,
} from '../../../fixtures/elevated.ts';
import { memoryFolder } from '../../../fixtures/memory.ts';

/*
 * Whatever a token or a plan is made of: the helper answers, and what it has written is what the policy of this project
 * allows, judged here by rules of the test's own.
 */

/** Each writes files; the five properties make 100,000 inputs in the long form. */
const runs = { numRuns: FULL ? 20_000 : 200 };

let scene: Scene;
beforeAll(() => {
  scene = new Scene(memoryFolder('hosts-elevated-'), OLD);
});
afterAll(() => scene.remove());

const LINE = /^([0-9a-f.:]+)\t([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)$/;
const COMMENT =
  /^# (Kept by Cluster Hosts|cluster [a-z0-9-]{1,63}$|Manual$|[A-Za-z.]{1,64} [a-z0-9.-]+\/[a-z0-9.-]+$|BEGIN cluster-hosts v1 |END cluster-hosts$)/;
const PRIVATE =
  /^(10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.|100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\.|f[cd][0-9a-f]{2}:)/;
const NEVER =
  /^(0|127|169\.254|22[4-9]|2[3-5][0-9])\.|^::([0-9a-f]{1,4}(:[0-9a-f]{1,4})?|[0-9.]+)?$|^::ffff:|^fe[89a-f][0-9a-f]:|^ff[0-9a-f]{2}:/;
const DENIED = /(^|\.)localhost$|^(wpad|isatap)\.|^ip6-|^(desk|api)\.home\.lan$|(^|\.)github\.com$|^[a-z0-9-]+$/;

/** Why a line may not be there, by what the tests' plans consent to; `undefined` where it may. */
function objectionTo(
  line: string,
  { cluster, suffix, allowedDomains, typed, allowPublic }: ApplyOrder,
): string | undefined {
  if (line === '' || COMMENT.test(line)) return undefined;
  const [, ip = '', name = ''] = LINE.exec(line) ?? [];
  if (name === '') return 'no line of a hosts file';
  if (name !== cluster && DENIED.test(name)) return 'a denied name';
  const isTyped = typed.includes(name);
  if (!PRIVATE.test(ip) && !isTyped && !allowPublic) return 'a public address';
  if (NEVER.test(ip)) return 'an address that is never written';
  const domains = [`${cluster}.${suffix}`, ...allowedDomains];
  const isCovered = domains.some(domain => name === domain || name.endsWith(`.${domain}`));
  return isCovered || isTyped || name === cluster ? undefined : 'a name that nobody consented to';
}

/** Asks; true if something was written, and then only what may be. */
async function isWritten(token: string, order: ApplyOrder): Promise<boolean> {
  const answer = await scene.ask(token);
  const text = scene.text;
  scene.startOver();
  if (answer.outcome !== 'done') {
    expect(['refused', 'no-change', 'changed-meanwhile', 'failed']).toContain(answer.outcome);
    expect(text).toBe(OLD);
    return false;
  }
  const parsed = parseHosts(text);
  if (parsed.state !== 'ok') throw new Error(parsed.message);
  expect(parsed.hosts.head + parsed.hosts.tail).toBe(OLD);
  const lines = parsed.hosts.block?.text.split('\n') ?? [];
  expect(lines.flatMap(line => objectionTo(line, order) ?? [])).toEqual([]);
  expect(lines.filter(line => line.includes('\t')).length).toBe(order.entries.length);
  return true;
}

/** Often good: what is written is looked at as well. */
const oddName = fc.oneof(
  { arbitrary: hostname.map(name => `${name}.home.lan`), weight: 12 },
  fc.constantFrom(
    CLUSTER,
    'turing-cluster.local',
    'localhost',
    'wpad.home.lan',
    'desk.home.lan',
    'API.home.lan',
    'github.com',
  ),
  fc.constantFrom('bank.example.com', 'typed.example.com', 'com', 'router', '__proto__', 'constructor', '10.0.0.1'),
  fc.tuple(hostname, fc.string({ unit: codePoint, maxLength: 3 })).map(([name, text]) => `${name}${text}.home.lan`),
  fc.string({ unit: codePoint, maxLength: 12 }),
);
const oddAddress = fc.oneof(
  { arbitrary: address, weight: 12 },
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom(
    '127.0.0.1',
    '0.0.0.0',
    '169.254.169.254',
    '8.8.8.8',
    '::1',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    '010.0.0.1',
  ),
  fc.string({ unit: codePoint, maxLength: 12 }),
);
const GOOD = [['home.lan'], ['home.lan', 'example.com']];
const oddOrder = fc
  .record({
    rows: fc.uniqueArray(fc.tuple(oddName, oddAddress, fc.boolean()), { maxLength: 3, selector: ([name]) => name }),
    allowPublic: fc.boolean(),
    allowedDomains: fc.constantFrom(...GOOD, ...GOOD, ...GOOD, [], ['com'], ['Home.lan']),
  })
  .map(({ rows, ...consents }) => {
    const entries = rows.map(([name, ip, isTyped]) => (isTyped ? typedEntry(name, ip) : forged(name, ip)));
    return applyOrder({ ...consents, typed: ['typed.example.com'], entries });
  });

describe('never throws, and writes only what may be written', { timeout: FULL ? 900_000 : 20_000 }, () => {
  let written = 0;

  property.prop([oddOrder], runs)('plans of odd names, addresses and consents', async order => {
    if (await isWritten(scene.applyByHand(order), order)) written += 1;
  });

  test('some of them were good', () => {
    expect(written).toBeGreaterThan(runs.numRuns / 20);
    expect(written).toBeLessThan(runs.numRuns * 0.8);
  });

  const field = fc.constantFrom(...Object.keys(planFields(applyOrder())));
  property.prop([field, fc.jsonValue()], runs)('a plan with anything in one of its places', async (at, value) => {
    const order = applyOrder();
    await isWritten(scene.applyByHand(order, { [at]: value }), order);
  });

  const edit = fc.tuple(fc.nat(450), fc.nat(3), fc.string({ unit: codePoint, maxLength: 2 }));
  property.prop([fc.array(edit, { minLength: 1, maxLength: 2 })], runs)(
    'a plan with characters changed',
    async edits => {
      const order = applyOrder();
      const plan = edits.reduce(
        (text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut),
        JSON.stringify(planFields(order)),
      );
      const latin1 = Buffer.from(plan).toString('latin1');
      await isWritten(scene.byHand(latin1, textWith(OLD, CLUSTER, order.entries)), order);
    },
  );

  property.prop([fc.oneof(fc.json(), fc.string({ unit: codePoint, maxLength: 100 }))], runs)(
    'any text as a plan',
    async text => {
      const token = scene.byHand(Buffer.from(text).toString('latin1'), textWith(OLD, CLUSTER, []));
      expect(await isWritten(token, applyOrder())).toBe(false);
    },
  );

  property.prop([fc.nat(600), fc.nat(3), fc.string({ unit: codePoint, maxLength: 3 })], runs)(
    'a token with letters changed',
    async (at, cut, put) => {
      const token = scene.applyByHand(applyOrder());
      await isWritten(token.slice(0, at) + put + token.slice(at + cut), applyOrder());
    },
  );
});
