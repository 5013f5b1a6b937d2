import { expect, test } from 'vitest';
import { isOwnPage, PAGE } from '../../../main/shell/own-page.ts';

test.each([PAGE, 'app://cluster-hosts/', 'app://cluster-hosts/index.html#hostnames'])('%s is ours', url =>
  expect(isOwnPage(url)).toBe(true),
);

test.each([
  '',
  'about:blank',
  'https://cluster-hosts/index.html',
  'app://cluster-hosts.example/',
  'app://cluster-hosts:1/',
  'app://a@cluster-hosts/',
  'app:cluster-hosts',
  'data:text/html,app://cluster-hosts/',
  'blob:app://cluster-hosts/1',
])('%s is not', url => expect(isOwnPage(url)).toBe(false));
