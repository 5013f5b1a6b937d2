import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const css = readFileSync(new URL('../../renderer/tokens.css', import.meta.url), 'utf8');
/** The first block; what more contrast changes comes after it. */
const tokens = new Map(
  [...css.slice(0, css.indexOf('@media')).matchAll(/--([\w-]+):\s*light-dark\(#(\w{6}), #(\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

/** WCAG 2: relative luminance of an `rrggbb`. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(foreground: string, background: string, theme: Theme): number {
  const [light = 0, dark = 0] = [foreground, background]
    .map(name => luminance(tokens.get(name)?.[theme] ?? ''))
    .toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ['canvas', 'surface', 'sunken', 'hover'];

const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ['text', [...SURFACES, 'active', 'accent-bg', 'ok-bg', 'warn-bg', 'err-bg']],
  ['text-2', [...SURFACES, 'active', 'accent-bg']],
  ['text-3', ['canvas', 'surface', 'hover', 'sunken']],
  ['accent', ['canvas', 'surface', 'hover', 'accent-bg']],
  ['on-accent', ['accent', 'accent-hover']],
  ['ok', ['surface', 'ok-bg']],
  ['warn', ['surface', 'canvas', 'warn-bg']],
  ['err', ['surface', 'err-bg']],
  ['add', ['add-bg']],
  ['del', ['del-bg']],
  ['mod', ['mod-bg']],
];

const SHAPES: readonly (readonly [string, readonly string[]])[] = [
  ['ok-dot', ['canvas', 'surface', 'hover']],
  ['warn-dot', ['canvas', 'surface', 'hover']],
  ['err-dot', ['canvas', 'surface', 'hover']],
  ['border-strong', ['canvas', 'surface', 'hover']],
  ['accent', ['canvas', 'surface', 'sunken', 'hover', 'active', 'accent-bg', 'warn-bg', 'err-bg']],
];

const pairs = (table: typeof TEXT) =>
  table.flatMap(([foreground, backgrounds]) =>
    backgrounds.flatMap(background => THEMES.map(theme => ({ foreground, background, theme }))),
  );

describe('tokens', () => {
  it.each(pairs(TEXT))('$foreground on $background can be read ($theme)', ({ foreground, background, theme }) => {
    expect(contrast(foreground, background, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(SHAPES))('$foreground on $background can be seen ($theme)', ({ foreground, background, theme }) => {
    expect(contrast(foreground, background, theme)).toBeGreaterThanOrEqual(3);
  });

  it('measures as WCAG does', () => {
    expect(luminance('ffffff') + 0.05).toBeCloseTo(1.05);
    expect((luminance('ffffff') + 0.05) / (luminance('767676') + 0.05)).toBeCloseTo(4.54, 2);
  });
});
