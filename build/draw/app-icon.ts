import { hexagon, hostsLines } from './glyph.ts';
import { box, type Colour, type Layer, outline } from './shapes.ts';

/** The accent of renderer/tokens.css. */
const TILE: Colour = [0x4b, 0x50, 0xcf];
const WHITE: Colour = [0xff, 0xff, 0xff];

/** The icon of the program: the glyph on a tile. macOS wants more room around it than the others. */
export function appIcon(size: number, platform: 'mac' | 'other'): readonly Layer[] {
  const margin = platform === 'mac' ? size * 0.098 : Math.floor(size / 32);
  const tile = size - 2 * margin;
  // In small ones it needs all the room there is.
  const unit = (tile * (size <= 24 ? 0.86 : 0.78)) / 16;
  const left = size / 2 - 8 * unit;
  const stroke = Math.max(1, unit * 1.35);
  return [
    { shape: box(margin, margin, size - margin, size - margin, tile * 0.225), colour: TILE },
    { shape: outline(hexagon(unit, left), stroke), colour: WHITE },
    ...hostsLines(size, unit).map(shape => ({ shape, colour: WHITE })),
  ];
}

/** The same as a drawing, for where an icon of any size is wanted. */
export function appIconDrawing(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">
  <title>Cluster Hosts</title>
  <rect x="16" y="16" width="480" height="480" rx="108" fill="#4b50cf"/>
  <g transform="translate(68.8 68.8) scale(23.4)" fill="none" stroke="#fff" stroke-width="1.35" stroke-linecap="round" stroke-linejoin="round">
    <path d="M8 1.5 13.6 4.75v6.5L8 14.5 2.4 11.25v-6.5z"/>
    <path d="M5.5 6.15h5M5.5 9.85h2.65" stroke-width="1.5"/>
  </g>
</svg>
`;
}
