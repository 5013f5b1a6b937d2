import { expect, onTestFinished, test } from 'vitest';
import { ObjectApi } from '../../../main/cluster/object-api.ts';
import { startDemo } from '../../../main/demo/demo.ts';
import type { Chart } from '../../../main/metallb/chart.ts';
import { readSurvey } from '../../../main/metallb/detect/read-survey.ts';
import { makePlan } from '../../../main/metallb/plan.ts';
import { connectTo } from '../../demo-connection.ts';

const REPOSITORY: Chart = { from: 'repository', url: 'https://metallb.github.io/metallb' };
const WISH = { addresses: '10.0.0.70-10.0.0.80', pin: '' };

async function start() {
  const demo = await startDemo({ scenario: 'empty', paceMs: 2 });
  const connection = connectTo(demo);
  onTestFinished(async () => {
    connection.close();
    await demo.stop();
  });
  const api = new ObjectApi(connection, new AbortController().signal);
  return {
    api,
    plan: async (chart = REPOSITORY, wish = WISH, more = {}) =>
      await makePlan({ api, survey: { ...(await readSurvey(api)), ...more }, engine: 'helmchart', chart, wish }),
  };
}

test('an empty cluster: every object, in the order of making', async () => {
  const { objects } = await (await start()).plan();
  expect(objects.map(({ action, kind, name }) => `${action} ${kind} ${name}`)).toEqual([
    'create Namespace metallb-system',
    'create HelmChart metallb',
    'create IPAddressPool default-pool',
    'create L2Advertisement default',
  ]);
});

test('a namespace that is there is not changed', async () => {
  const { api, plan } = await start();
  await api.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'metallb-system' } });
  expect((await plan()).objects.map(({ kind }) => kind)).not.toContain('Namespace');
});

test('a packed chart is told by its size', async () => {
  const chart: Chart = { from: 'file', path: '/charts/metallb-0.15.3.tgz', content: 'A'.repeat(4096 * 4) };
  const { objects } = await (await start()).plan(chart);
  expect(objects.find(({ kind }) => kind === 'HelmChart')?.yaml).toContain('chartContent: 12 KiB, packed\n');
});

test('what a terminal would obey is not in it', async () => {
  const { api, plan } = await start();
  const config = { apiVersion: 'helm.cattle.io/v1', kind: 'HelmChartConfig', metadata: { name: 'traefik' } };
  const valuesContent = '# \u202egnp.exe \u0085\u200b\na: 1\n';
  await api.create('/apis/helm.cattle.io/v1/namespaces/kube-system/helmchartconfigs', {
    ...config,
    spec: { valuesContent },
  });
  const { objects } = await plan(REPOSITORY, { ...WISH, pin: '10.0.0.75' });
  const yaml = objects.find(({ kind }) => kind === 'HelmChartConfig')?.yaml ?? '';
  expect(yaml).toContain('gnp.exe');
  expect(yaml).not.toMatch(/[^\P{C}\n]/u);
});

test('Traefik’s own address has to be one of them', async () => {
  const { plan } = await start();
  await expect(plan(REPOSITORY, { ...WISH, pin: '10.0.0.90' })).rejects.toThrow('10.0.0.90 is not one of');
});

test('where there is no Traefik, nothing is said to be tried', async () => {
  const { plan } = await start();
  const { sentences } = await plan(REPOSITORY, WISH, { traefik: undefined });
  expect(sentences.at(-1)).toBe('There is no Traefik yet: it gets an address as soon as it is there.');
});
