import { expect, test } from 'vitest';
import type { Demo } from '../../../main/demo/demo.ts';
import { eventually, startForTest } from './client.ts';

/** Everything in the cluster that a person sees come and go, without versions and times. */
function scene({ cluster }: Demo): string[] {
  const kinds = ['services', 'ingresses', 'ingressroutes.traefik.io', 'ingressroutetcps.traefik.io'];
  return kinds
    .flatMap(kind => cluster.list(kind))
    .map(({ kind, metadata, spec, status }) => JSON.stringify([kind, metadata.name, spec, status]));
}

/** Lets the controllers finish: what one of them writes is the other's next turn. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

async function tell(demo: Demo, steps: number): Promise<{ sentences: string[]; scenes: string[][] }> {
  const sentences: string[] = [];
  const scenes: string[][] = [];
  for (let step = 0; step < steps; step++) {
    sentences.push(demo.story.step());
    await settled();
    scenes.push(scene(demo));
  }
  return { sentences, scenes };
}

test('every step changes something, and the story ends as it began, again and again', async () => {
  const { demo } = await startForTest();
  const before = scene(demo);
  const first = await tell(demo, 9);
  const states = [before, ...first.scenes].map(state => JSON.stringify(state));
  for (const [index, state] of states.entries()) if (index > 0) expect(state).not.toBe(states[index - 1]);
  expect(first.scenes.at(-1)).toEqual(before);
  expect(await tell(demo, 9)).toEqual(first);
});

test('names come, change and go', async () => {
  const { client, demo } = await startForTest();
  const services = await client.watch('/api/v1/services', `resourceVersion=${demo.cluster.store.version}`);
  await tell(demo, 9);
  const events: string[] = [];
  while (events.at(-1) !== 'DELETED') events.push((await services.next()).type);
  expect(events[0]).toBe('ADDED');
  const { items } = (await client.get('/api/v1/namespaces/games/events')).body;
  expect(items.map(item => item.message)).toEqual(
    expect.arrayContaining(['Assigned IP ["10.0.0.73"]', 'Assigned IP ["10.0.0.79"]']),
  );
});

test('it can be told in a cluster without MetalLB', async () => {
  const { demo } = await startForTest({ scenario: 'empty' });
  const before = scene(demo);
  expect((await tell(demo, 9)).scenes.at(-1)).toEqual(before);
});

test('it goes by itself when it is lent a clock, whatever people do to its objects, until it is stopped', async () => {
  const { demo } = await startForTest();
  demo.story.start(1);
  await eventually(() => demo.cluster.get('services', 'games', 'minecraft')).toBeDefined();
  demo.cluster.remove('services', 'games', 'minecraft');
  await eventually(() => demo.cluster.get('ingresses', 'photos', 'immich')).toBeDefined();
  demo.story.stop();
  await settled();
  const { version } = demo.cluster.store;
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(demo.cluster.store.version).toBe(version);
});
