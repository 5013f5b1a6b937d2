import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { addressesIn, cidrsOf } from '../../../main/demo/address-range.ts';
import { poolsProblem } from '../../../main/demo/metallb-validation.ts';
import { type Client, startForTest } from './client.ts';
import { apply } from './installation.ts';
import { POOLS, pool } from './load-balancers.ts';

function makePool(client: Client, name: string, addresses: readonly string[], query = '') {
  return apply(client, `${POOLS}/${name}`, 'IPAddressPool', { addresses }, query);
}

describe('MetalLB’s webhook', () => {
  test.each(['', '&dryRun=All'])('refuses what overlaps, in MetalLB’s words (%s)', async query => {
    const { client } = await startForTest();
    const { status, body } = await makePool(client, 'second', ['10.0.0.75-10.0.0.99'], query);
    expect([status, body.reason]).toEqual([403, 'Forbidden']);
    expect(body.message).toBe(
      'admission webhook "ipaddresspoolvalidationwebhook.metallb.io" denied the request: ' +
        'CIDR "10.0.0.75/32" in pool "second" overlaps with already defined CIDR "10.0.0.72/29"',
    );
    expect((await client.get(`${POOLS}/second`)).status).toBe(404);
  });

  test('lets a pool be changed over itself, also by a merge patch, and refuses a bad change', async () => {
    const { client } = await startForTest();
    expect((await makePool(client, 'default-pool', ['10.0.0.70-10.0.0.85'])).status).toBe(200);
    const patch = { spec: { addresses: ['10.0.0.70'] } };
    const { status, body } = await client.patch(`${POOLS}/default-pool`, 'merge-patch+json', patch);
    expect([status, body.message]).toEqual([403, expect.stringContaining('invalid CIDR "10.0.0.70"')]);
    const labels = { metadata: { labels: { a: 'b' } } };
    expect((await client.patch(`${POOLS}/default-pool`, 'merge-patch+json', labels)).status).toBe(200);
  });

  test.each(['ipaddresspools', 'l2advertisements'])('refuses %s of other namespaces', async plural => {
    const { client } = await startForTest();
    const kind = plural === 'ipaddresspools' ? 'IPAddressPool' : 'L2Advertisement';
    const path = `/apis/metallb.io/v1beta1/namespaces/default/${plural}/x`;
    const { status, body } = await apply(client, path, kind, { addresses: ['10.9.0.0/24'] });
    expect(status).toBe(403);
    expect(body.message).toMatch(/denied the request: resource must be created in metallb-system namespace$/);
  });

  test('is not asked of deletions, and not where it may fail and does', async () => {
    const { client, demo } = await startForTest();
    demo.troubles.webhookNeverServes(true);
    expect((await client.send('DELETE', `${POOLS}/default-pool`)).status).toBe(200);
    expect((await makePool(client, 'new', ['10.0.0.70'])).status).toBe(500);
    const name = 'metallb-webhook-configuration';
    const [configuration] = demo.cluster.list('validatingwebhookconfigurations');
    const webhooks = ((configuration?.webhooks ?? []) as object[]).map(webhook => ({
      ...webhook,
      failurePolicy: 'Ignore',
    }));
    demo.cluster.patch('validatingwebhookconfigurations', '', name, { webhooks });
    expect((await makePool(client, 'new', ['10.0.0.70'])).status).toBe(201);
  });
});

describe('what is wrong with pools', () => {
  const invalid = (text: string, why: string) => `parsing address pool a: invalid CIDR "${text}" in pool "a": ${why}`;
  test.each([
    ['10.0.0.70', 'invalid CIDR "10.0.0.70"'],
    ['10.0.0.70/33', 'invalid CIDR "10.0.0.70/33"'],
    ['', 'invalid CIDR ""'],
    ['fd00::1/129', 'invalid CIDR "fd00::1/129"'],
    [
      '10.0.0.80-10.0.0.70',
      'invalid IP range "10.0.0.80-10.0.0.70": start IP "10.0.0.80" is after the end IP "10.0.0.70"',
    ],
    ['10.0.0.70-80', 'invalid IP range "10.0.0.70-80": invalid end IP "80"'],
    ['x-10.0.0.70', 'invalid IP range "x-10.0.0.70": invalid start IP "x"'],
  ])('%s', (text, why) => expect(poolsProblem([pool('a', [text])])).toBe(invalid(text, why)));

  test.each([[['10.0.0.70/32']], [['10.0.0.70 - 10.0.0.71', '10.0.0.72/30']], [['fd00::/64', 'fd01::1-fd01::9']]])(
    'nothing: %j',
    addresses => expect(poolsProblem([pool('a', addresses), pool('b', ['10.0.1.0/24'])])).toBeUndefined(),
  );

  test('no addresses at all; an overlap within one pool', () => {
    expect(poolsProblem([pool('a', [])])).toBe('parsing address pool a: pool has no prefixes defined');
    expect(poolsProblem([pool('a', ['10.0.0.0/24', '10.0.0.9/32'])])).toBe(
      'CIDR "10.0.0.9/32" in pool "a" overlaps with already defined CIDR "10.0.0.0/24"',
    );
  });
});

const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });

property.prop([number, fc.nat(5000)])(
  'a range is its CIDRs: all of it, nothing else, each as large as it can be',
  (first, more) => {
    const range = { first, last: Math.min(first + more, 2 ** 32 - 1) };
    const cidrs = cidrsOf(range);
    expect(cidrs.flatMap(cidr => [...addressesIn(cidr)])).toEqual([...addressesIn(range)]);
    for (const { first: start, last, bits } of cidrs) {
      expect(last - start + 1).toBe(2 ** (32 - bits));
      expect(start % (last - start + 1)).toBe(0);
    }
    for (const [index, { first: start, last, bits }] of cidrs.entries()) {
      const next = cidrs[index + 1];
      expect(next?.bits === bits && start % (2 * (last - start + 1)) === 0).toBe(false);
    }
  },
);
