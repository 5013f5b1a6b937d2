import { mkdir, rename, writeFile } from 'node:fs/promises';
import { WORK } from '../rooms/room.ts';
import type { NodeSite } from './kubelet.ts';
import { containerOf, environmentOf, type Pod } from './pod.ts';
import { Program } from './program.ts';

export type MetalLBProgram = 'controller' | 'speaker';

/** Where the webhook looks, below TMPDIR; `--cert-dir` is only for the part that waits for the certificate. */
const CERTIFICATES = `${WORK}/tmp/k8s-webhook-server/serving-certs`;

/** The key by which speakers trust each other. */
const MEMBERS_KEY = `${WORK}/members-key`;

/** Both programs share the node's network, where only one can have the port of their metrics. */
const METRICS_PORT = { controller: 7473, speaker: 7474 };

/** MetalLB's programs, run for their pods: started when a pod has an address, gone with it, restarted when they end. */
export class MetalLBPods {
  private readonly site: NodeSite;
  private readonly running = new Map<MetalLBProgram, { uid: string; program: Program }>();
  private readonly held = new Set<MetalLBProgram>();

  constructor(site: NodeSite) {
    this.site = site;
  }

  async see(pods: readonly Pod[]): Promise<void> {
    for (const name of ['controller', 'speaker'] as const) {
      const pod = pods.find(({ metadata }) => metadata.labels['app.kubernetes.io/component'] === name);
      const alive = pod?.status.podIP !== undefined && pod.metadata.deletionTimestamp === undefined;
      // Empty at first; MetalLB fills it, and waits until it sees that in the folder.
      if (name === 'controller' && alive) await this.mount(pod, 'cert', CERTIFICATES);
      const current = this.running.get(name);
      if (current !== undefined && current.uid !== (alive ? pod.metadata.uid : '')) {
        await current.program.stop();
        this.running.delete(name);
      }
      if (alive) await this.run(name, pod);
    }
  }

  async hold(name: MetalLBProgram, held: boolean): Promise<void> {
    if (!held) {
      this.held.delete(name);
      return;
    }
    this.held.add(name);
    await this.running.get(name)?.program.stop();
  }

  private async run(name: MetalLBProgram, pod: Pod): Promise<void> {
    const known = this.running.get(name)?.program;
    const program = known ?? new Program(this.site.place, WORK, `metallb-${name}`, ...(await this.command(name, pod)));
    this.running.set(name, { uid: pod.metadata.uid, program });
    if (!this.held.has(name)) program.start();
  }

  /**
   * A speaker must know itself as one of the speakers from the start: without their list it takes the nodes that it has
   * heard of, and where it hears of its own after the Services, it never announces them.
   */
  private async command(name: MetalLBProgram, pod: Pod): Promise<[string[], Record<string, string>]> {
    if (name === 'speaker') await this.mount(pod, 'memberlist', MEMBERS_KEY);
    const container = containerOf(pod, name);
    const kubeconfig = await this.account(pod);
    const args = (container.args ?? []).filter(arg => !arg.startsWith('--port='));
    const own = [`--port=${METRICS_PORT[name]}`, `--kubeconfig=${kubeconfig}`];
    if (name === 'controller') own.push(`--cert-dir=${CERTIFICATES}`);
    const env = { ...environmentOf(pod, container), METALLB_NAMESPACE: pod.metadata.namespace };
    const settings = name === 'speaker' ? { ...env, METALLB_ML_SECRET_KEY_PATH: MEMBERS_KEY } : env;
    return [[`${this.site.programs}/${name}`, ...args, ...own], settings];
  }

  /** A pod's token, in the form of a kubeconfig: MetalLB may do what its own roles allow, no more. */
  private async account(pod: Pod): Promise<string> {
    const { namespace } = pod.metadata;
    const { serviceAccountName } = pod.spec;
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccountName}/token`;
    const request = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 86_400 },
    };
    const { status } = (await this.site.api.request('POST', path, request)) as { status: { token: string } };
    const file = `${WORK}/${serviceAccountName}.kubeconfig`;
    await writeFile(this.site.place.outside(file), this.site.kubeconfig(status.token));
    return file;
  }

  /** Throws where the secret is not there yet: its pod does not start before. */
  private async mount({ metadata, spec }: Pod, volume: string, folder: string): Promise<void> {
    const secret = spec.volumes?.find(({ name }) => name === volume)?.secret?.secretName;
    const path = `/api/v1/namespaces/${metadata.namespace}/secrets/${secret}`;
    const { data = {} } = await this.site.api.get<{ data?: Record<string, string> }>(path);
    const outside = this.site.place.outside(folder);
    await mkdir(outside, { recursive: true });
    for (const [name, value] of Object.entries(data)) {
      await writeFile(`${outside}/.${name}`, Buffer.from(value, 'base64'));
      await rename(`${outside}/.${name}`, `${outside}/${name}`);
    }
  }
}
