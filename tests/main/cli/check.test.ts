import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { showCheck } from '../../../main/cli/check.ts';
import { waitForCluster } from '../../../main/cli/cluster-answer.ts';
import { type Io, Output } from '../../../main/cli/io.ts';
import { parseCommandLine } from '../../../main/cli/options.ts';
import { requirePass } from '../../../main/cli/pending.ts';
import { openSessionFor } from '../../../main/cli/session.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { Reconciler } from '../../../main/sync/reconciler.ts';
import { waitFor } from '../../wait-for.ts';

/* `check` as the command line does it, with the demo's way to reach addresses: nothing goes to the network. */

let folder: string;
let demo: Demo;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  demo = await startDemo();
  writeFileSync(join(folder, 'hosts'), '127.0.0.1\tlocalhost\n');
  writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig, { mode: 0o600 });
});

afterEach(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What `check NAME` came to, and what it said. */
async function check(...words: readonly string[]) {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const env = { HOME: folder, XDG_STATE_HOME: join(folder, 'state'), KUBECONFIG: join(folder, 'kubeconfig') };
  const io: Io = { stdout, stderr, stdin, env, interrupted: new AbortController().signal };
  const { options } = parseCommandLine(['check', '--hosts-file', join(folder, 'hosts'), ...words]);
  const out = new Output(io, { json: words.includes('--json'), color: false });
  const session = await openSessionFor(options, io, out, demo.dial);
  try {
    await waitForCluster(session, 10_000, io.interrupted);
    const reconciler = new Reconciler(session);
    const pass = requirePass(await reconciler.look(false));
    const names = words.filter(word => !word.startsWith('-'));
    const code = await showCheck({ session, reconciler, pass }, { words: names, options, io, out });
    stdout.end();
    stderr.end();
    return { code, stdout: await text(stdout), stderr: await text(stderr) };
  } finally {
    await session.close();
  }
}

async function answerOf(name: string) {
  const { code, stdout } = await check(name, '--json');
  return { code, value: JSON.parse(stdout) };
}

/** A Service whose only port is none that is tried. */
const MQTT = 'mqtt.turing-cluster.local';
const ADVERTISEMENTS = 'l2advertisements.metallb.io';

describe('check', () => {
  test('Traefik’s 404 says how far the way is right, and whose certificate it is', async () => {
    const { value } = await answerOf('turing-cluster.local');
    expect(value).toMatchObject({ ok: false, causes: [] });
    expect(value.steps.at(-1)).toEqual({
      step: 'http',
      ok: true,
      message:
        'https://turing-cluster.local answers with Traefik’s 404: everything up to Traefik works, it only routes nothing ' +
        'for this name yet. Its certificate is self-signed (TRAEFIK DEFAULT CERT).',
    });
  });

  test('a name whose Service has no address yet, and one that nobody asks for', async () => {
    for (const [namespace, name] of [
      ['kube-system', 'traefik'],
      ['home-assistant', 'mqtt'],
    ] as const)
      demo.cluster.patch('services', namespace, name, {
        spec: { loadBalancerClass: 'none' },
        status: { loadBalancer: null },
      });
    const said = async (name: string) => (await answerOf(name)).value.steps[0].message;
    expect(await said('turing-cluster.local')).toBe('Traefik has no address yet. Run cluster-hosts metallb plan.');
    expect(await said(MQTT)).toBe(`Service home-assistant/mqtt asks for ${MQTT}. It has no address yet.`);
    expect(await said('grafana.turing-cluster.local')).toBe(
      'IngressRoute monitoring/grafana asks for grafana.turing-cluster.local, but Traefik has no address yet. Run cluster-hosts metallb plan.',
    );
    expect(await said('nobody.local')).toBe('Nothing in the cluster asks for nobody.local.');
  });

  test('an address that is silent: the likeliest causes, two at most', async () => {
    demo.cluster.remove(ADVERTISEMENTS, 'metallb-system', 'default');
    const { code, value } = await answerOf(MQTT);
    expect(code).toBe(1);
    expect(value.steps.at(-1)).toMatchObject({ step: 'port', ok: false });
    expect(value.causes).toEqual([
      expect.stringMatching(/^No L2Advertisement covers the pool default-pool: .* metallb-system\.$/),
      expect.stringContaining('firewall'),
    ]);
    expect((await check(MQTT)).stdout).toMatch(/^no .*\n {5}No L2Advertisement/m);
  });

  test('a Service without a ready endpoint', async () => {
    demo.cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'home-assistant', name: 'mqtt-0', labels: { 'app.kubernetes.io/name': 'mqtt' } },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] },
    });
    expect((await answerOf(MQTT)).value.causes[0]).toContain('home-assistant/mqtt has no pod that is ready');
  });

  test('a node that is kept out', async () => {
    const label = 'node.kubernetes.io/exclude-from-external-load-balancers';
    for (const index of [1, 2, 3, 4])
      demo.cluster.patch('nodes', '', `turing-${index}`, { metadata: { labels: { [label]: '' } } });
    const announcers = () => demo.cluster.list('servicel2statuses.metallb.io').length;
    await waitFor('nobody announces', () => announcers() === 0);
    expect((await answerOf(MQTT)).value.causes[0]).toContain('kept out by a label: turing-1, turing-2');
  });
});
