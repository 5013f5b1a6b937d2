import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileOf, headersOf, listPageFiles } from '../../../main/shell/page-files.ts';

const root = mkdtempSync(join(tmpdir(), 'cluster-hosts-pages-'));
const folder = join(root, 'renderer');
let files: ReadonlyMap<string, string> = new Map();

beforeAll(() => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  for (const path of ['index.html', 'assets/index-a1.js', 'assets/index-a1.css', 'assets/index-a1.js.map', 'notes']) {
    writeFileSync(join(folder, path), path);
  }
  writeFileSync(join(root, 'secret.html'), '');
  symlinkSync(join(root, 'secret.html'), join(folder, 'link.html'));
  files = listPageFiles(folder);
});
afterAll(() => rmSync(root, { recursive: true }));

test('only files of known types are there, and no links', () => {
  expect([...files.keys()].sort()).toEqual(['/assets/index-a1.css', '/assets/index-a1.js', '/index.html']);
});

test.each([
  ['app://cluster-hosts/index.html', 'index.html'],
  ['app://cluster-hosts/', 'index.html'],
  ['app://cluster-hosts/index.html?a=b#hostnames', 'index.html'],
  ['app://cluster-hosts/assets/index-a1.js', 'assets/index-a1.js'],
  ['app://cluster-hosts/assets/../index.html', 'index.html'],
  ['app://cluster-hosts/../../index.html', 'index.html'],
])('%s is %s', (url, path) => expect(fileOf(url, files)).toBe(join(folder, path)));

test.each([
  'app://cluster-hosts/../secret.html',
  'app://cluster-hosts/%2e%2e/secret.html',
  'app://cluster-hosts/..%2fsecret.html',
  'app://cluster-hosts/..%5csecret.html',
  'app://cluster-hosts/..\\secret.html',
  'app://cluster-hosts/index.html%00.js',
  'app://cluster-hosts/index.html\0.js',
  'app://cluster-hosts//index.html',
  'app://cluster-hosts/%69ndex.html',
  'app://cluster-hosts/INDEX.HTML',
  'app://cluster-hosts/assets',
  'app://cluster-hosts/assets/index-a1.js.map',
  'app://cluster-hosts/link.html',
  'app://other/index.html',
  'app://cluster-hosts.example/index.html',
  'app://cluster-hosts:80/index.html',
  'app://user@cluster-hosts/index.html',
  'https://cluster-hosts/index.html',
  'file:///etc/passwd',
  'app:index.html',
  'index.html',
  '',
])('%j is nothing', url => expect(fileOf(url, files)).toBeUndefined());

property.prop([fc.oneof(fc.webPath(), fc.string({ unit: 'binary' }))])(
  'no path leads out of the folder, or to what was not found before',
  path => {
    const file = fileOf(`app://cluster-hosts/${path}`, files);
    expect(file === undefined || [...files.values()].includes(file)).toBe(true);
  },
);

test('each file comes with its type and the policy', () => {
  expect(headersOf('/x/index.js')).toMatchObject({
    'Content-Type': 'text/javascript; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  });
});
