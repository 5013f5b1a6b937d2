import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Output } from '../rooms/place.ts';
import { NODE_ADDRESS, WORK } from '../rooms/room.ts';
import type { NodeSite } from './kubelet.ts';
import { containerOf, environmentOf, type Pod } from './pod.ts';

/** The first pause before a failed job's container is started again; it doubles. */
const BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 10_000;

/** The pods that helm-controller makes for HelmChart objects, with helm itself where K3s runs its image around helm. */
export class HelmJobs {
  private readonly site: NodeSite;
  private readonly seen = new Set<string>();
  private present: ReadonlySet<string> = new Set();

  constructor(site: NodeSite) {
    this.site = site;
  }

  see(pods: readonly Pod[]): void {
    const live = pods.filter(pod => pod.metadata.deletionTimestamp === undefined);
    this.present = new Set(live.map(pod => pod.metadata.uid));
    for (const pod of live) {
      if (pod.spec.nodeName === undefined || this.seen.has(pod.metadata.uid)) continue;
      this.seen.add(pod.metadata.uid);
      // A status that cannot be written now is of a pod that is gone, or of a cluster that ends.
      void this.work(pod).catch(() => {});
    }
  }

  /** Tries until it succeeds or the pod is deleted: the jobs' containers are restarted on failure. */
  private async work(pod: Pod): Promise<void> {
    const values = await this.valuesOf(pod);
    let pause = BACK_OFF_MS;
    for (let restarts = 0; this.present.has(pod.metadata.uid); restarts++) {
      await this.report(pod, 'Running', { restartCount: restarts, state: { running: { startedAt: now() } } });
      const { code, stdout, stderr } = await this.helm(pod, values);
      const message = `${stdout}${stderr}`.trim().slice(-2_000);
      const terminated = { exitCode: code, reason: code === 0 ? 'Completed' : 'Error', finishedAt: now(), message };
      if (code === 0) return this.report(pod, 'Succeeded', { restartCount: restarts, state: { terminated } });
      const waiting = { reason: 'CrashLoopBackOff', message: 'back-off restarting failed container helm' };
      await this.report(pod, 'Running', { restartCount: restarts + 1, state: { waiting }, lastState: { terminated } });
      await delay(pause);
      pause = Math.min(pause * 2, LONGEST_BACK_OFF_MS);
    }
  }

  private async helm(pod: Pod, values: readonly string[]): Promise<Output> {
    const container = containerOf(pod, 'helm');
    const env = environmentOf(pod, container);
    const { NAME = '', CHART = '', REPO = '', TARGET_NAMESPACE = '', CONFIG_HASH = '' } = env;
    const [verb, ...flags] = container.args ?? [];
    // The job names the chart after a repository that its image adds under the release's name.
    const chart = REPO === '' ? [CHART] : [CHART.slice(NAME.length + 1), '--repo', REPO];
    // Without the label helm-controller takes the release for somebody else's, and installs again and again.
    const label = ['--labels', `helmcharts.helm.cattle.io/configHash=${CONFIG_HASH}`];
    const install = ['upgrade', '--install', NAME, ...chart, ...label, ...flags, ...values];
    const remove = ['uninstall', NAME, '--wait', '--ignore-not-found'];
    const command = [...(verb === 'delete' ? remove : install), '--namespace', TARGET_NAMESPACE];
    const place = this.site.place;
    const output = await place.run([`${this.site.programs}/helm`, ...command], {
      env: { KUBECONFIG: `${WORK}/kubeconfig`, HELM_DRIVER: env.HELM_DRIVER || 'secret' },
    });
    const said = `helm ${command.join(' ')}\n${output.stdout}${output.stderr}ended with ${output.code}\n`;
    await appendFile(place.outside(`${WORK}/log/helm-jobs.log`), said);
    return output;
  }

  /** The values of the HelmChart and of a HelmChartConfig, in the order that their names give them. */
  private async valuesOf(pod: Pod): Promise<string[]> {
    const { namespace, uid } = pod.metadata;
    const { NAME } = environmentOf(pod, containerOf(pod, 'helm'));
    const path = `/api/v1/namespaces/${namespace}/secrets/chart-values-${NAME}`;
    const secret = this.site.api.get<{ data?: Record<string, string> }>(path);
    const { data = {} } = await secret.catch(() => ({ data: {} }));
    const folder = `${WORK}/helm-${uid}`;
    await mkdir(this.site.place.outside(folder));
    const names = Object.keys(data).sort();
    for (const name of names) {
      await writeFile(this.site.place.outside(`${folder}/${name}`), Buffer.from(data[name] ?? '', 'base64'));
    }
    return names.flatMap(name => ['--values', `${folder}/${name}`]);
  }

  private async report(pod: Pod, phase: string, state: Readonly<Record<string, unknown>>): Promise<void> {
    const { namespace, name } = pod.metadata;
    const { image } = containerOf(pod, 'helm');
    const ready = phase === 'Running' && 'running' in (state.state as object);
    const containerStatuses = [{ name: 'helm', image, imageID: '', ready, ...state }];
    const conditions = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(type => {
      return { type, status: type.endsWith('Ready') && !ready ? 'False' : 'True' };
    });
    const status = { phase, hostIP: NODE_ADDRESS, podIP: NODE_ADDRESS, conditions, containerStatuses };
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
    await this.site.api.request('PATCH', path, { status }, 'application/merge-patch+json');
  }
}

function now(): string {
  return new Date().toISOString();
}
