import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OLD, Scene } from '../../../fixtures/elevated.ts';

/*
 * The program itself, as an ordinary user only: as root it would write this computer's own hosts file.
 */

const HELPER = join(import.meta.dirname, '../../../../main/hosts/elevated/helper.ts');
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** Exit codes of sysexits.h. */
const [USAGE, NOT_PERMITTED] = [64, 77];

let scene: Scene;
beforeEach(() => {
  scene = new Scene(undefined, OLD);
});
afterEach(() => scene.remove());

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [HELPER, ...args], {
    ...{ ...user, env, cwd: '/', encoding: 'utf8', timeout: 20_000 },
  });
  return { status, signal, stdout, stderr };
}

describe.skipIf(process.platform === 'win32')(
  'the helper without administrator rights (needs users as POSIX has them)',
  () => {
    test('does nothing, and says so on one line that begins with the nonce', () => {
      const { token, nonce } = scene.stageApply();
      const system = readFileSync('/etc/hosts', 'latin1');
      const { stdout, ...rest } = run([token]);
      expect(rest).toEqual({ status: NOT_PERMITTED, signal: null, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^${nonce} \\{.*\\}\\n$`));
      expect(JSON.parse(stdout.slice(nonce.length))).toMatchObject({ outcome: 'not-permitted' });
      expect(readFileSync('/etc/hosts', 'latin1')).toBe(system);
      expect(scene.text).toBe(OLD);
    });

    test('whatever the environment says of who asks', () => {
      const env = { PKEXEC_UID: '0', SUDO_UID: '0', HOME: '/root', USER: 'root' };
      expect(run([scene.stageApply().token], env)).toMatchObject({ status: NOT_PERMITTED });
    });

    test.each([
      ['no argument', []],
      ['an empty one', ['']],
      ['a path', ['/etc/hosts']],
      ['a text with an answer’s look', ['0123456789abcdef0123456789abcdef {"outcome":"done"}']],
    ])('%s is no request', (_, args) => {
      expect(run(args)).toEqual({
        status: USAGE,
        signal: null,
        stdout: '',
        stderr: expect.stringMatching(/^Usage: .*\n$/),
      });
    });

    test('nor are two, nor a token and a word', () => {
      const { token } = scene.stageApply();
      for (const args of [
        [token, token],
        [token, '/etc/passwd'],
        [token, ''],
      ]) {
        expect(run(args)).toMatchObject({ status: USAGE, stdout: '' });
      }
    });
  },
);
