import type { DemoCluster } from './api/cluster.ts';
import { CRDS, type CustomResourceDefinition, establishedStatus, isPending } from './api/custom-resources.ts';
import { type Controller, createController } from './controller.ts';
import type { Pace } from './pace.ts';

/** What the API server does with definitions that it does not serve yet: a stage later they are established. */
export function createDefinitions(cluster: DemoCluster, pace: Pace): Controller {
  const seen = new Set<string>();
  return createController(cluster.store, [CRDS], () => {
    for (const definition of cluster.list<CustomResourceDefinition>(CRDS)) {
      const { name, uid } = definition.metadata;
      if (!isPending(definition) || seen.has(uid)) continue;
      seen.add(uid);
      pace.after(1, () => {
        seen.delete(uid);
        cluster.patch(CRDS, '', name, { status: establishedStatus(definition) });
      });
    }
  });
}
