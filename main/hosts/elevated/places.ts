import { join, win32 } from 'node:path';
import type { WriterPlaces } from '../write.ts';

/** The system's hosts file and the folders of who writes it with administrator rights: constants, whatever anybody says. */
export interface SystemPlaces {
  readonly hosts: string;
  readonly places: WriterPlaces;
  readonly spent: string;
}

/**
 * Only administrators may write in any of them; all may read the backups, which hold no more than the hosts file did.
 * On macOS /etc is a link that the resolver does not follow. On Windows %SystemRoot% is the asking user's to set, so that
 * it is not believed, and ProgramData lets everybody make folders: what we keep stands beside the hosts file.
 */
export function systemPlaces(platform: NodeJS.Platform): SystemPlaces {
  switch (platform) {
    case 'win32': {
      const etc = 'C:\\Windows\\System32\\drivers\\etc';
      const state = win32.join(etc, 'cluster-hosts');
      return { hosts: win32.join(etc, 'hosts'), ...folders(state, state, win32.join) };
    }
    case 'darwin':
      return {
        hosts: '/private/etc/hosts',
        ...folders('/private/var/db/cluster-hosts', '/private/var/run/cluster-hosts', join),
      };
    default:
      return { hosts: '/etc/hosts', ...folders('/var/lib/cluster-hosts', '/run/cluster-hosts', join) };
  }
}

function folders(state: string, run: string, at: typeof join): Pick<SystemPlaces, 'places' | 'spent'> {
  const places = { backups: at(state, 'backups'), journal: at(state, 'journal'), lock: at(run, 'lock') };
  return { places, spent: at(state, 'spent') };
}
