import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Demo, DemoOptions } from '../demo/demo.ts';

/** What a hosts file looks like before anybody adds to it. */
const SANDBOX = '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n';

/** A simulated cluster with a kubeconfig and a hosts file of its own; nothing of this computer is changed. */
export interface DemoRun {
  readonly demo: Demo;
  readonly kubeconfig: string;
  readonly hostsFile: string;
  /** Where what belongs to that file is kept. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** How often things happen in the home cluster; a bare one lies still. */
const STORY_MS = 8_000;

/** Starts a demo in a temporary folder, which goes with it. */
export async function runDemo(options: DemoOptions = {}): Promise<DemoRun> {
  const folder = await mkdtemp(join(tmpdir(), 'cluster-hosts-demo-'));
  // It is half of the program, and most people never need it.
  const { startDemo } = await import('../demo/demo.ts');
  const demo = await startDemo(options);
  if (options.scenario !== 'empty') demo.story.start(STORY_MS);
  const [kubeconfig, hostsFile] = [join(folder, 'kubeconfig'), join(folder, 'hosts')];
  await writeFile(kubeconfig, demo.kubeconfig, { mode: 0o600 });
  await writeFile(hostsFile, SANDBOX);
  const stop = async () => {
    await demo.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { demo, kubeconfig, hostsFile, folder, stop };
}

/** In a checkout, and only there, tests may have a bare K3s, one that does not take a person’s time. */
export function demoOptions(env: Readonly<Record<string, string | undefined>>, isPackaged: boolean): DemoOptions {
  const isBare = !isPackaged && env.CLUSTER_HOSTS_DEMO === 'empty';
  return isBare ? { scenario: 'empty', paceMs: 150 } : {};
}
