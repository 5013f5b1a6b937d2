import type { DemoCluster } from './api/cluster.ts';
import { type Controller, createController } from './controller.ts';
import type { Pace } from './pace.ts';
import type { Workload } from './pods.ts';
import { CERTIFICATE } from './webhook.ts';

/** A certificate takes two stages to be made and to reach the pod that serves with it. */
const CERTIFICATE_STAGES = 2;

/**
 * Runs MetalLB while a Deployment of its controller, whoever made it, has a pod that is ready; that makes the webhook's
 * certificate, too.
 */
export function createMetallbPods(cluster: DemoCluster, pace: Pace, metallb: Controller): Controller {
  let isUp = false;
  let certifying = '';
  const certify = (namespace: string) => {
    const secret = cluster.get('secrets', namespace, CERTIFICATE);
    if (!secret || secret.data !== undefined || certifying === secret.metadata.uid) return;
    certifying = secret.metadata.uid;
    pace.after(CERTIFICATE_STAGES, () => {
      certifying = '';
      const data = { 'ca.crt': '', 'tls.crt': '', 'tls.key': '' };
      if (isUp) cluster.patch('secrets', namespace, CERTIFICATE, { data });
    });
  };
  return createController(cluster.store, ['deployments.apps', 'secrets'], () => {
    const controller = cluster.list<Workload>('deployments').find(isMetallbController);
    const isAvailable = (controller?.status?.availableReplicas ?? 0) > 0;
    if (isAvailable !== isUp) {
      isUp = isAvailable;
      if (isUp) metallb.start();
      else metallb.stop();
    }
    if (isUp) certify(controller?.metadata.namespace ?? '');
  });
}

function isMetallbController({ metadata: { labels = {} } }: Workload): boolean {
  const isOfChart =
    labels['app.kubernetes.io/name'] === 'metallb' && labels['app.kubernetes.io/component'] === 'controller';
  return isOfChart || (labels.app === 'metallb' && labels.component === 'controller');
}
