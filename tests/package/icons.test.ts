import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

const BUILD = join(import.meta.dirname, '../../build');
const STATES = ['ok', 'pending', 'working', 'problem', 'offline'];

const read = (path: string) => readFileSync(join(BUILD, path));

/** The pixels of a PNG as our own script writes it: RGBA, one piece, rows without a filter. */
function pixels(file: Buffer): { readonly size: number; readonly rgba: Buffer } {
  const size = file.readUInt32BE(16);
  expect(file.readUInt32BE(20)).toBe(size);
  const at = file.indexOf('IDAT');
  const rows = inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)));
  const row = size * 4 + 1;
  return {
    size,
    rgba: Buffer.concat(Array.from({ length: size }, (_, y) => rows.subarray(y * row + 1, (y + 1) * row))),
  };
}

const alphas = (path: string) => pixels(read(path)).rgba.filter((_, i) => i % 4 === 3);

describe.each(STATES)('%s', state => {
  test.each([
    ['Template.png', 16],
    ['Template@2x.png', 32],
    ['-light.png', 24],
    ['-light@2x.png', 48],
    ['-dark.png', 24],
    ['-dark@2x.png', 48],
  ])('%s is as large as its system wants it: %d', (end, size) =>
    expect(pixels(read(`tray/${state}${end}`)).size).toBe(size),
  );

  test('macOS gets black and alpha only', () => {
    const { rgba } = pixels(read(`tray/${state}Template.png`));
    expect(rgba.every((value, i) => i % 4 === 3 || value === 0)).toBe(true);
    expect(new Set(alphas(`tray/${state}Template.png`)).size).toBeGreaterThan(2);
  });

  test('differs from the others in shape, not in colour alone', () => {
    const own = alphas(`tray/${state}Template.png`);
    for (const other of STATES.filter(each => each !== state)) {
      const theirs = alphas(`tray/${other}Template.png`);
      expect(own.filter((alpha, i) => Math.abs(alpha - (theirs[i] ?? 0)) > 128).length, other).toBeGreaterThan(7);
    }
  });

  test.each(['light', 'dark'])('Windows gets all its sizes: %s', name => {
    expect(icoSizes(read(`tray/${state}-${name}.ico`))).toEqual([16, 20, 24, 32, 40, 48, 64, 256]);
  });
});

test('the program has its icon in all formats', () => {
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
    expect(pixels(read(`icons/${size}x${size}.png`)).size).toBe(size);
  }
  expect(icoSizes(read('icon.ico'))).toContain(256);
  expect(icnsParts(read('icon.icns'))).toEqual([
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
  ]);
});

/** By the images themselves, not by what the table says of them. */
function icoSizes(file: Buffer): number[] {
  return Array.from({ length: file.readUInt16LE(4) }, (_, i) => {
    const at = file.readUInt32LE(6 + 16 * i + 12);
    const image = file.subarray(at, at + file.readUInt32LE(6 + 16 * i + 8));
    if (image.subarray(1, 4).toString() === 'PNG') return pixels(image).size;
    const size = image.readInt32LE(4);
    expect(image.length).toBe(40 + size * size * 4 + Math.ceil(size / 32) * 4 * size);
    return size;
  });
}

function icnsParts(file: Buffer): (readonly [string, number])[] {
  expect(file.readUInt32BE(4)).toBe(file.length);
  const parts: (readonly [string, number])[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const data = file.subarray(at + 8, at + file.readUInt32BE(at + 4));
    parts.push([file.subarray(at, at + 4).toString(), pixels(data).size]);
  }
  return parts;
}
