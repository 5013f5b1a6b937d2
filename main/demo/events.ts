import { createHash } from 'node:crypto';
import { type DemoCluster, now } from './api/cluster.ts';
import type { StoredObject } from './api/objects.ts';

/** What a controller has to say about an object. */
export interface Happening {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** `source.component`: which controller says it. */
  readonly component: string;
}

/**
 * Records a core/v1 Event as client-go's recorder does: the same happening again counts up. The name holds no time
 * and no uid, so that a demo that runs for days keeps a handful of events and not thousands.
 */
export function recordEvent(cluster: DemoCluster, about: StoredObject, happening: Happening): void {
  const { type, reason, message, component } = happening;
  const { name, namespace = 'default', uid, resourceVersion } = about.metadata;
  const eventName = `${name}.${createHash('sha256').update(`${about.kind} ${reason} ${message}`).digest('hex').slice(0, 16)}`;
  const before = cluster.get<StoredObject & { count: number; firstTimestamp: string }>('events', namespace, eventName);
  const time = now();
  cluster.apply({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: eventName, namespace },
    involvedObject: { apiVersion: about.apiVersion, kind: about.kind, namespace, name, uid, resourceVersion },
    type,
    reason,
    message,
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
    firstTimestamp: before?.firstTimestamp ?? time,
    lastTimestamp: time,
    count: (before?.count ?? 0) + 1,
  });
}
