import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, findResult } from '../../../../main/hosts/elevation/elevator.ts';
import { Osascript } from '../../../../main/hosts/elevation/osascript.ts';
import { explainExit, Pkexec } from '../../../../main/hosts/elevation/pkexec.ts';
import { waitFor } from '../../../wait-for.ts';

const NONCE = '0123456789abcdef0123456789abcdef';
const TOKEN = 'WzEsImFwcGx5Il0_-a';
const PLAN = { token: TOKEN, nonce: NONCE, path: '/nowhere' };
const DONE = `${NONCE} {"outcome":"done"}`;
const ERROR = 'Error executing command as another user: ';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pkexec-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that writes down how it was started, and then does as told. */
function fake(script: string): string {
  const file = join(folder, 'fake');
  const look = `pwd >'${folder}/cwd'; env >'${folder}/env'; for w; do printf '%s\\0' "$w"; done >'${folder}/argv'`;
  writeFileSync(file, `#!/bin/sh\n${look}\n${script}\n`, { mode: 0o755 });
  return file;
}

const written = (name: string) => readFileSync(join(folder, name), 'utf8');

const run = (script: string, program = ['/opt/helper'] as const, patience?: number) =>
  new Pkexec(fake(script), program, patience).run(PLAN);

describe('pkexec', () => {
  test('is started without a shell, in /, with nothing of the environment', async () => {
    process.env.SHELL = '/opt/odd shell';
    const program = ['/opt/a b\'"$(id)`id`\n/node', 'ELECTRON_RUN_AS_NODE=1', '&%é'] as const;
    expect(await new Pkexec(fake(`echo '${DONE}'`), program).run(PLAN)).toEqual({
      answer: 'result',
      result: { outcome: 'done' },
    });
    expect(written('argv').split('\0')).toEqual(['--disable-internal-agent', ...program, TOKEN, '']);
    expect(written('cwd')).toBe('/\n');
    // What is left is dash's own.
    expect(written('env')).toMatch(/^(?:PWD=.*\n|OLDPWD=.*\n|SHLVL=.*\n|_=.*\n)*$/);
  });

  test.each<[string, Answer]>([
    [`echo '${ERROR}Request dismissed' >&2; exit 126`, { answer: 'declined' }],
    [`echo '${ERROR}Not authorized' >&2; exit 127`, { answer: 'declined' }],
    [
      `echo '${ERROR}No authentication agent found.' >&2; exit 127`,
      { answer: 'nobody-to-ask', detail: `${ERROR}No authentication agent found.` },
    ],
    [`printf 'odd \\033[2J\\n' >&2; exit 9`, { answer: 'failed', detail: 'odd ?[2J' }],
    ['exit 9', { answer: 'failed', detail: 'ended with code 9' }],
    ['exit 0', { answer: 'failed', detail: 'ended with code 0' }],
    ['kill -9 $$', { answer: 'failed', detail: 'ended early (SIGKILL)' }],
    [`echo '${NONCE.replace('0', '1')} {"outcome":"done"}'`, { answer: 'failed', detail: 'ended with code 0' }],
    [
      `echo '${NONCE} {"outcome":"refused","message":"No.","hint":"Try."}'; exit 65`,
      { answer: 'result', result: { outcome: 'refused', message: 'No.', hint: 'Try.' } },
    ],
  ])('%s', async (script, answer) => {
    expect(await run(script)).toEqual(answer);
  });

  test('the answer is found by its nonce alone, in whatever a shell of root says', async () => {
    const noise = `printf 'welcome {"outcome":"failed"}\\nno newline, then '; echo '${DONE}'; echo 'bye'`;
    expect(await run(noise)).toEqual({ answer: 'result', result: { outcome: 'done' } });
    const long = `head -c 3000000 /dev/zero | tr '\\0' x; echo; echo '${DONE}'; exit 3`;
    expect(await run(long)).toEqual({ answer: 'result', result: { outcome: 'done' } });
  });

  test('one that says nothing for too long is silent, and ended', async () => {
    // A busy computer may not have started it by then.
    for (let patience = 100; !existsSync(join(folder, 'pid')); patience *= 2)
      expect(
        await run(
          `echo $$ >'${folder}/pid.new'; mv '${folder}/pid.new' '${folder}/pid'; exec sleep 60`,
          ['/opt/helper'],
          patience,
        ),
      ).toEqual({
        answer: 'silent',
      });
    const pid = Number(written('pid'));
    await waitFor('the program is gone', () => !existsSync(`/proc/${pid}/exe`));
  });

  test('one that does not let itself be ended keeps nobody', async () => {
    const script = `echo $$ >'${folder}/pid'; trap '' TERM; exec sleep 60`;
    const run = pathToFileURL(join(import.meta.dirname, '../../../../main/hosts/elevation/run.ts'));
    const ask = `import { runPatiently } from '${run}';
      await runPatiently('/bin/sh', ['-c', ${JSON.stringify(script)}], { env: {}, patience: 500 });`;
    const caller = spawn(process.execPath, ['--input-type=module', '-e', ask], { stdio: 'inherit' });
    expect(await once(caller, 'exit')).toEqual([0, null]);
    try {
      process.kill(Number(written('pid')), 'SIGKILL');
    } catch {}
  });

  test('one that is not there has failed', async () => {
    expect(await new Pkexec(join(folder, 'none'), ['/opt/helper']).run(PLAN)).toEqual({
      answer: 'failed',
      detail: 'ended early (ENOENT)',
    });
  });
});

test.each([
  [126, '', { answer: 'declined' }],
  [126, `${ERROR}No authentication agent found.`, { answer: 'declined' }],
  [127, `${ERROR}Not authorized\n\nThis incident has been reported.`, { answer: 'declined' }],
  // Nobody was asked: pkexec did not like the environment, or cannot do anything here.
  ...[
    'The value for the SHELL variable was not found in the /etc/shells file\n\nThis incident has been reported.',
    'pkexec must be setuid root',
    `${ERROR}No authentication agent found.`,
    'Error getting authority: Could not connect: No such file or directory',
  ].map(said => [127, said, { answer: 'nobody-to-ask', detail: said.split('\n')[0] }] as const),
  [0, 'x\ny', { answer: 'failed', detail: 'x' }],
  [undefined, 'ended early (SIGTERM)', { answer: 'failed', detail: 'ended early (SIGTERM)' }],
] as const)('exit %j, %j', (code, said, answer) => {
  expect(explainExit(code, said)).toEqual(answer);
});

describe('the helper’s line', () => {
  test.each([
    '',
    NONCE,
    `${NONCE} `,
    `${NONCE} {`,
    `${NONCE} null`,
    `${NONCE} {"outcome":"declined"}`,
    `${NONCE} {}`,
    `${NONCE} {"outcome":"failed"}`,
    `${NONCE} {"outcome":"failed","message":1,"hint":""}`,
    `{"outcome":"done"} ${NONCE}`,
  ])('%j is none', said => {
    expect(findResult(said, NONCE)).toBeUndefined();
  });

  test('may end with a carriage return', () => {
    expect(findResult(`x\r\n${DONE}\r\ny`, NONCE)).toEqual({ outcome: 'done' });
  });
});

describe('osascript (a fake; never run on a Mac)', () => {
  const ask = (script: string) => new Osascript(['/opt/My Node/node', '/opt/helper.cjs'], fake(script)).run(PLAN);

  test('gets one script as one argument', async () => {
    expect(await ask(`echo '${DONE}'`)).toEqual({ answer: 'result', result: { outcome: 'done' } });
    const [flag, script, ...more] = written('argv').split('\0');
    expect([flag, more, written('cwd')]).toEqual(['-e', [''], '/\n']);
    expect(script).toContain(`"'/opt/My Node/node' /opt/helper.cjs ${TOKEN}; true"`);
  });

  test.each<[string, Answer]>([
    ['0:120: execution error: Annullato dall’utente. (-128)', { answer: 'declined' }],
    [
      'execution error: No user interaction allowed. (-1713)',
      { answer: 'nobody-to-ask', detail: 'execution error: No user interaction allowed. (-1713)' },
    ],
    ['syntax error: (-2741)', { answer: 'failed', detail: 'syntax error: (-2741)' }],
    ['', { answer: 'failed', detail: 'ended with code 1' }],
  ])('%j', async (said, answer) => {
    expect(await ask(`printf '%s\\n' '${said}' >&2; exit 1`)).toEqual(answer);
  });
});
