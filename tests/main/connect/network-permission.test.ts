import { expect, test } from 'vitest';
import { explainLocalNetwork } from '../../../main/connect/network-permission.ts';
import { AppError } from '../../../main/errors.ts';

const MACOS_15 = '24.0.0';

const noWay = (address: string, code = 'EHOSTUNREACH') => Object.assign(new Error(code), { code, address });
const failureBy = (cause: unknown) => new AppError('unreachable', 'There is no way.', 'Check it.', { cause });

test.each(['192.168.1.10', '10.0.0.5', '172.31.0.1', '169.254.3.4', 'fd00::5', 'fe80::1%en0'])(
  'macOS may keep this program from %s',
  address => {
    const failure = failureBy(noWay(address));
    expect(explainLocalNetwork(failure, 'darwin', MACOS_15)).toMatchObject({
      code: 'unreachable',
      message: `There is no way from here to ${address}: macOS may be keeping this program out of the local network.`,
      hint: expect.stringContaining('System Settings › Privacy & Security › Local Network'),
      cause: failure.cause,
    });
  },
);

test('also where it is one of several errors, or what caused one', () => {
  const several = new AggregateError([noWay('fd00::5', 'ETIMEDOUT'), noWay('10.0.0.5')]);
  const failure = failureBy(new Error('outside', { cause: several }));
  expect(explainLocalNetwork(failure, 'darwin', MACOS_15).message).toContain('10.0.0.5');
});

test.each([
  { title: 'another system', failure: failureBy(noWay('10.0.0.5')), platform: 'linux', release: MACOS_15 },
  { title: 'an older macOS', failure: failureBy(noWay('10.0.0.5')), platform: 'darwin', release: '23.6.0' },
  { title: 'a public address', failure: failureBy(noWay('8.8.8.8')), platform: 'darwin', release: MACOS_15 },
  { title: "an overlay's address", failure: failureBy(noWay('100.64.0.1')), platform: 'darwin', release: MACOS_15 },
  {
    title: 'another error',
    failure: failureBy(noWay('10.0.0.5', 'ECONNREFUSED')),
    platform: 'darwin',
    release: '25.1.0',
  },
  { title: 'no error', failure: failureBy(undefined), platform: 'darwin', release: MACOS_15 },
  { title: 'no address', failure: failureBy(noWay('a name')), platform: 'darwin', release: MACOS_15 },
] as const)('$title is not explained so', ({ failure, platform, release }) => {
  expect(explainLocalNetwork(failure, platform, release)).toBe(failure);
});
