import { AppError } from '../../errors.ts';
import type { Chart } from '../chart.ts';
import { MANAGED_BY, NAMESPACE, PATHS, RELEASE, RUN, VERSION } from '../objects.ts';
import { openRun } from './namespace.ts';
import { type Release, readRelease } from './release.ts';
import { done, failed, type Standing, type Step, todo, type World, waiting } from './step.ts';

/** Label of a release's Secret: the chart's version, which helm keeps inside only. */
const CHART_VERSION = 'cluster-hosts/chart';

/** helm ends with us; one that was killed itself leaves its release pending, and changes nothing of it any more. */
const SETTLES_MS = 15_000;

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
      const { code, last } = await world.helm(installArgs(world), world.log, world.cancelled);
      if (code !== 0) throw new AppError('metallb', `helm failed: ${last}`, 'Mend what it names, then try again.');
    },
  };
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
  if (pending.for(release, world.clock.now()) < SETTLES_MS)
    return waiting('An earlier helm was cut off; seeing whether it still goes on.');
  // What it made is kept, and taken over by the next one: it is of the same release.
  world.log(`Removing the unfinished revision ${release.revision} of an earlier helm.`);
  await world.api.remove(`${PATHS.secrets}/${release.secret}`);
  return waiting('Removing what an earlier helm left unfinished.');
}

/** Made by this program, by helm. */
export function isOurRelease({ labels }: Release): boolean {
  return Object.entries(MANAGED_BY).every(([key, value]) => labels[key] === value);
}

/** Since when a release is seen in the same unfinished state. */
class Pending {
  #seen = '';
  #since = 0;

  for({ secret, status }: Release, now: number): number {
    if (this.#seen !== `${secret} ${status}`) {
      this.#seen = `${secret} ${status}`;
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
