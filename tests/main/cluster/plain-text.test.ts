import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { plainText, saying } from '../../../main/cluster/plain-text.ts';

test.each([
  ['plain', 'plain'],
  ['  two\r\n\tlines  ', 'two lines'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]8;;https://bad\u0007link\u001b]8;;\u0007', 'link'],
  ['a\u202eb\u200bc\u0000d', 'a b c d'],
  ['Grüße 🙂', 'Grüße 🙂'],
  ['x'.repeat(301), `${'x'.repeat(300)}…`],
  ['', ''],
])('%j becomes %j', (text, plain) => expect(plainText(text)).toBe(plain));

test.prop([fc.string({ unit: 'binary', maxLength: 50 }), fc.integer({ min: 1, max: 60 })])(
  'whatever comes in, one short line without control characters comes out',
  (text, max) => {
    const plain = plainText(text, max);
    expect(plain).not.toMatch(/\p{C}/u);
    expect([...plain].length).toBeLessThanOrEqual(max + 1);
  },
);

test('a sentence ends with what was said, and with one full stop', () => {
  expect(['', ' \n', 'no', 'no.\n'].map(text => `It failed${saying(text)}`)).toEqual([
    'It failed.',
    'It failed.',
    'It failed: no.',
    'It failed: no.',
  ]);
});
