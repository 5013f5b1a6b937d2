import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { diffLines, fileView } from '../../../main/state/file-view.ts';
import { entry } from '../../arbitraries.ts';
import { textWith } from '../../fixtures/elevated.ts';

const FIRST = '127.0.0.1\tlocalhost\n';

describe('the whole file', () => {
  test('says which lines are ours', () => {
    const text = textWith(FIRST, 'home', [entry('a.home.local', '10.0.0.1')]);
    const { lines } = fileView(text, text);
    expect(lines[0]).toEqual({ text: '127.0.0.1\tlocalhost', ours: false });
    expect(lines.filter(({ ours }) => ours).map(line => line.text)).toContain('10.0.0.1\ta.home.local');
    expect(lines.filter(({ ours }) => !ours)).toHaveLength(1);
  });

  test('shows UTF-8 as what it is', () => {
    const bytes = Buffer.from('10.0.0.1 nas # Büro\n').toString('latin1');
    expect(fileView(bytes, bytes).lines).toEqual([{ text: '10.0.0.1 nas # Büro', ours: false }]);
  });
});

const lines = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
  .map(all => all.map(line => `${line}\n`).join(''));

property.prop([lines, lines])('the diff makes the one of the other', (before, after) => {
  const diff = diffLines(before, after);
  const numbered = (key: 'old' | 'new', text: string) => {
    const all = text.split('\n');
    for (const line of diff) if (line[key] !== undefined) expect(all[line[key] - 1]).toBe(line.text);
  };
  numbered('old', before);
  numbered('new', after);
  const count = (kind: string) => diff.filter(line => line.kind === kind).length;
  const length = (text: string) => text.split('\n').length;
  expect(count('added') - count('removed')).toBe(length(after) - length(before));
});
