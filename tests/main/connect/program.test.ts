import { chmod, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Authenticator } from '../../../main/cluster/authenticate.ts';
import { describeProgram } from '../../../main/connect/program.ts';
import { tempFolder, writeFiles } from '../cluster/temp-folder.ts';
import { HOST, kubeconfigText, script, targetIn, targetOf } from './kubeconfigs.ts';

const V1 = 'client.authentication.k8s.io/v1';
const ANSWER = `echo '{"kind":"ExecCredential","apiVersion":"${V1}","status":{"token":"t"}}'`;

const execOf = (command: string, rest: object = {}) => ({
  user: { exec: { command, args: ['get-token'], env: [{ name: 'KEY', value: 'secret' }], apiVersion: V1, ...rest } },
});

test('a user with a token needs none', async () => {
  expect(await describeProgram(await targetOf({}), HOST)).toBeUndefined();
});

describe.skipIf(process.platform === 'win32')('a user with a program (a script, which needs a POSIX shell)', () => {
  test('what would be run is told: all of it, but no values', async () => {
    const path = await script('exit 1', 'login-tool');
    const target = await targetOf(execOf('login-tool'));
    const program = await describeProgram(target, { env: { PATH: dirname(path) }, platform: process.platform });
    expect(program).toEqual({
      file: target.user.file.path,
      command: ['login-tool', 'get-token'],
      env: ['KEY'],
      path,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(program)).not.toContain('secret');
  });

  test('one that is not there has no path, and one without a command neither', async () => {
    const host = { env: { PATH: '/nowhere' }, platform: process.platform };
    expect(await describeProgram(await targetOf(execOf('login-tool')), host)).toMatchObject({ path: '' });
    expect(await describeProgram(await targetOf(execOf('')), { ...host, env: { PATH: '/bin' } })).toMatchObject({
      path: '',
    });
  });

  test('another file, argument, variable, or program found has another digest', async () => {
    const [here, there] = [await script('', 'tool'), await script('', 'tool')];
    const folder = await tempFolder();
    const path = await writeFiles(folder, { config: kubeconfigText(execOf('tool')) });
    const digestOf = async (file: string, program: string) => {
      const host = { env: { PATH: dirname(program) }, platform: process.platform };
      return (await describeProgram(await targetIn(file), host))?.digest;
    };
    const first = await digestOf(path, here);
    const others = [await digestOf(path, there)];
    for (const rest of [{ args: [] }, { env: [{ name: 'KEY', value: 'other' }] }, { provideClusterInfo: true }]) {
      await writeFiles(folder, { config: kubeconfigText(execOf('tool', rest)) });
      others.push(await digestOf(path, here));
    }
    await writeFiles(folder, { config: kubeconfigText(execOf('tool')) });
    expect(await digestOf(path, here)).toBe(first);
    await rename(path, `${path}.yaml`);
    others.push(await digestOf(`${path}.yaml`, here));
    expect(new Set([first, ...others]).size).toBe(others.length + 1);
  });

  test('it runs once its digest is allowed, and not when it is another one by then', async () => {
    const tool = await script(ANSWER);
    const target = await targetOf(execOf(tool));
    const host = { ...HOST, uid: 1000 };
    const allowed = new Set<string>();
    const access = () => new Authenticator(target, { ...host, isAllowed: digest => allowed.has(digest) }).access();
    await expect(access()).rejects.toMatchObject({
      code: 'plugin',
      message: `To log in, user "default" in ${target.user.file.path} needs the program ${tool}, which you have not allowed yet.`,
    });
    allowed.add((await describeProgram(target, host))?.digest ?? '');
    expect(await access()).toMatchObject({ headers: { Authorization: 'Bearer t' } });

    const changed = await targetOf(execOf(tool, { args: ['rm', '-rf'] }));
    const other = new Authenticator(changed, { ...host, isAllowed: digest => allowed.has(digest) });
    await expect(other.access()).rejects.toMatchObject({ code: 'plugin' });
  });

  test('where nobody says what is allowed, it runs as with kubectl', async () => {
    const target = await targetOf(execOf(await script(ANSWER)));
    await chmod(target.user.file.path, 0o600);
    expect(await new Authenticator(target, { ...HOST, uid: 1000 }).access()).toMatchObject({
      headers: { Authorization: 'Bearer t' },
    });
  });
});
