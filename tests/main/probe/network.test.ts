import { networkInterfaces } from 'node:os';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { formatIp, isInNetwork, isPrivate, networkOf, parseIp } from '../../../main/probe/ip.ts';
import { isAnswered, sourceTowards } from '../../../main/probe/knock.ts';
import { HOME, quietNetwork } from '../../../main/probe/quiet-network.ts';
import { openNetwork } from '../../../main/probe/system-network.ts';
import { RUNS } from '../../arbitraries.ts';
import { waitFor } from '../../wait-for.ts';

const { signal } = new AbortController();

describe('addresses', () => {
  test.prop([fc.ipV4()], { numRuns: RUNS })('of IPv4 come back as they were', address => {
    const ip = parseIp(address);
    expect(ip && formatIp(ip)).toBe(address);
  });

  test.prop([fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 })], { numRuns: RUNS })(
    'of IPv6 come back in their one spelling',
    groups => {
      const address = groups.map(group => group.toString(16)).join(':');
      const ip = parseIp(address);
      // IPv4 inside IPv6: refused.
      if (groups.slice(0, 5).every(group => group === 0)) return;
      expect(ip && `[${formatIp(ip)}]`).toBe(new URL(`http://[${address}]`).hostname);
      expect(ip?.value).toBe(BigInt(`0x${groups.map(group => group.toString(16).padStart(4, '0')).join('')}`));
    },
  );

  test.each(['', '10.0.0', '10.0.0.01', '10.0.0.1 ', '0x0a000001', 'fe80::1%eth0', '::ffff:10.0.0.1', '[::1]', 'a'])(
    '%j is none',
    text => expect(parseIp(text)).toBeUndefined(),
  );

  test.each([
    ['10.0.0.1', true],
    ['172.31.255.255', true],
    ['172.32.0.0', false],
    ['192.168.0.1', true],
    ['100.64.0.1', true],
    ['100.128.0.1', false],
    ['127.0.0.1', false],
    ['169.254.1.1', false],
    ['8.8.8.8', false],
    ['fd00::1', true],
    ['fe80::1', false],
    ['2001:db8::1', false],
    ['::ffff:10.0.0.1', false],
    ['turing-1', false],
  ])('%s is private: %s', (address, wanted) => expect(isPrivate(address)).toBe(wanted));

  test('networks', () => {
    expect(isInNetwork({ address: '10.0.0.5', prefix: 24 }, '10.0.0.255')).toBe(true);
    expect(isInNetwork({ address: '10.0.0.5', prefix: 24 }, '10.0.1.0')).toBe(false);
    expect(isInNetwork({ address: '10.0.0.5', prefix: 0 }, '200.0.0.1')).toBe(true);
    expect(isInNetwork({ address: 'fd00::5', prefix: 64 }, 'fd00::ffff:1')).toBe(true);
    expect(isInNetwork({ address: 'fd00::5', prefix: 64 }, '10.0.0.1')).toBe(false);
    for (const prefix of [-1, 33, 1.5, Number.NaN]) expect(networkOf({ family: 4, value: 0n }, prefix)).toBeUndefined();
  });
});

describe('to knock', () => {
  test('a refusal is an answer', async () => {
    expect(await isAnswered('127.0.0.1', signal)).toBe(true);
  });

  test('where TCP leads nowhere, nobody answers', async () => {
    expect(await isAnswered('224.0.0.1', signal)).toBe(false);
  });

  test('ends when it is to end', async () => {
    expect(await isAnswered('127.0.0.1', AbortSignal.abort())).toBe(false);
  });

  test('leaves nothing open', async () => {
    await isAnswered('127.0.0.1', signal);
    const open = () => process.getActiveResourcesInfo().filter(kind => kind.startsWith('TCP'));
    await waitFor('all sockets are closed', () => open().length === 0);
  });

  test('the way is known without sending', async () => {
    expect(await sourceTowards('127.0.0.1')).toBe('127.0.0.1');
    expect(await sourceTowards('no address')).toBe('');
  });
});

describe('the network that this computer is in', () => {
  const network = openNetwork(process.platform);

  test('its own addresses are the system’s', async () => {
    const { own } = await network.surroundings();
    const all = Object.values(networkInterfaces()).flatMap(each => each ?? []);
    for (const { address, prefix } of own) expect(all.map(({ cidr }) => cidr)).toContain(`${address}/${prefix}`);
  });

  test('only private addresses are tried', async () => {
    // Each would be found: 127.0.0.1 refuses.
    expect(await network.occupied(['127.0.0.1', '::1', 'localhost'], signal)).toEqual(new Map());
  });

  test('an end comes as one', async () => {
    await expect(network.occupied(['127.0.0.1'], AbortSignal.abort())).rejects.toThrow();
  });

  test('on a system that nobody wrote for, nothing is known', async () => {
    const unknown = openNetwork('sunos');
    expect(await unknown.hardwareAddress('10.0.0.1')).toBe('');
    expect((await unknown.surroundings()).gateways).toEqual([]);
  });
});

test('the quiet network finds nobody, and knows the way', async () => {
  const network = quietNetwork(HOME);
  expect(await network.occupied(['10.0.0.5'], signal)).toEqual(new Map());
  expect((await network.wayTo('10.0.0.70'))?.address).toBe('10.0.0.5');
  expect(await network.wayTo('10.1.0.70')).toBeUndefined();
});
