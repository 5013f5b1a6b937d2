import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trayImageFile } from '../../../main/shell/tray-image.ts';

const IMAGES = join(import.meta.dirname, '../../../build/tray');

test.each([
  ['darwin', 'dark', true, 'okTemplate.png'],
  ['win32', 'automatic', true, 'ok-light.ico'],
  ['win32', 'automatic', false, 'ok-dark.ico'],
  ['win32', 'light', false, 'ok-light.ico'],
  ['linux', 'automatic', false, 'ok-light.png'],
  ['linux', 'automatic', true, 'ok-light.png'],
  ['linux', 'dark', true, 'ok-dark.png'],
] as const)('on %s with %s on a panel that is dark: %s', (platform, wish, isDark, file) =>
  expect(trayImageFile('ok', platform, wish, isDark)).toBe(file),
);

test('every image that may be asked for is there, and in the size for fine displays', () => {
  for (const icon of ['ok', 'pending', 'working', 'problem', 'offline'] as const) {
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      for (const wish of ['light', 'dark'] as const) {
        const file = trayImageFile(icon, platform, wish, false);
        const files = platform === 'win32' ? [file] : [file, file.replace('.png', '@2x.png')];
        for (const each of files) expect(existsSync(join(IMAGES, each)), each).toBe(true);
      }
    }
  }
});
