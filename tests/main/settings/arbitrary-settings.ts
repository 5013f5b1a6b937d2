import { fc } from '@fast-check/vitest';
import type { Settings } from '../../../preload/contract.ts';
import { address, hostname } from '../../arbitraries.ts';

const domain = fc.stringMatching(/^[a-z]([a-z0-9-]{0,6}[a-z0-9])?\.(lan|internal|home\.arpa)$/);
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,6}[a-z0-9])?$/);

const unique = <T>(item: fc.Arbitrary<T>, maxLength = 5) =>
  fc.uniqueArray(item, { maxLength, selector: value => JSON.stringify(value) });

/** Settings as somebody may have them, all in canonical spelling. */
export const settings: fc.Arbitrary<Settings> = fc.record({
  theme: fc.constantFrom('system', 'light', 'dark'),
  startAtLogin: fc.boolean(),
  onClose: fc.constantFrom('keep-running', 'quit'),
  notify: fc.record({ pending: fc.boolean(), failed: fc.boolean(), address: fc.boolean(), unreachable: fc.boolean() }),
  trayIcon: fc.constantFrom('automatic', 'light', 'dark'),
  singleKeys: fc.boolean(),
  kubeconfigs: unique(fc.string({ maxLength: 20 }).map(name => `/home/me/${name.replaceAll('\0', '')}`)),
  context: fc.string(),
  cluster: fc.oneof(fc.constant(''), label),
  suffix: domain,
  namespaces: unique(label),
  allowedDomains: unique(domain),
  allowPublic: fc.boolean(),
  names: unique(fc.record({ hostname, address })),
  excluded: unique(hostname),
  automatic: fc.boolean(),
  pausedUntil: fc.option(fc.nat()),
  programs: unique(fc.stringMatching(/^[0-9a-f]{64}$/)),
  toldAboutTray: fc.boolean(),
  wizardSeen: fc.boolean(),
  chartRepository: fc.constantFrom('', 'https://charts.lan', 'oci://registry.lan/metallb', '/srv/charts'),
});

/** Anything that JSON can say. */
export const junk = fc.jsonValue();

/** Some of the settings' names. */
export const someKeys = fc.subarray([
  'theme',
  'notify',
  'kubeconfigs',
  'context',
  'suffix',
  'allowedDomains',
  'names',
  'programs',
] as const);
