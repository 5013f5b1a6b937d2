import { expect, test } from 'vitest';
import { deepLinkInArgv, deepLinkScreen } from '../../../main/shell/deep-link.ts';

test.each([
  ['cluster-hosts://open/hostnames', 'hostnames'],
  ['cluster-hosts://open/overview/', 'overview'],
  ['cluster-hosts://open/load-balancer', 'load-balancer'],
  ['cluster-hosts://open/changes', 'hosts-file'],
  ['cluster-hosts://open/setup', 'setup'],
])('%s leads to %s', (link, screen) => expect(deepLinkScreen(link)).toBe(screen));

test.each([
  'cluster-hosts://open/',
  'cluster-hosts://open/constructor',
  'cluster-hosts://open/hostnames?sync=1',
  'cluster-hosts://open/hostnames#x',
  'cluster-hosts://open/../sync',
  'cluster-hosts://open/hostnames\n',
  'cluster-hosts://sync/hostnames',
  'cluster-hosts:open/hostnames',
  'CLUSTER-HOSTS://open/hostnames',
  'https://open/hostnames',
  '',
])('%j leads nowhere', link => expect(deepLinkScreen(link)).toBeUndefined());

test('a command line has one link at most', () => {
  expect(deepLinkInArgv(['/opt/app', '--hidden', 'cluster-hosts://open/activity'])).toBe('activity');
  expect(deepLinkInArgv(['/opt/app', 'cluster-hosts://x', 'cluster-hosts://open/activity'])).toBeUndefined();
  expect(deepLinkInArgv(['/opt/app', '--x=cluster-hosts://open/activity'])).toBeUndefined();
  expect(deepLinkInArgv(['cluster-hosts://open/activity'])).toBeUndefined();
});
