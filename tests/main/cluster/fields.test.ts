import { expect, test } from 'vitest';
import { ingressFields } from '../../../main/cluster/fields.ts';

const NAME = { namespace: 'media', name: 'jellyfin' };

test('of a rule with a host nothing else is kept; of one without, its paths', () => {
  const http = { paths: [{ path: '/films' }, { path: '' }, {}, 'nonsense'] };
  const { rules } = ingressFields({ spec: { rules: [{ host: 'films.home.lan', http }, { http }, {}] } }, NAME);
  expect(rules).toEqual([
    { host: 'films.home.lan', paths: [] },
    { host: '', paths: ['/films', '/', '/', '/'] },
    { host: '', paths: [] },
  ]);
});
