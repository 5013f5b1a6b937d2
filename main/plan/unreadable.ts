import type { Kind, KindState } from '../cluster/objects.ts';
import type { Origin } from '../desired/host-entry.ts';

/** The kind because of which nobody can say that an entry is gone: one that it derives from and that is not live. */
export function unreadableKind(origin: Origin, states: ReadonlyMap<Kind, KindState>): Kind | undefined {
  return derivesFrom(origin).find(kind => states.get(kind) !== 'live');
}

/** The same for handing a name on: what the cluster has no kind for is not there to want it back. */
export function unseenKind(origin: Origin, states: ReadonlyMap<Kind, KindState>): Kind | undefined {
  return derivesFrom(origin).find(kind => !['live', 'absent'].includes(states.get(kind) ?? 'starting'));
}

/** Why an entry stays although nobody is seen to ask for it. */
export function unreadable(origin: Origin, states: ReadonlyMap<Kind, KindState>): string {
  return `Kept, because ${unreadableKind(origin, states)} objects cannot be read at the moment.`;
}

/** The kinds without which nobody can say that an entry is gone. A route's address is that of Traefik's Service. */
function derivesFrom({ kind }: Origin): readonly Kind[] {
  switch (kind) {
    case 'Manual':
      return [];
    case 'Service':
      return ['Service'];
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TLSRoute':
      return [kind, 'Gateway', 'Service'];
    default:
      return [kind, 'Service'];
  }
}
