import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How large the window is the first time. */
export const SIZE = { width: 920, height: 640 } as const;
/** Zoomed in, or in half a small screen, the page folds: no window has to be wide. */
export const MIN_SIZE = { width: 480, height: 400 } as const;

const pixels = z.number().int().min(-100_000).max(100_000);
const remembered = z.object({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) });

/** Where the window was when it was last seen; nothing where nobody remembers. */
export function readBounds(file: string): Rectangle | undefined {
  try {
    return remembered.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Not worth a word to the user if it fails: the window then opens in the middle. */
export function writeBounds(file: string, { x, y, width, height }: Rectangle): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify({ x, y, width, height }), { mode: 0o600 });
  } catch {}
}

/**
 * The bounds so that the whole window is on a display that is there now: the one it was on most of, else the first.
 * `areas` are the displays without their panels.
 */
export function clampBounds(bounds: Rectangle, areas: readonly Rectangle[]): Rectangle {
  const [first] = areas;
  if (first === undefined) return bounds;
  const area = areas.reduce((best, each) => (overlap(bounds, each) > overlap(bounds, best) ? each : best), first);
  const width = Math.min(Math.max(bounds.width, MIN_SIZE.width), area.width);
  const height = Math.min(Math.max(bounds.height, MIN_SIZE.height), area.height);
  return {
    x: between(bounds.x, area.x, area.x + area.width - width),
    y: between(bounds.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(width, 0) * Math.max(height, 0);
}

function between(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
