import type { Screen } from '../../../preload/contract.ts';
import { Activity } from '../../screens/activity/Activity.tsx';
import { Hostnames } from '../../screens/hostnames/Hostnames.tsx';
import { HostsFile } from '../../screens/hosts-file/HostsFile.tsx';
import { LoadBalancer } from '../../screens/load-balancer/LoadBalancer.tsx';
import { Overview } from '../../screens/overview/Overview.tsx';
import { Settings } from '../../screens/settings/Settings.tsx';
import { Setup } from '../../screens/setup/Setup.tsx';

/** `setup` stands in for the others while there is no cluster; where more is to be set up it is the wizard's. */
export function Content({ shown }: { shown: Screen }) {
  switch (shown) {
    case 'overview':
      return <Overview />;
    case 'hostnames':
      return <Hostnames />;
    case 'hosts-file':
      return <HostsFile />;
    case 'load-balancer':
      return <LoadBalancer />;
    case 'activity':
      return <Activity />;
    case 'settings':
      return <Settings />;
    case 'setup':
      return <Setup />;
  }
}
