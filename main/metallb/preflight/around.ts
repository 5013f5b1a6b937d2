import { plainText } from '../../cluster/plain-text.ts';
import { objectName } from '../../cluster/raw.ts';
import { waitingOf } from '../detect/waiting.ts';
import { NAMESPACE } from '../objects.ts';
import { engineFor } from './engine.ts';
import type { Check } from './world.ts';

/** More names than that are not read. */
const MOST_NAMED = 3;

export const reachable: Check = {
  id: 'reachable',
  title: 'The cluster answers',
  find: async ({ survey, server }) => {
    const { version, isK3s } = await survey();
    const what = `${isK3s ? 'K3s' : 'Kubernetes'} ${plainText(version, 60).replace(/\+k3s[0-9]*$/, '')}`.trim();
    return { state: 'ready', detail: `${what} at ${plainText(server)}.` };
  },
};

/** Nobody can try it beforehand: what the cluster cannot fetch shows only in pods that wait for it. */
export const pull: Check = {
  id: 'pull',
  title: 'Chart and images',
  find: async ({ api, survey, helm, engine, chartSource }) => {
    const [found, program, pods = []] = await Promise.all([
      survey(),
      helm(),
      api.list('/api/v1/pods?fieldSelector=status.phase%3DPending'),
    ]);
    const source = plainText(chartSource);
    const detail =
      engineFor(found, program, engine) === 'helm'
        ? `This computer takes the chart from ${source}, and the cluster fetches the images from quay.io.`
        : `The chart comes from ${source} and the images from quay.io: the cluster itself fetches them.`;
    const stuck = pods
      .filter(pod => waitingOf([pod]).some(reason => /^(ImagePullBackOff|ErrImagePull)\b/.test(reason)))
      .flatMap(pod => objectName(pod) ?? [])
      .filter(({ namespace }) => namespace !== NAMESPACE)
      .map(({ namespace, name }) => `${namespace}/${name}`);
    if (stuck.length === 0) return { state: 'ready', detail };
    const names = stuck.slice(0, MOST_NAMED).join(', ') + (stuck.length > MOST_NAMED ? ', …' : '');
    return {
      state: 'attention',
      detail: `${detail} Other images cannot be fetched there: ${names}.`,
      fix: { text: 'See whether the nodes have a way to the internet, and a DNS server.', lines: [] },
    };
  },
};

export const hosts: Check = {
  id: 'hosts',
  title: 'The hosts file',
  find: async ({ hosts: { way, reason, path } }) => {
    const detail = `${plainText(path)}: ${plainText(reason)}`;
    if (way !== 'manual') return { state: 'ready', detail };
    const text =
      'MetalLB can be installed; the hosts file takes one command in a terminal afterwards, which is shown then.';
    return { state: 'attention', detail, fix: { text, lines: [] } };
  },
};
