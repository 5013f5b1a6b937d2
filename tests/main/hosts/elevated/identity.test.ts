import { lstatSync } from 'node:fs';
import { expect, test } from 'vitest';
import { askerOf, isAdministrator } from '../../../../main/hosts/elevated/identity.ts';

test.each([
  ['pkexec', { PKEXEC_UID: '1000' }, 1000],
  ['sudo', { SUDO_UID: '1001' }, 1001],
  ['pkexec in sudo', { PKEXEC_UID: '1000', SUDO_UID: '1001' }, 1000],
  ['root who asks himself', { SUDO_UID: '0' }, 0],
  ['nobody', {}, undefined],
])('who asks, by %s', (_, env, user) => {
  expect(askerOf('linux', env)).toBe(user);
});

test.each(['', ' ', '-1', '1e3', '0x0', '1000\n', '1000 ', '12345678901', 'root', 'NaN'])(
  '%j is nobody’s number',
  text => {
    expect(askerOf('linux', { PKEXEC_UID: text })).toBeUndefined();
  },
);

test('on macOS whoever sits at the screen, where nothing else is told', () => {
  expect(askerOf('darwin', {})).toBe(lstatSync('/dev/console', { throwIfNoEntry: false })?.uid);
  expect(askerOf('darwin', { SUDO_UID: '501' })).toBe(501);
});

test('root is who may write what others may not', { skip: process.platform === 'win32' }, () => {
  expect(isAdministrator(process.platform)).toBe(process.geteuid?.() === 0);
});
