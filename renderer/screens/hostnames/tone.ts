import type { NameState } from '../../../preload/contract.ts';
import type { StatusTone } from '../../components/StatusDot.tsx';

/** How urgent a name's state is: only a conflict needs the user before anything can go on. */
export function toneOf(state: NameState): StatusTone {
  switch (state) {
    case 'in-sync':
      return 'ok';
    case 'add':
    case 'update':
    case 'remove':
    case 'stale':
    case 'needs-consent':
      return 'warn';
    case 'blocked':
      return 'error';
    case 'skipped':
    case 'excluded':
      return 'off';
  }
}
