import { afterEach, expect, test, vi } from 'vitest';
import { DemoCluster } from '../../../main/demo/api/cluster.ts';
import { recordEvent } from '../../../main/demo/events.ts';

afterEach(() => void vi.useRealTimers());

test('the same happening counts up, also for an object of the same name that came later; another is another', () => {
  const cluster = new DemoCluster();
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
  const happening = { type: 'Normal', reason: 'IPAllocated', message: 'Assigned IP', component: 'test' } as const;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-01T12:00:00Z') });
  recordEvent(cluster, cluster.apply(service), happening);
  vi.setSystemTime(Date.parse('2026-11-01T12:05:00Z'));
  cluster.remove('services', 'default', 'web');
  const { uid } = cluster.apply(service).metadata;
  const again = cluster.get('services', 'default', 'web');
  if (again) recordEvent(cluster, again, happening);
  expect(cluster.list('events')).toMatchObject([
    {
      involvedObject: { kind: 'Service', namespace: 'default', name: 'web', uid },
      count: 2,
      firstTimestamp: '2026-11-01T12:00:00Z',
      lastTimestamp: '2026-11-01T12:05:00Z',
    },
  ]);
  if (again) recordEvent(cluster, again, { ...happening, message: 'Assigned another' });
  expect(cluster.list('events')).toHaveLength(2);
});
