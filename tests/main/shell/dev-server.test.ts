import { expect, test } from 'vitest';
import { devHeaders, devServerOf, devUrl } from '../../../main/shell/dev-server.ts';

const server = new URL('http://127.0.0.1:5199');

test('only a checkout has a dev server, and only on this computer', () => {
  const url = server.href;
  expect(devServerOf({ ELECTRON_RENDERER_URL: url }, false)?.href).toBe(url);
  expect(devServerOf({ ELECTRON_RENDERER_URL: url }, true)).toBeUndefined();
  expect(devServerOf({}, false)).toBeUndefined();
});

test.each(['http://10.0.0.1:5199', 'https://127.0.0.1', 'http://127.0.0.1.evil.example', 'file:///etc', 'nonsense'])(
  '%s is none',
  url => expect(devServerOf({ ELECTRON_RENDERER_URL: url }, false)).toBeUndefined(),
);

test.each([
  ['app://cluster-hosts/index.html', 'http://127.0.0.1:5199/index.html'],
  ['app://cluster-hosts/', 'http://127.0.0.1:5199/index.html'],
  ['app://cluster-hosts/main.tsx?t=1', 'http://127.0.0.1:5199/main.tsx?t=1'],
  ['app://cluster-hosts/@vite/client', 'http://127.0.0.1:5199/@vite/client'],
])('%s is %s', (url, there) => expect(devUrl(url, server)).toBe(there));

test.each(['app://other/index.html', 'https://cluster-hosts/index.html', 'app://me@cluster-hosts/', 'nonsense'])(
  '%s is passed on to nobody',
  url => expect(devUrl(url, server)).toBeUndefined(),
);

test('the policy lets the dev server bring scripts and tell of changes, and nobody else', () => {
  const policy = devHeaders('text/html', server)['Content-Security-Policy'] ?? '';
  expect(policy).toContain("connect-src 'self' http://127.0.0.1:5199 ws://127.0.0.1:5199;");
  expect(policy).not.toMatch(/unsafe|\*/);
});
