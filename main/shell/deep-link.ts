import type { Screen } from '../../preload/contract.ts';

const SCREENS: ReadonlyMap<string, Screen> = new Map([
  ['overview', 'overview'],
  ['hostnames', 'hostnames'],
  ['hosts-file', 'hosts-file'],
  ['load-balancer', 'load-balancer'],
  ['activity', 'activity'],
  ['settings', 'settings'],
  ['setup', 'setup'],
  // Another word for the same, which links may use.
  ['changes', 'hosts-file'],
]);

/** The screen that a link such as `cluster-hosts://open/hostnames` leads to. Any web page can have one: it only shows. */
export function deepLinkScreen(link: string): Screen | undefined {
  const [, screen] = /^cluster-hosts:\/\/open\/([a-z-]+)\/?$/.exec(link) ?? [];
  return screen === undefined ? undefined : SCREENS.get(screen);
}

/** The screen of the link on a command line, which is how Windows and Linux pass it on. */
export function deepLinkInArgv(argv: readonly string[]): Screen | undefined {
  const link = argv.slice(1).find(argument => argument.startsWith('cluster-hosts:'));
  return link === undefined ? undefined : deepLinkScreen(link);
}
