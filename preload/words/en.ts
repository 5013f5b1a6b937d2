import { activity } from './activity.ts';
import { common } from './common.ts';
import { hostnames } from './hostnames.ts';
import { hostsFile } from './hosts-file.ts';
import { loadBalancer } from './load-balancer.ts';
import { overview } from './overview.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { status } from './status.ts';
import { wizard } from './wizard.ts';

/** Everything that the window says. */
export const EN = {
  common,
  status,
  overview,
  hostnames,
  hostsFile,
  loadBalancer,
  activity,
  settings,
  setup,
  wizard,
};
