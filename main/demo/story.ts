import type { DemoCluster } from './api/cluster.ts';
import { StatusError } from './api/status-error.ts';
import { ingress, ingressRoute, loadBalancer } from './manifests.ts';

/** What goes on in the cluster while somebody watches the demo. */
export interface Story {
  /** Makes the next thing happen and says what it was, in a sentence. After the last comes the first. */
  step(): string;
  /** Takes a step every `intervalMs` until `stop`. */
  start(intervalMs: number): void;
  stop(): void;
}

type Step = readonly [sentence: string, happen: (cluster: DemoCluster) => void];

const DOMAIN = 'turing-cluster.local';
const PAPERLESS = `Host(\`paperless.${DOMAIN}\`)`;
const game = [{ name: 'game', port: 25565 }];

/** Everything here that appears also goes, so that the end of the story is its beginning. */
const STEPS: readonly Step[] = [
  ['Paperless was installed.', cluster => cluster.apply(ingressRoute('documents', 'paperless', PAPERLESS))],
  [
    'A Minecraft server asks for an address of its own.',
    cluster => cluster.apply(loadBalancer('games', 'minecraft', game)),
  ],
  [
    'Paperless answers to a second name.',
    cluster => cluster.apply(ingressRoute('documents', 'paperless', `${PAPERLESS} || Host(\`docs.${DOMAIN}\`)`)),
  ],
  ['Immich was installed.', cluster => cluster.apply(ingress('photos', 'immich', `photos.${DOMAIN}`))],
  [
    'Minecraft moves to another address.',
    cluster => {
      const annotations = { 'metallb.io/loadBalancerIPs': '10.0.0.79' };
      cluster.patch('services', 'games', 'minecraft', { metadata: { annotations } });
    },
  ],
  ['Paperless gave up its second name.', cluster => cluster.apply(ingressRoute('documents', 'paperless', PAPERLESS))],
  ['The Minecraft server was deleted.', cluster => cluster.remove('services', 'games', 'minecraft')],
  ['Immich was deleted.', cluster => cluster.remove('namespaces', '', 'photos')],
  ['Paperless was deleted.', cluster => cluster.remove('ingressroutes.traefik.io', 'documents', 'paperless')],
];

/** Time is the caller's: it calls `step`, or lends its clock with `start`. */
export function createStory(cluster: DemoCluster): Story {
  const steps = forever();
  let timer: NodeJS.Timeout | undefined;

  const step = () => {
    const [sentence, happen] = steps.next().value;
    happen(cluster);
    return sentence;
  };
  const stop = () => clearInterval(timer);
  return {
    step,
    start(intervalMs) {
      stop();
      timer = setInterval(() => {
        try {
          step();
        } catch (error) {
          // Whoever watches may also meddle, by kubectl: what is gone already cannot be deleted again.
          if (!(error instanceof StatusError)) throw error;
        }
      }, intervalMs);
    },
    stop,
  };
}

function* forever(): Generator<Step, never> {
  for (;;) yield* STEPS;
}
