import { expect, test } from 'vitest';
import { planRemoval } from '../../../main/metallb/removal.ts';
import { BARE, INSTALLED, pool, service } from './facts.ts';

test('a removal says beforehand all that goes, also what others have made of MetalLB’s kinds', () => {
  const survey = {
    ...BARE,
    metallb: INSTALLED,
    pools: [pool('default-pool', ['10.0.0.70-10.0.0.80'], true), pool('theirs', ['10.0.0.90-10.0.0.95'])],
    services: [service('web/nginx', ['10.0.0.70'], { pool: 'default-pool' })],
  };
  expect(planRemoval(survey, true)).toEqual({
    state: 'planned',
    sentences: [
      'The address pools go first: default-pool, theirs.',
      'These Services lose their addresses: web/nginx (10.0.0.70).',
      'Then MetalLB is uninstalled, with its namespace and its kinds of objects. Every object of these kinds goes along, whoever made it: all advertisements, and what is set for BGP.',
      'Names in the hosts file stay until they are synced.',
    ],
  });
});
