import type { Settings } from '../../preload/contract.ts';

/** The settings of somebody who has set nothing. */
export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  startAtLogin: false,
  onClose: 'keep-running',
  notify: { pending: true, failed: true, address: true, unreachable: false },
  trayIcon: 'automatic',
  singleKeys: true,
  kubeconfigs: [],
  context: '',
  cluster: '',
  suffix: 'local',
  namespaces: [],
  allowedDomains: [],
  allowPublic: false,
  names: [],
  excluded: [],
  automatic: false,
  pausedUntil: 0,
  programs: [],
  toldAboutTray: false,
  wizardSeen: false,
  chartRepository: '',
};
