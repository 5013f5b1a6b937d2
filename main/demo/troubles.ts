import type { DemoCluster } from './api/cluster.ts';
import type { Controller } from './controller.ts';
import { install } from './helm.ts';
import { metallbChart, metallbManifests } from './metallb-chart.ts';

/** What ails the cluster now; its programs look here. */
export interface Ills {
  chartMessage: string | undefined;
  chartHangs: boolean;
  webhookIsSilent: boolean;
  /** Names of Deployments and DaemonSets. */
  unpullable: readonly string[];
  unready: readonly string[];
}

/** What can go wrong in the cluster, beside what `faults` do on the wire. Each holds until it is called again. */
export interface Troubles {
  /** helm jobs fail with this as their last words, try after try; `undefined`: the next try works. */
  chartFails(message: string | undefined): void;
  /** helm jobs stop where the release is `pending-install` or `pending-upgrade`, and never end. */
  chartHangs(hangs: boolean): void;
  /** MetalLB's webhook never serves, though its pod is ready. */
  webhookNeverServes(never: boolean): void;
  /** Workloads (`metallb-controller`) whose image cannot be pulled; no names: all can. */
  imagesCannotBePulled(...workloads: string[]): void;
  /** Workloads (`metallb-speaker`, `traefik`) whose pods run, but are not ready; no names: all are. */
  notReady(...workloads: string[]): void;
  /** K3s' ServiceLB, and the server's arguments that say so. Switched off, it leaves the addresses that it gave. */
  serviceLb(on: boolean): void;
  /** Somebody else's MetalLB 0.14.9: applied by kubectl, or as helm's release `lb`. */
  foreignMetallb(how: 'manifests' | 'helm'): void;
}

/** `kubelet` and `serviceLb` are told when there is something new for them. */
export function createTroubles(cluster: DemoCluster, ills: Ills, kubelet: Controller, serviceLb: Controller): Troubles {
  return {
    chartFails(message) {
      ills.chartMessage = message;
    },
    chartHangs(hangs) {
      ills.chartHangs = hangs;
    },
    webhookNeverServes(never) {
      ills.webhookIsSilent = never;
    },
    imagesCannotBePulled(...workloads) {
      ills.unpullable = workloads;
      kubelet.start();
    },
    notReady(...workloads) {
      ills.unready = workloads;
      kubelet.start();
    },
    serviceLb(on) {
      if (on) serviceLb.start();
      else serviceLb.stop();
    },
    foreignMetallb(how) {
      const release = { name: 'lb', namespace: 'metallb-system' };
      if (how === 'manifests') {
        for (const manifest of metallbManifests('0.14.9')) cluster.apply(manifest);
        return;
      }
      const manifests = metallbChart(release, '0.14.9', {});
      for (const _ of install(cluster, { ...release, manifests, createNamespace: true, failurePolicy: 'abort' }));
    },
  };
}
