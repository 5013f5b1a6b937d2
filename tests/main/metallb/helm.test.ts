import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findHelm, helmRunner } from '../../../main/metallb/install/helm.ts';
import { waitFor } from '../../wait-for.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'helm-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program called helm in a folder of its own. */
function helm(script: string): string {
  const path = join(folder, 'helm');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const never = new AbortController().signal;

const env = () => ({ PATH: `${folder}:/usr/bin:/bin` });
const access = () => ({ kubeconfigs: '/a:/b', context: 'home & garden', env: { ...env(), MARK: folder } });

describe('helm on this computer', () => {
  test.each([
    ['v3.19.0+g3d8990f', '3.19.0'],
    ['v4.1.4+g1234567', '4.1.4'],
  ])('is found with its version (%s)', async (said, version) => {
    const path = helm(`echo ${said}`);
    expect(await findHelm(env())).toEqual({ path, version });
  });

  test('is found behind a warning', async () => {
    const path = helm('echo "WARNING: Kubernetes configuration file is group-readable." >&2; echo v3.19.0+g3d8990f');
    expect(await findHelm(env())).toEqual({ path, version: '3.19.0' });
  });

  test('is none where it does not say its version in time', async () => {
    helm('echo >$MARK/begun; exec sleep 60');
    const late = new AbortController();
    const found = findHelm({ ...env(), MARK: folder }, late.signal);
    await waitFor('it was asked', () => existsSync(join(folder, 'begun')));
    late.abort();
    expect(await found).toBeUndefined();
  });

  test('is none where it does not say its version, or where PATH is relative', async () => {
    expect(await findHelm({ PATH: folder })).toBeUndefined();
    helm('echo hello');
    expect(await findHelm(env())).toBeUndefined();
    expect(await findHelm({ PATH: '.' })).toBeUndefined();
  });

  test('is told the cluster by the same kubeconfigs, with every argument as it is', async () => {
    const path = helm('echo "$KUBECONFIG"; for each in "$@"; do echo "<$each>"; done; echo last >&2; exit 3');
    const lines: string[] = [];
    const { code, last } = await helmRunner({ path, version: '' }, access())(
      ['up; ls', '$(id)'],
      line => lines.push(line),
      never,
    );
    expect([code, last]).toEqual([3, 'last']);
    expect(lines).toEqual(
      expect.arrayContaining(['/a:/b', '<--kube-context>', '<home & garden>', '<up; ls>', '<$(id)>']),
    );
  });

  test('is not led elsewhere by variables of its own', async () => {
    const path = helm('env');
    const lines: string[] = [];
    const own = {
      HELM_KUBECONTEXT: 'x',
      HELM_KUBETOKEN: 'x',
      HELM_DRIVER: 'sql',
      HELM_NAMESPACE: 'x',
      HELM_CACHE_HOME: '/c',
    };
    const given = access();
    await helmRunner({ path, version: '' }, { ...given, env: { ...given.env, ...own } })(
      [],
      line => lines.push(line),
      never,
    );
    expect(lines.filter(line => line.startsWith('HELM_'))).toEqual(['HELM_CACHE_HOME=/c']);
  });

  test('is told to end when it is cancelled', async () => {
    const path = helm('trap "echo told to end; exit 1" TERM; echo begun; sleep 60 >/dev/null 2>&1 & wait');
    const cancel = new AbortController();
    const run = helmRunner({ path, version: '' }, access())(
      [],
      line => line === 'begun' && cancel.abort(),
      cancel.signal,
    );
    expect(await run).toEqual({ code: 1, last: 'told to end' });
  });

  test('ends when we are killed', async () => {
    const path = helm('trap "echo ended >$MARK/ended; exit 1" TERM; echo $$ >$MARK/pid; sleep 60 & wait');
    const module = JSON.stringify(new URL('../../../main/metallb/install/helm.ts', import.meta.url).href);
    const [given, found] = [JSON.stringify(access()), JSON.stringify({ path, version: '' })];
    const script = `const { helmRunner } = await import(${module}); await helmRunner(${found}, ${given})([], () => {}, new AbortController().signal);`;
    const us = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
    await waitFor(
      'helm runs',
      () => existsSync(join(folder, 'pid')) && readFileSync(join(folder, 'pid'), 'utf8') !== '',
    );
    us.kill('SIGKILL');
    await once(us, 'exit');
    await waitFor('helm was told to end', () => existsSync(join(folder, 'ended')));
  });
});
