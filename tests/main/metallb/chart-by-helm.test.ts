import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../../main/cluster/connection.ts';
import { annotationsOf, labelsOf, ObjectApi } from '../../../main/cluster/object-api.ts';
import { record } from '../../../main/cluster/raw.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { metallbChart } from '../../../main/demo/metallb-chart.ts';
import { readSurvey } from '../../../main/metallb/detect/read-survey.ts';
import { chartByHelm } from '../../../main/metallb/install/chart-by-helm.ts';
import type { HelmRunner } from '../../../main/metallb/install/helm.ts';
import { runSteps } from '../../../main/metallb/install/run-steps.ts';
import type { World } from '../../../main/metallb/install/step.ts';
import { connectTo } from '../../demo-connection.ts';
import { waitFor } from '../../wait-for.ts';
import { hasty, hastyClock } from './hasty-clock.ts';

const NAMESPACE = '/api/v1/namespaces/metallb-system';
const SECRET = `${NAMESPACE}/secrets/sh.helm.release.v1.metallb.v1`;
const LABELS = { owner: 'helm', name: 'metallb', version: '1', 'app.kubernetes.io/managed-by': 'cluster-hosts' };

let demo: Demo;
let connection: Connection;
let api: ObjectApi;

beforeEach(async () => {
  demo = await startDemo({ scenario: 'empty', paceMs: 2 });
  connection = connectTo(demo);
  api = new ObjectApi(connection, new AbortController().signal);
});
afterEach(async () => {
  connection.close();
  await demo.stop();
});

/** What the step tells, and how it ends. */
async function chart(helm: HelmRunner, { clock = hastyClock, said = [] as string[] } = {}) {
  const source = { from: 'repository', url: 'https://metallb.github.io/metallb' } as const;
  const cancelled = new AbortController().signal;
  const world: Partial<World> = { api, helm, clock, chart: source, run: 'a-run', log: () => {}, cancelled };
  return await runSteps([chartByHelm()], world as World, ({ message }) => said.push(message));
}

/** A release as helm writes it: its status is told inside, too. */
function secret(status: string) {
  const release = { name: 'metallb', version: 1, info: { status, description: 'Initial install underway' } };
  const packed = gzipSync(JSON.stringify(release)).toString('base64');
  return {
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'helm.sh/release.v1' },
    metadata: { name: 'sh.helm.release.v1.metallb.v1', labels: { ...LABELS, status, 'cluster-hosts/chart': '0.15.3' } },
    data: { release: Buffer.from(packed).toString('base64') },
  };
}

/** By its label and by what is inside. */
async function statuses(): Promise<readonly unknown[]> {
  const found = await api.get(SECRET);
  const packed = Buffer.from(String(record(found?.data).release), 'base64').toString();
  const release = record(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()));
  return [labelsOf(found).status, record(release.info).status];
}

const write = (status: string) => api.create(`${NAMESPACE}/secrets`, secret(status));

/** Our helm was killed, with MetalLB made and its release pending. */
async function cutOff(): Promise<void> {
  const annotations = { 'cluster-hosts/installing': 'a-run' };
  const metadata = { name: 'metallb-system', annotations };
  await api.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata });
  for (const manifest of metallbChart({ name: 'metallb', namespace: 'metallb-system' }, '0.15.3', {})) {
    const release = { 'meta.helm.sh/release-name': 'metallb', 'meta.helm.sh/release-namespace': 'metallb-system' };
    demo.cluster.apply({ ...manifest, metadata: { ...manifest.metadata, annotations: release } });
  }
  await write('pending-install');
}

describe('a release that a helm left pending', () => {
  beforeEach(cutOff);

  test('stays ours where the next helm fails before it writes one of its own', async () => {
    const ending = await chart(async () => ({ code: 1, last: 'Error: no such host' }));
    expect(ending).toMatchObject({ state: 'failed', message: expect.stringContaining('no such host') });
    expect((await readSurvey(api)).metallb).toMatchObject({ managedBy: 'helm', ours: true });
  });

  test('is one that failed before the next helm begins, for helm goes on from no other', async () => {
    let seen: readonly unknown[] = [];
    await chart(async () => {
      seen = await statuses();
      return { code: 1, last: '' };
    });
    expect(seen).toEqual(['failed', 'failed']);
  });

  test('that nobody can read is said to be so', async () => {
    await api.merge(SECRET, { data: { release: 'bm90aGluZw==' } });
    const ending = await chart(async () => ({ code: 0, last: '' }));
    expect(ending).toMatchObject({ state: 'failed', message: expect.stringContaining('cannot be read') });
  });
});

describe('a helm that is still at work', () => {
  test('is waited for by whoever comes along, however long its release stays as it is', async () => {
    // Not so hasty that a busy computer is late for a beat.
    const clock = hasty(10);
    const end = Promise.withResolvers<void>();
    const beats = new Set<string>();
    const first = chart(
      async () => {
        await write('pending-install');
        await end.promise;
        await api.merge(SECRET, secret('deployed'));
        return { code: 0, last: '' };
      },
      { clock },
    );
    const said: string[] = [];
    const second = waitFor('it is pending', () => demo.cluster.list('secrets', 'metallb-system').length > 0).then(() =>
      chart(async () => ({ code: 1, last: 'Error: another operation is in progress' }), { clock, said }),
    );
    const look = async () => {
      beats.add(annotationsOf(await api.get(NAMESPACE))['cluster-hosts/helm'] ?? '');
      return beats.size;
    };
    await expect.poll(look, { interval: 10, timeout: 10_000 }).toBeGreaterThan(5);
    expect(await statuses()).toEqual(['pending-install', 'pending-install']);
    end.resolve();
    expect(await Promise.all([first, second])).toEqual([{ state: 'done' }, { state: 'done' }]);
    expect(said.join()).toContain('Another helm is at work');
  });
});
