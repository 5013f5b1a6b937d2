import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../../main/demo/demo.ts';
import { buildProgram } from '../../../fixtures/world/build.ts';
import { startWorld, type World } from '../../../fixtures/world/world.ts';
import { waitFor } from '../../../wait-for.ts';

/** With what people have in theirs: comments, tabs, a name of their own, no line end at the end. */
const FIRST = '127.0.0.1\tlocalhost # mine\n::1 ip6-localhost\n# caf\xe9\n10.0.0.1  router.home.lan';

const PKEXEC = '/usr/bin/pkexec';
const isRoot = process.geteuid?.() === 0 && process.platform === 'linux';
const hasPolkit = [PKEXEC, '/usr/lib/polkit-1/polkitd', '/usr/bin/dbus-daemon'].every(path => existsSync(path));

describe.skipIf(!isRoot)(
  'an ordinary user and the system’s own hosts file (needs root, to make a computer for it)',
  { timeout: 60_000 },
  () => {
    let program: string;
    let demo: Demo;
    let world: World;
    let kubeconfig: string;

    beforeAll(async () => {
      program = buildProgram();
      demo = await startDemo();
    });
    afterAll(async () => {
      await demo.stop();
      rmSync(program, { recursive: true, force: true });
    });
    afterEach(() => world.stop());

    async function enter(asks = PKEXEC): Promise<void> {
      world = await startWorld(program, FIRST, asks);
      kubeconfig = join(world.folder, 'kubeconfig');
      writeFileSync(kubeconfig, demo.kubeconfig, { mode: 0o644 });
    }

    /** Thirty names at least: what the demo has, and names that the user types. */
    const TYPED = Array.from({ length: 25 }, (_, n) => `--name=typed-${n}.home.lan=10.0.1.${n + 1}`);
    const sync = (...args: string[]) => world.cli(kubeconfig, ['sync', '--yes', '--json', ...TYPED, ...args]);

    test('one question for a batch of thirty changes, none for the next sync; clean gives every byte back', async () => {
      await enter();
      const first = await sync();
      expect(first).toMatchObject({ code: 0, stderr: expect.not.stringContaining('is in the file') });
      const { outcome, add } = JSON.parse(first.stdout) as { outcome: string; add: number };
      expect({ outcome, questions: world.questions.length }).toEqual({ outcome: 'done', questions: 1 });
      expect(add).toBeGreaterThanOrEqual(30);
      expect(world.hosts.startsWith(FIRST)).toBe(true);
      expect((await world.asRoot(['getent', 'hosts', 'turing-cluster.local'])).stdout).toMatch(/^10\.0\.0\.70\s/);
      const second = await sync();
      expect([second.code, JSON.parse(second.stdout).outcome, world.questions.length]).toEqual([0, 'no-change', 1]);
      const clean = await world.cli(kubeconfig, ['clean', '--yes', '--json']);
      expect([clean.code, JSON.parse(clean.stdout).outcome, world.questions.length]).toEqual([0, 'done', 2]);
      expect(world.hosts).toBe(FIRST);
    });

    test.for([['dismissed'], ['wrong']] as const)('%s: exit 3, nothing changed, asked once', async ([answer]) => {
      await enter();
      world.answer = answer;
      const { code, stdout } = await sync();
      expect([code, JSON.parse(stdout).outcome, world.questions.length]).toEqual([3, 'declined', 1]);
      expect(world.hosts).toBe(FIRST);
    });

    test('a file that changes while the password is typed stays as it is, and nobody is asked again', async () => {
      await enter();
      world.answer = 'change-then-yes';
      const { code, stdout } = await sync();
      expect([code, JSON.parse(stdout).outcome, world.questions.length]).toEqual([1, 'changed-meanwhile', 1]);
      expect(world.hosts).toBe(`${FIRST}10.9.9.9 printer\n`);
    });

    test('backups are listed and put back through the same question', async () => {
      await enter();
      await sync();
      const { stdout } = await world.cli(kubeconfig, ['backups', '--json']);
      const { backups } = JSON.parse(stdout) as { backups: { id: string; original: boolean }[] };
      expect(backups).toMatchObject([{ original: true }]);
      const restore = await world.cli(kubeconfig, ['restore', backups[0]?.id.slice(0, 6) ?? '', '--yes', '--json']);
      expect([restore.code, world.questions.length]).toEqual([0, 2]);
      expect(world.hosts).toBe(FIRST);
    });

    test('sudo-prompt, with a root shell that talks: the same', async () => {
      await enter('/usr/bin/kdesudo');
      const { code, stdout } = await sync();
      expect([code, JSON.parse(stdout).outcome, world.questions.length]).toEqual([0, 'done', 1]);
      expect((await world.cli(kubeconfig, ['clean', '--yes', '--json'])).code).toBe(0);
      expect(world.hosts).toBe(FIRST);
    });

    describe('nobody can be asked: the command for the terminal does it', () => {
      test.for([
        ['no pkexec', 'none', 'yes', { DISPLAY: ':0' }],
        ['no desktop session', PKEXEC, 'yes', {}],
        ['no agent', PKEXEC, 'no-agent', { DISPLAY: ':0' }],
      ] as const)('%s', async ([, asks, answer, env]) => {
        await enter(asks);
        world.answer = answer;
        await leaveToHand(env);
      });

      test.skipIf(!hasPolkit)('Debian’s own pkexec, without an agent (needs pkexec, polkitd and dbus)', async () => {
        await enter('real');
        const stdout = await leaveToHand({ DISPLAY: ':0' });
        expect(stdout).toContain('No authentication agent found');
      });

      async function leaveToHand(env: Readonly<Record<string, string>>): Promise<string> {
        const { code, stdout } = await world.cli(kubeconfig, ['sync', '--yes', '--json'], env);
        expect([code, JSON.parse(stdout).outcome, world.questions.length]).toEqual([1, 'not-permitted', 0]);
        expect(world.hosts).toBe(FIRST);
        const [command = ''] = /sudo .*$/m.exec(JSON.parse(stdout).message) ?? [];
        const byHand = await world.asRoot(['env', 'SUDO_UID=1000', ...command.split(' ').slice(1)]);
        expect(byHand).toMatchObject({ code: 0, stdout: expect.stringContaining('"outcome":"done"') });
        const again = await world.cli(kubeconfig, ['sync', '--yes', '--json'], env);
        expect([again.code, JSON.parse(again.stdout).outcome]).toEqual([0, 'no-change']);
        return stdout;
      }
    });

    test('a watch asks for nothing by itself, and once when Enter is pressed', async () => {
      await enter();
      const watch = world.terminal(kubeconfig, ['sync', '--watch', '--name=late.home.lan=10.0.1.1']);
      let screen = '';
      watch.stdout.setEncoding('utf8').on('data', (text: string) => {
        screen += text;
      });
      await waitFor('pending is told', () => screen.includes('Press Enter to sync'));
      expect(world.questions).toHaveLength(0);
      world.answer = 'dismissed';
      watch.stdin.write('\n');
      await waitFor('the refusal is told', () => screen.includes('password was not given'));
      expect([world.hosts, world.questions.length]).toEqual([FIRST, 1]);
      world.answer = 'yes';
      watch.stdin.write('\n');
      await waitFor('the name is written', () => world.hosts.includes('late.home.lan'));
      expect(world.questions).toHaveLength(2);
      const ended = once(watch, 'exit');
      watch.stdin.write('\x03');
      expect(await ended).toEqual([0, null]);
    });

    test('status says how the file is written, and why', async () => {
      await enter('none');
      const { stdout } = await world.cli(kubeconfig, ['status', '--json']);
      const { way, wayReason } = (JSON.parse(stdout) as { hostsFile: { way: string; wayReason: string } }).hostsFile;
      expect([way, wayReason]).toEqual(['manual', expect.stringContaining('pkexec is not installed')]);
    });
  },
);
