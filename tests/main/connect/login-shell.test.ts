import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLoginEnv, type ShellHost } from '../../../main/connect/login-shell.ts';
import { script } from './kubeconfigs.ts';

const FOLDERS = '/snap/bin:/usr/local/bin:/home/me/.local/bin:/home/me/bin:/home/me/.krew/bin';

const host = (shell: string, rest: Partial<ShellHost> = {}): ShellHost => ({
  platform: 'linux',
  env: { PATH: '/usr/bin:/bin', OURS: 'kept' },
  home: '/home/me',
  shell,
  timeoutMs: 5_000,
  ...rest,
});

/** A shell that first does something of its own, and then what it is told, as sh would. */
const shellThat = (does: string, name?: string) =>
  script(`${does}\nwhile [ "$1" != -c ]; do shift; done\neval "$2"`, name);

describe.skipIf(process.platform === 'win32')('the environment of the login shell', () => {
  const home = dirname(import.meta.dirname);
  const read = async (does: string, rest: Partial<ShellHost> = {}) =>
    readLoginEnv(host(await shellThat(does), { home, ...rest }));

  test('what concerns logins is taken over, the rest is not', async () => {
    const does = `export PATH=/opt/tools:$PATH KUBECONFIG=/k HTTPS_PROXY=http://p no_proxy=lan SSL_CERT_FILE=/ca AWS_PROFILE=w
      export LD_PRELOAD= NODE_OPTIONS=--inspect OURS=changed EDITOR=vi AWSX=1`;
    const { env, problem } = await read(does);
    expect(problem).toBe('');
    expect(env).toEqual({
      PATH: `/opt/tools:/usr/bin:/bin:${FOLDERS.replaceAll('/home/me', home)}`,
      KUBECONFIG: '/k',
      HTTPS_PROXY: 'http://p',
      no_proxy: 'lan',
      SSL_CERT_FILE: '/ca',
      AWS_PROFILE: 'w',
      OURS: 'kept',
    });
  });

  test('values may have several lines and equal signs, and one that looks like another variable is none', async () => {
    const { env } = await read(`export AWS_A="x=1
PATH=/evil
y" AZURE_B=`);
    expect(env).toMatchObject({ AWS_A: 'x=1\nPATH=/evil\ny', AZURE_B: '' });
    expect(env.PATH).not.toContain('/evil');
  });

  test.each([
    { title: 'greets', does: 'echo "Welcome! PATH=/evil"; printf "AWS_A=1\\0PATH=/evil\\0"; echo oops >&2' },
    { title: 'says goodbye', does: 'trap \'printf "\\0PATH=/evil\\0"\' EXIT' },
    { title: 'fails in the end', does: "trap 'exit 3' EXIT" },
    { title: 'prints what it runs', does: 'set -xv; exec 2>&1' },
    { title: 'exports what it runs', does: 'for last in "$@"; do export AWS_COMMAND="$last"; done' },
    { title: 'asks something', does: 'read answer; echo "$answer"' },
  ])('a shell that $title is understood', async ({ does }) => {
    const { env, problem } = await read(`export PATH=/opt/tools:$PATH; ${does}`);
    expect(problem).toBe('');
    expect(env.PATH).toMatch(/^\/opt\/tools:\/usr\/bin:\/bin:/);
    expect(env.PATH).not.toContain('evil');
  });

  test.each([
    { does: 'exit 7', reason: 'ended without an answer (7)' },
    { does: 'kill -9 $$', reason: 'ended without an answer (SIGKILL)' },
    { does: 'exit 0', reason: 'ended without an answer (0)' },
    { does: 'sleep 60', reason: 'did not answer within 0.5 s' },
    { does: 'yes', reason: 'wrote more than 1 MiB' },
  ])('a shell that does "$does": what we have is used, with the usual folders', async ({ does, reason }) => {
    const shell = await shellThat(does);
    const { env, problem } = await readLoginEnv(host(shell, { timeoutMs: 500, home }));
    expect(problem).toBe(`The shell ${shell} ${reason}, so its PATH is not used.`);
    expect(env).toEqual({ PATH: `/usr/bin:/bin:${FOLDERS.replaceAll('/home/me', home)}`, OURS: 'kept' });
  });

  test('an answer counts though something that was started keeps the shell from ending', async () => {
    const { env, problem } = await read('export AWS_A=1; sleep 60 &', { timeoutMs: 500 });
    expect({ problem, AWS_A: env.AWS_A }).toEqual({ problem: '', AWS_A: '1' });
  });

  test.each([
    { name: 'zsh', flags: '-l -i -c' },
    { name: 'bash', flags: '-l -c' },
    { name: 'fish', flags: '-l -c' },
  ])('$name is called with $flags, at home, and its frameworks stay quiet', async ({ name, flags }) => {
    const shell = await script('echo "$# $1 $2 $3 $DISABLE_AUTO_UPDATE $PWD" > "$(dirname "$0")/called"', name);
    await readLoginEnv(host(shell, { home }));
    const words = flags.split(' ');
    const called = await readFile(join(dirname(shell), 'called'), 'utf8');
    expect(called).toMatch(new RegExp(`^${words.length + 1} ${flags} .*true ${home}\n$`));
  });

  test('a real shell', async () => {
    const { env, problem } = await readLoginEnv(host('/bin/sh', { env: { PATH: '/usr/bin:/bin', HOME: home }, home }));
    expect(problem).toBe('');
    expect(env.PATH?.split(':')).toEqual(expect.arrayContaining(['/usr/bin', '/usr/local/bin']));
  });

  test('a shell that is not there, or not known', async () => {
    const gone = await readLoginEnv(host('/nowhere/sh', { home }));
    expect(gone.problem).toBe('The shell /nowhere/sh could not be started, so its PATH is not used.');
    const unknown = await readLoginEnv(host('', { home }));
    expect(unknown.problem).toBe('The login shell is not known, so its PATH is not used.');
    expect(unknown.env.PATH).toContain('/usr/local/bin');
  });
});

test('folders that are there already are not there twice; macOS has Homebrew', async () => {
  const env = { PATH: '/usr/local/bin::/usr/bin', KREW_ROOT: '/krew' };
  const read = await readLoginEnv(host('', { env, platform: 'darwin' }));
  expect(read.env.PATH).toBe('/usr/local/bin:/usr/bin:/opt/homebrew/bin:/home/me/.local/bin:/home/me/bin:/krew/bin');
});

test.each([
  { title: 'Windows', rest: { platform: 'win32' } },
  { title: 'a terminal', rest: { env: { TERM: 'xterm' } } },
  { title: 'Flatpak', rest: { env: { FLATPAK_ID: 'x' } } },
] as const)('on $title no shell is asked', async ({ rest }) => {
  const asked = host('/nowhere/sh', rest);
  expect(await readLoginEnv(asked)).toEqual({ env: asked.env, problem: '' });
});
