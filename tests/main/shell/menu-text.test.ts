import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { shorten, shownText } from '../../../main/shell/menu-text.ts';

test('a long text is cut in the middle, where it matters least', () => {
  expect(shorten('arn:aws:eks:eu-central-1:123456789012:cluster/home', 20)).toBe('arn:aws:ek…ster/home');
  expect(shorten('short', 5)).toBe('short');
  expect(shorten('🙂🙂🙂🙂', 5)).toBe('🙂…🙂');
});

test('text from outside is one harmless line', () => {
  expect(shownText('a\u202eb\nc\u0000', 20)).toBe('a b c');
  expect(shownText('\u200b', 20)).toBe('?');
});

property.prop([fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 1, max: 60 })])(
  'what is shown is never too long, and no character of it is half',
  (text, max) => {
    const shown = shownText(text, max);
    expect(shown.length).toBeLessThanOrEqual(max);
    expect(shown).not.toBe('');
    expect(shown.isWellFormed()).toBe(true);
  },
);
