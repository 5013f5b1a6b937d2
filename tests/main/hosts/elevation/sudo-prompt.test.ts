import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Elevator } from '../../../../main/hosts/elevation/elevator.ts';
import { explain, SudoPrompt, WORDS } from '../../../../main/hosts/elevation/sudo-prompt.ts';
import type { ChildAnswer } from '../../../../main/hosts/elevation/sudo-prompt-child.ts';
import { waitFor } from '../../../wait-for.ts';

const NONCE = '0123456789abcdef0123456789abcdef';
const PLAN = { token: 'WzEsImFwcGx5Il0_-a', nonce: NONCE, path: '/nowhere' };
const DONE: Answer = { answer: 'result', result: { outcome: 'done' } };
const CHANGED = `${NONCE} {"outcome":"changed-meanwhile","message":"It was changed.","hint":"Look."}`;
const CHANGED_ANSWER = {
  answer: 'result',
  result: { outcome: 'changed-meanwhile', message: 'It was changed.', hint: 'Look.' },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sudo-prompt-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the library', () => {
  const source = readFileSync(createRequire(import.meta.url).resolve('sudo-prompt'), 'utf8');

  test.each([
    `var PERMISSION_DENIED = '${WORDS.refused}';`,
    `var NO_POLKIT_AGENT = '${WORDS.noAgent}';`,
    `new Error('${WORDS.noProgram}')`,
    `'${WORDS.failed}' + instance.command + '\\n' + stderr`,
    `'${WORDS.failed}' + instance.command + '\\r\\n' + stderr`,
    'error.code = code;',
    // What pkexec says where nobody can be asked; everything else before the command counts as a refusal.
    'if (/No authentication agent found/.test(stderr)) {',
    'error.message = PERMISSION_DENIED;',
    "var paths = ['/usr/bin/kdesudo', '/usr/bin/pkexec'];",
    // Parsed by two shells, which is why only plain words are let through.
    `'/bin/bash -c "echo ' + EscapeDoubleQuotes(magic.trim()) + '; ' +`,
    // What it starts on a Mac, in this order; the folder first.
    'Node.fs.mkdir(parent,',
    "command.push('/usr/bin/unzip');",
    "command.push('/usr/bin/defaults');",
    "Node.child.exec('./' + Node.path.basename(binary), options, end);",
    "if (error.code === 'ENOENT') return end(new Error(PERMISSION_DENIED));",
  ])('still has: %s', line => {
    expect(source).toContain(line);
  });
});

describe('what the library answers', () => {
  const said = (message: string, code?: number, stdout = '', stderr = ''): ChildAnswer => ({
    stdout,
    stderr,
    error: { message, ...(code !== undefined && { code }) },
  });

  test.each<[string, ChildAnswer, unknown]>([
    ['done', { stdout: '', stderr: `noise\n${NONCE} {"outcome":"done"}\n` }, DONE],
    ['done, on stdout', { stdout: `noise\n${NONCE} {"outcome":"done"}\n`, stderr: '' }, DONE],
    ['nothing', { stdout: 'noise', stderr: 'noise' }, { answer: 'failed', detail: 'it said nothing' }],
    ['dismissed', said(WORDS.refused, 126), { answer: 'declined' }],
    ['a refusal without a code, as on a Mac', said(WORDS.refused), { answer: 'declined' }],
    ['a wrong password, as kdesudo has it', said(WORDS.refused, 1), { answer: 'declined' }],
    [
      'no setuid',
      said(WORDS.refused, 127, '', 'pkexec must be setuid root'),
      { answer: 'failed', detail: 'what was started ended with code 127' },
    ],
    [
      'a shell that could not read it',
      said(WORDS.refused, 2),
      { answer: 'failed', detail: 'what was started ended with code 2' },
    ],
    ['no agent', said(WORDS.noAgent, 127), { answer: 'nobody-to-ask', detail: WORDS.noAgent }],
    ['no program', said(WORDS.noProgram), { answer: 'nobody-to-ask', detail: WORDS.noProgram }],
    [
      'a failure of the helper on Linux, hidden behind a talkative shell',
      said(WORDS.refused, 75, `noise\n`, `${CHANGED}\n`),
      CHANGED_ANSWER,
    ],
    [
      'a failure of the helper on a Mac, where only the message is left',
      said(`Command failed: /opt/node /opt/helper ${PLAN.token} 1>&2\nnoise\n${CHANGED}\n`, 75),
      CHANGED_ANSWER,
    ],
    [
      'a failure of the helper on Windows',
      said(`Command failed: C:\\node.exe C:\\helper ${PLAN.token} 1>&2\r\n${CHANGED}\r\n`, 75),
      CHANGED_ANSWER,
    ],
    [
      'a helper that is not there',
      said(`Command failed: /opt/node /opt/helper ${PLAN.token} 1>&2\n/opt/node: not found`, 127),
      { answer: 'failed', detail: 'what was started ended with code 127' },
    ],
    [
      'a killed program',
      said('Command failed: ./applet\n'),
      { answer: 'failed', detail: 'what was started ended early' },
    ],
    [
      'an error of the system',
      said("ENOSPC: no space left on device, mkdir '/tmp/x'"),
      { answer: 'failed', detail: "ENOSPC: no space left on device, mkdir '/tmp/x'" },
    ],
  ])('%s', (_, answer, expected) => {
    expect(explain(answer, NONCE)).toEqual(expected);
  });
});

describe('the process of its own', () => {
  const ask = (script: string, platform: NodeJS.Platform = 'linux', patience?: number, fallback?: Elevator) => {
    const child = join(folder, 'child.cjs');
    writeFileSync(child, script);
    const options = { platform, program: ['/opt/helper'] as const, child };
    return new SudoPrompt({ ...options, ...(patience && { patience }), ...(fallback && { fallback }) }).run(
      PLAN,
      () => false,
    );
  };
  const print = (text: string) => `process.stdout.write(${JSON.stringify(text)})`;
  const failed = (end: string) => ({ answer: 'failed', detail: `what was to ask for the password ${end}` });

  test.each([
    '',
    'null',
    '5',
    '[]',
    '{}',
    'noise',
    '{"stdout":"","stderr":5}',
    '{"stdout":null,"stderr":""}',
    '{"stdout":"","stderr":"","error":5}',
    '{"stdout":"","stderr":"","error":null}',
    '{"stdout":"","stderr":"","error":{"message":null}}',
    `{"stdout":"","stderr":""}{}`,
    'é\0\u001b[2J',
  ])('that says %j has failed', async text => {
    expect(await ask(print(text))).toEqual(failed('ended with code 0'));
  });

  test('that throws where nobody can catch it has failed, in one line', async () => {
    expect(await ask('setImmediate(() => { throw new TypeError("stats of undefined"); })')).toEqual(
      failed('ended with code 1'),
    );
    expect(await ask('Promise.reject(new Error("no"))')).toEqual(failed('ended with code 1'));
    expect(await ask('process.kill(process.pid, "SIGKILL")')).toEqual(failed('ended early (SIGKILL)'));
  });

  test('that says nothing for too long is silent, and ended', async () => {
    const pid = join(folder, 'pid');
    const script = `require('fs').writeFileSync(${JSON.stringify(pid)}, String(process.pid)); setInterval(() => {}, 9e4)`;
    expect(await ask(script, 'linux', 1_000)).toEqual({ answer: 'silent' });
    await waitFor('the child is gone', () => !existsSync(`/proc/${readFileSync(pid, 'utf8')}/exe`));
  });

  test('gets the job as one argument, and no more of the environment than a dialog needs', async () => {
    process.env.NODE_OPTIONS = '--no-such-option';
    process.env.SECRET = 'x';
    process.env.DISPLAY ??= ':0';
    try {
      const names = 'Object.keys(process.env).sort().join()';
      const script = `${print('')}; const said = [process.argv[2], process.cwd(), ${names}].join('|');
        process.stdout.write(JSON.stringify({ stdout: '', stderr: '', error: { message: said } }))`;
      const told = (await ask(script)) as { detail: string };
      const [job, cwd, env = ''] = told.detail.split('|');
      expect(JSON.parse(job ?? '')).toEqual({ command: `/opt/helper ${PLAN.token} 1>&2` });
      expect(cwd).toBe('/');
      expect(env.split(',')).toEqual(expect.arrayContaining(['DISPLAY', 'ELECTRON_RUN_AS_NODE']));
      expect(env).not.toMatch(/SECRET|NODE_OPTIONS|PATH\b(?!_)/);
    } finally {
      delete process.env.NODE_OPTIONS;
      delete process.env.SECRET;
    }
  });

  describe('on a Mac', () => {
    const NOT_STARTED = [
      'Command failed: ./applet\nsh: ./applet: Operation not permitted',
      'Command failed: /usr/bin/unzip -o "/tmp/x.zip"',
      'Command failed: /usr/bin/defaults write "/tmp/x"',
      "EACCES: permission denied, mkdir '/tmp/x'",
      'spawn /bin/sh ENOENT',
    ];
    const OTHERS = [
      WORDS.refused,
      'Command failed: ./applet\nexecution error: User canceled. (-128)',
      `Command failed: /opt/helper ${PLAN.token} 1>&2\n`,
      'Command failed: /bin/rm -rf "/tmp/x"',
      "EACCES: permission denied, open '/tmp/x/stdout'",
    ];
    const cases = [
      ...NOT_STARTED.map(message => [message, 1] as const),
      ...OTHERS.map(message => [message, 0] as const),
    ];

    test.each(cases)('%j: asked another way %i times', async (message, times) => {
      let asked = 0;
      const fallback: Elevator = {
        run: async plan => {
          asked += 1;
          expect(plan).toBe(PLAN);
          return DONE;
        },
      };
      const answer = await ask(
        print(JSON.stringify({ stdout: '', stderr: '', error: { message } })),
        'darwin',
        undefined,
        fallback,
      );
      expect(asked).toBe(times);
      if (times > 0) expect(answer).toEqual(DONE);
      else expect(['declined', 'failed']).toContain(answer.answer);
      if (message === WORDS.refused) expect(answer).toEqual({ answer: 'declined' });
    });
  });
});

const isRoot = process.platform === 'linux' && process.geteuid?.() === 0;

describe.skipIf(!isRoot)('the library itself, on a desktop with a fake pkexec (needs root, to make one)', () => {
  let root: string;
  beforeEach(() => {
    root = join(folder, 'root');
    mkdirSync(root);
    writeFileSync(join(root, '.bashrc'), `echo a noisy root shell\ntouch '${folder}/was-noisy'\n`);
    mkdirSync(join(folder, 'gone $(touch ran)'));
  });

  /** Runs a command as pkexec does: in root's home, with an environment of its own. */
  const GRANTS = 'cd /root && shift && exec env -i HOME=/root PATH=/usr/bin:/bin USER=root "$@"';
  const error = (message: string) => `echo 'Error executing command as another user: ${message}' >&2`;

  async function ask(pkexec: string, helper = `process.exit(1)`, gone?: string): Promise<unknown> {
    const fake = pkexec && join(folder, 'pkexec');
    if (fake) writeFileSync(fake, `#!/bin/sh\necho "$@" >>'${folder}/asked'\n${pkexec}\n`);
    writeFileSync(join(folder, 'helper.cjs'), helper);
    const job = { program: [process.execPath, join(folder, 'helper.cjs')], nonce: NONCE, gone };
    const desktop = [join(import.meta.dirname, 'desktop.sh'), fake, root];
    const args = [
      '--mount',
      '/bin/sh',
      ...desktop,
      process.execPath,
      join(import.meta.dirname, 'ask.ts'),
      JSON.stringify(job),
    ];
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    execFile('unshare', args, { cwd: gone ?? '/', env: { ...process.env, TMPDIR: folder } }, (problem, stdout) =>
      problem ? reject(problem) : resolve(stdout),
    );
    return JSON.parse(await promise);
  }

  const says = (line: string, code: number) => `console.log(${JSON.stringify(line)}); process.exitCode = ${code}`;
  const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');

  test('granted: the answer is found behind what root’s shell says', async () => {
    expect(await ask(GRANTS, says(`${NONCE} {"outcome":"done"}`, 0))).toEqual(DONE);
    expect(existsSync(join(folder, 'was-noisy'))).toBe(true);
    const helper = `${process.execPath} ${join(folder, 'helper.cjs')} ${PLAN.token} 1>&2`;
    expect(asked()).toEqual([`--disable-internal-agent /bin/bash -c echo SUDOPROMPT; ${helper}`]);
  });

  test('granted, and the helper fails: its answer, not a refusal', async () => {
    expect(await ask(GRANTS, says(CHANGED, 75))).toEqual(CHANGED_ANSWER);
  });

  test('granted, and the helper does not start', async () => {
    expect(await ask(GRANTS, 'throw new Error("broken")')).toMatchObject({
      answer: expect.stringMatching(/failed|declined/),
    });
  });

  test.each([
    ['dismissed', `${error('Request dismissed')}; exit 126`, { answer: 'declined' }],
    [
      'no agent',
      `${error('No authentication agent found.')}; exit 127`,
      { answer: 'nobody-to-ask', detail: WORDS.noAgent },
    ],
    [
      'not setuid',
      `echo 'pkexec must be setuid root' >&2; exit 127`,
      { answer: 'failed', detail: 'what was started ended with code 127' },
    ],
  ])('%s: asked once', async (_, pkexec, answer) => {
    expect(await ask(pkexec)).toEqual(answer);
    expect(asked()).toHaveLength(1);
  });

  test('no pkexec', async () => {
    expect(await ask('')).toEqual({ answer: 'nobody-to-ask', detail: WORDS.noProgram });
  });

  test('from a folder that was deleted, and has a name that runs a command', async () => {
    const gone = join(folder, 'gone $(touch ran)');
    expect(await ask(GRANTS, says(`${NONCE} {"outcome":"done"}`, 0), gone)).toEqual(DONE);
    expect(existsSync(gone)).toBe(false);
    expect(readdirSync(folder)).not.toContain('ran');
  });
});
