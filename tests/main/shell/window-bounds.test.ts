import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clampBounds, readBounds, writeBounds } from '../../../main/shell/window-bounds.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-window-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const BOUNDS = { x: 10, y: 20, width: 920, height: 640 };
const LEFT = { x: 0, y: 0, width: 1920, height: 1050 };
const RIGHT = { x: 1920, y: 0, width: 1280, height: 1000 };

test('the bounds come back as they were written, in a file of this user only', () => {
  const file = join(folder, 'state', 'window.json');
  writeBounds(file, BOUNDS);
  expect(readBounds(file)).toEqual(BOUNDS);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each(['', '{', '[]', '{"x":1}', '{"x":1,"y":1,"width":0,"height":9}', '{"x":1e99,"y":1,"width":9,"height":9}'])(
  'a file that says %j says nothing',
  text => {
    const file = join(folder, 'window.json');
    writeFileSync(file, text);
    expect(readBounds(file)).toBeUndefined();
  },
);

test('no file is no fault', () => expect(readBounds(join(folder, 'none'))).toBeUndefined());

test('a folder that cannot be made is no fault', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => writeBounds(join(folder, 'file', 'window.json'), BOUNDS)).not.toThrow();
});

test.each([
  ['as it was', BOUNDS, [LEFT, RIGHT], BOUNDS],
  ['on the display that it is on most of', { ...BOUNDS, x: 1800 }, [LEFT, RIGHT], { ...BOUNDS, x: 1920 }],
  ['back from a display that is gone', { ...BOUNDS, x: 2500 }, [LEFT], { ...BOUNDS, x: 1000 }],
  ['from above the upper edge', { ...BOUNDS, y: -300 }, [LEFT], { ...BOUNDS, y: 0 }],
  ['no larger than the display', { x: 0, y: 0, width: 5000, height: 5000 }, [RIGHT], RIGHT],
])('the window opens %s', (_case, bounds, areas, expected) => expect(clampBounds(bounds, areas)).toEqual(expected));

const rectangle = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  width: fc.integer({ min: 1, max: 5000 }),
  height: fc.integer({ min: 1, max: 5000 }),
});

property.prop([rectangle, fc.array(rectangle, { minLength: 1, maxLength: 4 })])(
  'the window is always on one display as a whole',
  (bounds, areas) => {
    const at = clampBounds(bounds, areas);
    const isInside = areas.some(
      ({ x, y, width, height }) =>
        at.x >= x && at.y >= y && at.x + at.width <= x + width && at.y + at.height <= y + height,
    );
    expect(isInside).toBe(true);
  },
);
