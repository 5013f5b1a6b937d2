import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import type { Demo } from '../../../main/demo/demo.ts';
import { startForTest } from './client.ts';

const KUBECTL = 'kubectl';
const isThere = spawnSync(KUBECTL, ['version', '--client']).status === 0;

/** kubectl as a person runs it, with a kubeconfig and a cache of its own. */
async function kubectlFor(demo: Demo) {
  const folder = await mkdtemp(join(tmpdir(), 'demo-kubectl-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const kubeconfig = join(folder, 'config');
  await writeFile(kubeconfig, demo.kubeconfig);
  const all = (args: string[]) => ['--kubeconfig', kubeconfig, '--cache-dir', join(folder, 'cache'), ...args];
  return {
    run: (args: string, input = '') =>
      new Promise<string>((resolve, reject) => {
        const child = execFile(KUBECTL, all(args.split(' ')), (error, stdout, stderr) =>
          error ? reject(new Error(stderr)) : resolve(stdout),
        );
        child.stdin?.end(input);
      }),
    follow(args: string) {
      const child = spawn(KUBECTL, all(args.split(' ')), { stdio: ['ignore', 'pipe', 'ignore'] });
      onTestFinished(() => void child.kill());
      return createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    },
  };
}

test('the real kubectl gets, describes, applies, watches and deletes', async context => {
  context.skip(!isThere, 'no kubectl that starts is on the PATH');
  const { demo } = await startForTest();
  const kubectl = await kubectlFor(demo);

  const services = await kubectl.run('get services -A');
  expect(services).toMatch(/^kube-system +traefik +LoadBalancer +10\.0\.0\.70 +80\/TCP,443\/TCP +\d+s$/m);
  expect(await kubectl.run('get ing -n git gitea')).toMatch(/gitea +traefik +git\.turing-cluster\.local +10\.0\.0\.70/);
  expect(await kubectl.run('get ipaddresspools,l2advertisements -A -o name')).toBe(
    'ipaddresspool.metallb.io/default-pool\nl2advertisement.metallb.io/default\n',
  );

  const described = await kubectl.run('describe svc -n kube-system traefik');
  expect(described).toMatch(/LoadBalancer Ingress: +10\.0\.0\.70/);
  expect(described).toMatch(/Normal +IPAllocated .* metallb-controller +Assigned IP \["10\.0\.0\.70"\]/);

  const rows = kubectl.follow('get svc -w --no-headers');
  const manifest =
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: LoadBalancer\n  ports: [{port: 80}]\n';
  expect(await kubectl.run('apply --server-side --validate=false -f -', manifest)).toBe(
    'service/web serverside-applied\n',
  );
  for (;;) {
    const { value, done } = await rows.next();
    if (done || /web +LoadBalancer +10\.0\.0\.73/.test(value)) {
      expect(done).toBeFalsy();
      break;
    }
  }
  expect(await kubectl.run('delete svc web')).toMatch(/^service "web" deleted/);
  await expect(kubectl.run('get svc web')).rejects.toThrow('Error from server (NotFound): services "web" not found');
});
