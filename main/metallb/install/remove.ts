import { annotationsOf, type ObjectApi, type RawObject } from '../../cluster/object-api.ts';
import { record, text } from '../../cluster/raw.ts';
import { AppError } from '../../errors.ts';
import { listed } from '../addresses/listed.ts';
import { isOurs } from '../detect/ours.ts';
import { NAMESPACE, PATHS, RELEASE } from '../objects.ts';
import { addressesOf } from './answer.ts';
import { isOurRelease } from './chart-by-helm.ts';
import { guestsIn } from './guests.ts';
import { closeRun } from './namespace.ts';
import { isOfRun, isTouched, takeBack } from './own.ts';
import { readRelease } from './release.ts';
import { isChartGone } from './running.ts';
import { done, type Standing, type Step, todo, type World, waiting } from './step.ts';
import { type Extent, unpin } from './unpin.ts';

/**
 * In the order in which nothing is left hanging: MetalLB clears the addresses that it gave only while it runs, and its
 * kinds take every pool with them.
 */
export function removalSteps(extent: Extent): readonly Step[] {
  return [
    unpin(extent),
    withdraw('advertisement', 'Advertisements', PATHS.advertisements, extent),
    withdraw('pool', 'Address pools', PATHS.pools, extent),
    statusesCleared,
    uninstall(extent),
    closeNamespace(extent),
  ];
}

const PATIENT = { patienceMs: 3 * 60_000, hint: 'Try again.' } as const;

/** With the kinds all of them would go anyway; before, while MetalLB runs, it takes their addresses back. */
function withdraw(id: 'advertisement' | 'pool', title: string, collection: string, extent: Extent): Step {
  const due = async ({ api, run }: World) => {
    const found = (await api.list(collection)) ?? [];
    const chosen = extent === 'all' ? found : found.filter(each => isTouched(each, run));
    return chosen.map(each => `${collection}/${text(record(each.metadata).name)}`);
  };
  return {
    ...{ id, title, ...PATIENT },
    check: async world => ((await due(world)).length > 0 ? todo('') : done()),
    apply: async world => {
      for (const path of await due(world)) {
        if (extent === 'all') await world.api.remove(path);
        else await takeBack(world, path);
      }
    },
  };
}

/** Services show no address any more that no pool has. Nobody clears them where MetalLB does not run. */
const statusesCleared: Step = {
  ...{ id: 'statuses', title: 'Addresses are given back', patienceMs: 60_000 },
  hint: 'MetalLB does not take the addresses back: look at its controller in metallb-system.',
  check: async ({ api }) => {
    const pools = (await api.list(PATHS.pools)) ?? [];
    const controller = await api.get(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/metallb-controller`);
    const runs = Number(record(controller?.status).availableReplicas) > 0;
    if (pools.length > 0 || !runs) return done();
    const left = await givenAddresses(api);
    return left.length === 0 ? done() : waiting(`MetalLB still has to take back ${left.join(', ')}.`);
  },
};

async function givenAddresses(api: ObjectApi): Promise<readonly string[]> {
  const services = (await api.list('/api/v1/services')) ?? [];
  const given = services.filter(each => annotationsOf(each)['metallb.io/ip-allocated-from-pool'] !== undefined);
  return given.flatMap(addressesOf);
}

function uninstall(extent: Extent): Step {
  const chartPath = `${PATHS.helmCharts}/${RELEASE}`;
  const isDue = (found: RawObject | undefined, { run }: World) =>
    found !== undefined && (extent === 'run' ? isTouched(found, run) : isOurs(found));
  return {
    ...{ id: 'release', title: 'MetalLB’s chart', patienceMs: 5 * 60_000 },
    hint: 'Look at the job helm-delete-metallb in kube-system.',
    check: async world => {
      const [chart, release] = await Promise.all([world.api.get(chartPath), readRelease(world.api)]);
      if (isDue(chart, world)) {
        const isGoing = record(chart?.metadata).deletionTimestamp !== undefined;
        return isGoing ? waiting('K3s is uninstalling it.') : todo('K3s uninstalls it.');
      }
      const isOur = release !== undefined && isOurRelease(release);
      const isDueToo = extent === 'all' || release?.runs.every(each => each === world.run);
      if (isOur && isDueToo) return todo('helm uninstalls it.');
      if (chart === undefined && release === undefined) return await isChartGone(world.api);
      return done('It was there before, and stays.');
    },
    apply: async world => {
      const chart = await world.api.get(chartPath);
      if (!isDue(chart, world)) return await uninstallByHelm(world);
      if (extent === 'all') await world.api.remove(chartPath);
      else await takeBack(world, chartPath);
    },
  };
}

async function uninstallByHelm({ helm, log, cancelled }: World): Promise<void> {
  const { code, last } = await helm(
    ['uninstall', RELEASE, '--namespace', NAMESPACE, '--wait', '--timeout', '5m'],
    log,
    cancelled,
  );
  if (code !== 0) throw new AppError('metallb', `helm failed: ${last}`, 'Mend what it names, then try again.');
}

function closeNamespace(extent: Extent): Step {
  const path = `${PATHS.namespaces}/${NAMESPACE}`;
  const isDue = (found: RawObject | undefined, { run }: World) =>
    extent === 'run' ? isOfRun(found, run) : isOurs(found);
  return {
    ...{ id: 'namespace', title: 'Namespace metallb-system', ...PATIENT },
    check: async (world): Promise<Standing> => {
      const found = await world.api.get(path);
      if (!isDue(found, world)) {
        await closeRun(world.api);
        return done(found === undefined ? '' : 'It was there before, and stays.');
      }
      if (record(found?.metadata).deletionTimestamp !== undefined) return waiting('The cluster is emptying it.');
      const guests = await guestsIn(world.api);
      if (guests.length === 0) return todo('');
      await closeRun(world.api);
      return done(`It stays, for what else is in it: ${listed(guests)}.`);
    },
    apply: async ({ api }) => void (await api.remove(path)),
  };
}
