/* Draws all icons: `node build/draw-icons.ts`. What it makes is committed beside it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appIcon, appIconDrawing } from './draw/app-icon.ts';
import { icns, ico, type Picture, png } from './draw/files.ts';
import { type Ink, STATES, type State, trayGlyph } from './draw/glyph.ts';
import { type Layer, paint } from './draw/shapes.ts';

/** macOS takes the alpha alone. */
const TEMPLATE: Ink = { glyph: [0, 0, 0], warn: [0, 0, 0], error: [0, 0, 0] };

/** For dark panels and for light ones; the colours are those of renderer/tokens.css. */
const INKS: Readonly<Record<string, Ink>> = {
  light: { glyph: [0xff, 0xff, 0xff], warn: [0xe0, 0xa0, 0x3a], error: [0xf0, 0x64, 0x64] },
  dark: { glyph: [0x1b, 0x1b, 0x1f], warn: [0xc7, 0x7c, 0x02], error: [0xdc, 0x3d, 0x3d] },
};

const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 256];
const PNG_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const ICNS_SIZES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

const picture = (size: number, layers: readonly Layer[]): Picture => ({ size, pixels: paint(size, layers) });

function write(path: string, data: Buffer | string): void {
  const file = join(import.meta.dirname, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, data);
}

function drawTray(state: State): void {
  const draw = (size: number, ink: Ink) => picture(size, trayGlyph(state, size, ink));
  write(`tray/${state}Template.png`, png(draw(16, TEMPLATE)));
  write(`tray/${state}Template@2x.png`, png(draw(32, TEMPLATE)));
  for (const [name, ink] of Object.entries(INKS)) {
    write(`tray/${state}-${name}.png`, png(draw(24, ink)));
    write(`tray/${state}-${name}@2x.png`, png(draw(48, ink)));
    write(`tray/${state}-${name}.ico`, ico(ICO_SIZES.map(size => draw(size, ink))));
  }
}

for (const state of STATES) drawTray(state);
for (const size of PNG_SIZES) write(`icons/${size}x${size}.png`, png(picture(size, appIcon(size, 'other'))));
write('icon.ico', ico(ICO_SIZES.map(size => picture(size, appIcon(size, 'other')))));
write('icon.icns', icns(ICNS_SIZES.map(([name, size]) => [name, picture(size, appIcon(size, 'mac'))])));
write('icon.svg', appIconDrawing());
