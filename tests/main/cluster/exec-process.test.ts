import { readFileSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { type ProgramLimits, runProgram } from '../../../main/cluster/exec-process.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

/** Starts a script of the shell in a folder of its own. `pid` waits for the number that it writes into a file. */
async function start(script: string, limits: Partial<ProgramLimits> = {}, args: string[] = []) {
  const file = await writeFiles(await tempFolder(), { program: `#!/bin/sh\n${script}\n` });
  await chmod(file, 0o755);
  const folder = dirname(file);
  const program = { file, args, env: { PATH: process.env.PATH, SECRET: 'kept' }, cwd: folder };
  const running = runProgram(program, { timeoutMs: 10_000, maxBytes: 1000, killDelayMs: 10_000, ...limits });
  const pid = (name: string) =>
    vi.waitFor(async () => {
      const [number] = /^\d+(?=\n)/.exec(await readFile(join(folder, name), 'utf8')) ?? [];
      if (number === undefined) throw new Error('not written yet');
      return Number(number);
    });
  return { running, pid, folder };
}

/** A process that has ended but was not waited for yet counts as ended. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32')('a program (its scripts need a POSIX shell)', () => {
  test('runs without input and without a shell between', async () => {
    const script = 'cat; pwd; echo "$1 $SECRET" ; echo problem >&2; exit 3';
    const { running, folder } = await start(script, {}, ['$(touch hole); `id`']);
    expect(await running).toEqual({
      kind: 'exited',
      status: 3,
      stdout: `${folder}\n$(touch hole); \`id\` kept\n`,
      stderr: 'problem\n',
    });
    await expect(readFile(join(folder, 'hole'))).rejects.toThrow('ENOENT');
  });

  test('that ends by a signal says which', async () => {
    const { running } = await start('kill -9 $$');
    expect(await running).toMatchObject({ kind: 'exited', status: 'SIGKILL' });
  });

  test('that takes too long is ended, and what it said is kept', async () => {
    const { running } = await start('echo waiting >&2; sleep 60', { timeoutMs: 500 });
    expect(await running).toMatchObject({ kind: 'timed-out', status: 'SIGTERM', stderr: 'waiting\n' });
  });

  test('is ended by the signal with everything it started', async () => {
    const stop = new AbortController();
    const script = 'sleep 60 & echo $! > child; echo $$ > self; wait';
    const { running, pid } = await start(script, { signal: stop.signal });
    const pids = [await pid('child'), await pid('self')];
    expect(pids.map(isAlive)).toEqual([true, true]);
    stop.abort();
    expect(await running).toMatchObject({ kind: 'aborted', status: 'SIGTERM' });
    await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]));
  });

  test('is not started after the signal', async () => {
    const { running, folder } = await start('echo > started', { signal: AbortSignal.abort() });
    expect(await running).toMatchObject({ kind: 'aborted' });
    await expect(readFile(join(folder, 'started'))).rejects.toThrow('ENOENT');
  });

  test('that does not want to end is killed', async () => {
    const stop = new AbortController();
    const script = "trap '' TERM; echo $$ > self; while :; do sleep 0.05; done";
    const { running, pid } = await start(script, { signal: stop.signal, killDelayMs: 100 });
    const self = await pid('self');
    stop.abort();
    expect(await running).toMatchObject({ kind: 'aborted', status: 'SIGKILL' });
    expect(isAlive(self)).toBe(false);
  });

  test('leaves no child behind that does not want to end', async () => {
    const stop = new AbortController();
    const child = `sh -c 'trap "" TERM; echo $$ > child; exec sleep 60' > /dev/null 2>&1 & wait`;
    const { running, pid } = await start(child, { signal: stop.signal });
    const stubborn = await pid('child');
    stop.abort();
    expect(await running).toMatchObject({ kind: 'aborted', status: 'SIGTERM' });
    await vi.waitFor(() => expect(isAlive(stubborn)).toBe(false));
  });

  test('cannot hold us up with a child that left its group and keeps the output open', async context => {
    context.skip(process.platform !== 'linux', 'needs setsid');
    const stop = new AbortController();
    const script = "setsid sh -c 'echo $$ > stray; exec sleep 60' & wait";
    const { running, pid } = await start(script, { signal: stop.signal, killDelayMs: 100 });
    const stray = await pid('stray');
    stop.abort();
    expect(await running).toMatchObject({ kind: 'aborted' });
    expect(isAlive(stray)).toBe(true);
    process.kill(stray);
  });

  test.each(['yes', 'yes >&2'])('that writes without end is ended: %s', async script => {
    const timers = () => process.getActiveResourcesInfo().filter(kind => kind === 'Timeout').length;
    const before = timers();
    const result = await (await start(script)).running;
    if (result.kind !== 'too-much-output') throw new Error(`it ended as ${result.kind}`);
    expect(result.stdout.length + result.stderr.length).toBeLessThanOrEqual(1000);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  test('may write as much as allowed', async () => {
    const { running } = await start('head -c 1000 /dev/zero | tr "\\0" x');
    expect(await running).toMatchObject({ kind: 'exited', stdout: 'x'.repeat(1000) });
  });

  test.each([
    { title: 'not there', program: { file: '/nowhere/plugin', args: [] }, message: 'ENOENT' },
    { title: 'not a program', program: { file: '/', args: [] }, message: 'EACCES' },
    { title: 'with arguments no program can get', program: { file: '/bin/sh', args: ['a\0b'] }, message: 'null bytes' },
  ])('that cannot be started is told: $title', async ({ program, message }) => {
    const limits = { timeoutMs: 1_000, maxBytes: 1_000, killDelayMs: 1_000 };
    const result = await runProgram({ ...program, env: {}, cwd: '/' }, limits);
    expect(result).toMatchObject({ kind: 'not-started', error: { message: expect.stringContaining(message) } });
  });
});
