import { expect, test } from 'vitest';
import { wishOf } from '../../../main/cli/metallb-plan.ts';
import { parseCommandLine } from '../../../main/cli/options.ts';

const ADDRESSES = { text: '10.0.0.70-10.0.0.80', count: 11, notes: [], problems: [], warnings: [], pin: '10.0.0.75' };

test.each([
  ['stays as it is', [], '10.0.0.75'],
  ['is another', ['--pin', '10.0.0.70'], '10.0.0.70'],
  ['goes', ['--pin', 'none'], ''],
])('Traefik’s own address %s', (_, more, pin) => {
  const { options } = parseCommandLine(['metallb', 'install', ...more]);
  expect(wishOf(ADDRESSES, options)).toEqual({ addresses: ADDRESSES.text, pin });
});
