import type { DemoCluster } from './api/cluster.ts';
import type { Manifest } from './api/objects.ts';
import type { Controller } from './controller.ts';
import { createDefinitions } from './definitions.ts';
import type { DemoOptions } from './demo.ts';
import { createEndpoints } from './endpoints.ts';
import { createHelmController } from './helm-controller.ts';
import { home, manyIngresses, metallbInstalled } from './home.ts';
import { k3s } from './k3s.ts';
import { createKubelet } from './kubelet.ts';
import { createMetallb } from './metallb.ts';
import { createMetallbPods } from './metallb-pods.ts';
import { Pace } from './pace.ts';
import { createServiceLb } from './service-lb.ts';
import { createTraefik } from './traefik.ts';
import { createTroubles, type Ills, type Troubles } from './troubles.ts';
import { askWebhooks } from './webhook.ts';

/** What runs inside the cluster. */
export interface Programs {
  readonly metallb: Controller;
  readonly troubles: Troubles;
  stop(): void;
}

/** Fills a cluster with what the options say, and starts its programs; all of it is settled when this returns. */
export function runCluster(cluster: DemoCluster, options: DemoOptions): Programs {
  const { scenario = 'home', ingresses = 0, paceMs = 700 } = options;
  const pace = new Pace(paceMs);
  const ills: Ills = {
    chartMessage: undefined,
    chartHangs: false,
    webhookIsSilent: false,
    unpullable: [],
    unready: [],
  };
  const helm = createHelmController(cluster, pace, ills);
  const definitions = createDefinitions(cluster, pace);
  const kubelet = createKubelet(cluster, pace, ills);
  const endpoints = createEndpoints(cluster);
  const metallb = createMetallb(cluster);
  const metallbPods = createMetallbPods(cluster, pace, metallb);
  const traefik = createTraefik(cluster);
  const serviceLb = createServiceLb(cluster, pace);
  cluster.admit = write => askWebhooks(cluster, ills, write);

  const isHome = scenario === 'home';
  const apply = (manifests: readonly Manifest[]) => {
    for (const manifest of manifests) cluster.apply(manifest);
  };
  pace.atOnce(() => {
    apply([...k3s(), ...(isHome ? metallbInstalled() : [])]);
    helm.start();
    definitions.start();
    apply([...(isHome ? home() : []), ...manyIngresses(ingresses)]);
    for (const program of [kubelet, endpoints, metallbPods, traefik]) program.start();
  });
  return {
    metallb,
    troubles: createTroubles(cluster, ills, kubelet, serviceLb),
    stop() {
      for (const program of [helm, definitions, kubelet, endpoints, metallbPods, metallb, traefik, serviceLb])
        program.stop();
      pace.stop();
    },
  };
}
