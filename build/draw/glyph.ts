import { box, type Colour, circle, grown, type Layer, line, outline, polygon, type Shape } from './shapes.ts';

export type State = 'ok' | 'pending' | 'working' | 'problem' | 'offline';

export const STATES: readonly State[] = ['ok', 'pending', 'working', 'problem', 'offline'];

export interface Ink {
  readonly glyph: Colour;
  /** A second cue only: each state has its own shape. */
  readonly warn: Colour;
  readonly error: Colour;
}

/** In the tray the upright sides end on whole pixels. */
const TRAY_SIDE = 2.75;

/** On a grid of 16: a cluster, and in it the lines of a hosts file. `left` (and top) and `unit` place it, in pixels. */
export function hexagon(unit: number, left = 0, side = 2.4): Shape {
  const points = [
    [8, 1.5],
    [16 - side, 4.75],
    [16 - side, 11.25],
    [8, 14.5],
    [side, 11.25],
    [side, 4.75],
  ] as const;
  return polygon(points.map(([x, y]) => [left + x * unit, left + y * unit]));
}

/** The two lines, on whole pixels, as far above the middle as below. */
export function hostsLines(size: number, unit: number): readonly Shape[] {
  const middle = size / 2;
  const gap = Math.max(1, Math.round(unit * 1.1));
  const thick = Math.max(1, Math.round(unit * 1.5));
  const x = (at: number) => Math.round(middle + (at - 8) * unit);
  const bar = (right: number, top: number) => box(x(4.75), top, x(right), top + thick, thick / 2);
  return [bar(11.25, middle - gap - thick), bar(8.9, middle + gap)];
}

/** The icon of the tray in a state. */
export function trayGlyph(state: State, size: number, ink: Ink): readonly Layer[] {
  const unit = size / 16;
  const solid = grown(hexagon(unit, 0, TRAY_SIDE), 0.75 * unit);
  const body: Layer = { shape: solid, colour: ink.glyph };
  switch (state) {
    case 'ok':
      return [body, ...holes(hostsLines(size, unit))];
    case 'pending':
      return [body, ...holes(hostsLines(size, unit)), ...dot(unit, ink.warn)];
    case 'working':
      return [body, ...holes(arrows(size, unit))];
    case 'problem':
      return [{ shape: solid, colour: ink.error }, ...holes(exclamation(size, unit))];
    case 'offline':
      return slashed(unit, ink.glyph);
  }
}

function holes(shapes: readonly Shape[]): readonly Layer[] {
  return shapes.map(shape => ({ shape }));
}

function dot(unit: number, colour: Colour): readonly Layer[] {
  const at = 12.25 * unit;
  return [{ shape: circle(at, at, 4.5 * unit) }, { shape: circle(at, at, 3.25 * unit), colour }];
}

/** The lines on their way, one out and one in. */
function arrows(size: number, unit: number): readonly Shape[] {
  const thick = Math.max(1, Math.round(unit * 1.5));
  const p = (at: number) => at * unit;
  const shaft = (y: number, from: number, to: number) => box(p(from), y, p(to), y + thick, 0);
  const top = size / 2 - Math.round(unit) - thick;
  const bottom = size / 2 + Math.round(unit);
  const head = (y: number, base: number, tip: number) =>
    polygon([
      [p(base), y + thick / 2 - p(2.5)],
      [p(tip), y + thick / 2],
      [p(base), y + thick / 2 + p(2.5)],
    ]);
  return [shaft(top, 4, 9), head(top, 8.75, 12), shaft(bottom, 7, 12), head(bottom, 7.25, 4)];
}

function exclamation(size: number, unit: number): readonly Shape[] {
  const half = Math.max(1, Math.round(unit));
  const middle = size / 2;
  const y = (at: number) => Math.round(at * unit);
  return [
    box(middle - half, y(4), middle + half, y(9), half * 0.6),
    box(middle - half, y(10), middle + half, y(10) + 2 * half, half * 0.6),
  ];
}

function slashed(unit: number, colour: Colour): readonly Layer[] {
  const [from, to] = [
    [2.25 * unit, 13.75 * unit],
    [13.75 * unit, 2.25 * unit],
  ] as const;
  return [
    { shape: outline(hexagon(unit, 0, TRAY_SIDE), 1.5 * unit), colour },
    { shape: line(from, to, 4 * unit) },
    { shape: line(from, to, 1.5 * unit), colour },
  ];
}
