import { AppError } from '../../errors.ts';
import type { Chart } from '../chart.ts';
import { MANAGED_BY, NAMESPACE, RELEASE, RUN, VERSION } from '../objects.ts';
import { beat, heartbeat, openRun } from './namespace.ts';
import { failRevision, type Release, readRelease } from './release.ts';
import { done, failed, type Standing, type Step, todo, type World, waiting } from './step.ts';

/** Label of a release's Secret: the chart's version, which helm keeps inside only. */
const CHART_VERSION = 'cluster-hosts/chart';

/** While helm waits, nothing of its release changes for minutes: whoever runs it says so often that it is at work. */
const BEAT_MS = 5_000;

/** Silent for so long, by the clock of whoever looks, it was cut off: helm ends with us. */
const SILENT_MS = 15_000;

/** MetalLB's chart by a helm program on this computer. */
export function chartByHelm(): Step {
  const pending = new Pending();
  return {
    id: 'chart',
    title: 'MetalLB’s chart',
    patienceMs: 12 * 60_000,
    hint: 'Look at what helm said, mend it, and try again.',
    check: async world => check(world, await readRelease(world.api), pending),
    apply: async world => {
      await openRun(world);
      const { code, last } = await beating(world, () => world.helm(installArgs(world), world.log, world.cancelled));
      if (code !== 0) throw new AppError('metallb', `helm failed: ${last}`, 'Mend what it names, then try again.');
    },
  };
}

/** Does something while others are told that it is being done. */
async function beating<T>({ api, clock }: World, work: () => Promise<T>): Promise<T> {
  await beat(api);
  const ended = new AbortController();
  const goOn = async () => {
    await clock.sleep(BEAT_MS, ended.signal);
    while (!ended.signal.aborted) {
      // A cluster that is away for a while, or a namespace that goes, is no reason to end helm.
      await beat(api).catch(() => {});
      await clock.sleep(BEAT_MS, ended.signal);
    }
  };
  const beats = goOn();
  try {
    return await work();
  } finally {
    ended.abort();
    await beats;
  }
}

async function check(world: World, release: Release | undefined, pending: Pending): Promise<Standing> {
  if (release === undefined) return todo('helm installs MetalLB, and waits until it runs.');
  if (!isOurRelease(release)) {
    return failed(
      'There is a Helm release metallb that Cluster Hosts did not make.',
      'Change MetalLB with helm, where it was installed.',
    );
  }
  if (release.status === 'deployed' && release.labels[CHART_VERSION] === VERSION)
    return done('helm has installed the chart.');
  if (!release.status.startsWith('pending-')) return todo('helm installs MetalLB, and waits until it runs.');
  if (pending.for(`${release.secret} ${await heartbeat(world.api)}`, world.clock.now()) < SILENT_MS)
    return waiting('Another helm is at work on it, or was cut off; seeing which.');
  world.log(`Revision ${release.revision} was cut off: the next helm goes on from there.`);
  await failRevision(world.api, release);
  return waiting('Taking over what an earlier helm left unfinished.');
}

/** Made by this program, by helm. */
export function isOurRelease({ labels }: Release): boolean {
  return Object.entries(MANAGED_BY).every(([key, value]) => labels[key] === value);
}

/** Since when nothing is seen to change about an unfinished release. */
class Pending {
  #seen = '';
  #since = 0;

  for(sign: string, now: number): number {
    if (this.#seen !== sign) {
      this.#seen = sign;
      this.#since = now;
    }
    return now - this.#since;
  }
}

function installArgs({ chart, run }: World): readonly string[] {
  const labels = { ...MANAGED_BY, [RUN]: run, [CHART_VERSION]: VERSION };
  return [
    ...['upgrade', '--install', RELEASE, ...chartArgs(chart)],
    ...['--create-namespace', '--namespace', NAMESPACE, '--wait', '--timeout', '10m'],
    ...[
      '--labels',
      Object.entries(labels)
        .map(pair => pair.join('='))
        .join(','),
    ],
    ...['--set', 'speaker.frr.enabled=false,frrk8s.enabled=false'],
  ];
}

function chartArgs(chart: Chart): readonly string[] {
  switch (chart.from) {
    case 'repository':
      return [RELEASE, '--repo', chart.url, '--version', VERSION];
    case 'oci':
      return [chart.url, '--version', VERSION];
    case 'file':
      return [chart.path];
  }
}
