import { Settings as Gear } from 'lucide-react';
import { PageHeader } from '../../components/PageHeader.tsx';
import { words } from '../../words.ts';
import { About } from './About.tsx';
import { ClusterSettings } from './ClusterSettings.tsx';
import { General } from './General.tsx';
import { HostsSettings } from './HostsSettings.tsx';
import { Notifications } from './Notifications.tsx';

/** Everything the user can set. */
export function Settings() {
  return (
    <>
      <PageHeader icon={Gear} title={words.settings.page} detail={words.settings.detail} />
      <General />
      <ClusterSettings />
      <HostsSettings />
      <Notifications />
      <About />
    </>
  );
}
