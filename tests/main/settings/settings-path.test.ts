import { expect, test } from 'vitest';
import { settingsPath } from '../../../main/settings/settings-path.ts';

const HOME = '/home/me';

test.each([
  { platform: 'linux', env: {}, path: '/home/me/.config/cluster-hosts/settings.json' },
  { platform: 'linux', env: { XDG_CONFIG_HOME: '/config' }, path: '/config/cluster-hosts/settings.json' },
  { platform: 'linux', env: { XDG_CONFIG_HOME: 'config' }, path: '/home/me/.config/cluster-hosts/settings.json' },
  { platform: 'linux', env: { XDG_CONFIG_HOME: '' }, path: '/home/me/.config/cluster-hosts/settings.json' },
  {
    platform: 'darwin',
    env: { XDG_CONFIG_HOME: '/config' },
    path: '/home/me/Library/Application Support/cluster-hosts/settings.json',
  },
] as const)('$platform with $env: $path', ({ platform, env, path }) => {
  expect(settingsPath(platform, env, HOME)).toBe(path);
});

test.each([
  { env: { APPDATA: 'D:\\Roaming' }, path: 'D:\\Roaming\\cluster-hosts\\settings.json' },
  { env: { APPDATA: 'Roaming' }, path: 'C:\\Users\\me\\AppData\\Roaming\\cluster-hosts\\settings.json' },
  { env: {}, path: 'C:\\Users\\me\\AppData\\Roaming\\cluster-hosts\\settings.json' },
])('Windows with $env: $path', ({ env, path }) => {
  expect(settingsPath('win32', env, 'C:\\Users\\me')).toBe(path);
});
