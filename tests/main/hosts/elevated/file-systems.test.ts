import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, type TestContext, test } from 'vitest';
import type { Result } from '../../../../main/hosts/elevated/carry-out.ts';
import { applyOrder, forged, OLD, Scene, textWith } from '../../../fixtures/elevated.ts';

/*
 * Real file systems that refuse: the scene's folders are mounted in a mount namespace of their own, the helper's work is
 * done in there by a process of its own, and the file is read from there.
 */

const ORDER = applyOrder({ entries: Array.from({ length: 4000 }, (_, n) => forged(`name-${n}.home.lan`)) });
const NEW = textWith(OLD, ORDER.cluster, ORDER.entries);

const isRoot = process.getuid?.() === 0;
const UNSHARE = isRoot ? '-m' : '-Urm';
const CHILD = join(import.meta.dirname, 'carry-out-child.ts');

/** $1 is the scene's folder; what follows it is the helper's command. The file and what is beside it are told on fd 2. */
const inside = (mounts: string) => `cd "$1"
${mounts}
shift
"$@"
cat etc/hosts >&2
printf "\\0" >&2
ls -A etc >&2`;

const missing = whatIsMissing();

function whatIsMissing(): string {
  if (process.platform !== 'linux') return 'it needs Linux';
  const { status, error, stderr } = spawnSync('unshare', [UNSHARE, 'mount', '-t', 'tmpfs', 'none', '/tmp'], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : `it needs mount namespaces: ${error?.message ?? stderr.trim()}`;
}

const reason = missing === '' ? '' : ` (skipped: ${missing})`;

let scene: Scene;
beforeEach(() => {
  scene = new Scene(undefined, OLD);
});
afterEach(() => scene.remove());

/** What the helper says where these mounts are, and the hosts file that is there then. */
function askInside(
  mounts: string,
  token = scene.stageApply(ORDER).token,
): { result: Result; text: string; beside: readonly string[] } {
  const job = JSON.stringify({ home: scene.home, token });
  const args = [UNSHARE, 'sh', '-ec', inside(mounts), 'sh', scene.home, process.execPath, CHILD, job];
  const { status, stdout, stderr } = spawnSync('unshare', args, { encoding: 'latin1', timeout: 20_000 });
  expect(status, stderr).toBe(0);
  const [text = '', names = ''] = stderr.split('\0');
  return { result: JSON.parse(stdout), text, beside: names.trim().split('\n') };
}

/** A folder in memory with what was there, filled up but for some KiB. */
const fullDisk = (folder: string, freeKiB: number) => `mkdir -p ${folder} was && cp -a ${folder}/. was/
mount -t tmpfs -o size=1m none ${folder}
cp -a was/. ${folder}/
dd if=/dev/zero of=${folder}/ballast bs=1k count=$(( $(df -k --output=avail ${folder} | tail -1) - ${freeKiB} )) 2>/dev/null`;

const NO_SPACE = {
  outcome: 'failed',
  message: expect.stringMatching(/^There is no space left to write .*as it was\.$/),
};
const READ_ONLY = {
  outcome: 'not-permitted',
  message: expect.stringMatching(/is on a read-only file system\. The file is as it was\.$/),
};
const MAY_NOT = {
  outcome: 'not-permitted',
  message: expect.stringMatching(/ may not be written, not even by root\. .*as it was\.$/),
};

describe.skipIf(missing !== '')(`mounts${reason}`, () => {
  test('with room, it works', () => {
    expect(askInside(fullDisk('etc', 512))).toMatchObject({ result: { outcome: 'done' }, text: NEW });
  });

  test.each([0, 64])('the disk of the hosts file is full but for %d KiB', free => {
    expect(NEW.length).toBeGreaterThan(64 * 1024);
    expect(askInside(fullDisk('etc', free))).toMatchObject({
      result: NO_SPACE,
      text: OLD,
      beside: ['ballast', 'hosts'],
    });
  });

  test('a hosts file that is a mount is written in place', () => {
    const { ino } = lstatSync(scene.path);
    expect(askInside('mount --bind etc/hosts etc/hosts')).toMatchObject({ result: { outcome: 'done' }, text: NEW });
    expect(lstatSync(scene.path).ino).toBe(ino);
    expect(readdirSync(join(scene.home, 'state'))).not.toContain('journal');
  });

  test('a hosts file that is a mount on a full disk: what was half written is put back', () => {
    const mounts = `mkdir host && cp etc/hosts host/hosts
${fullDisk('host', 8)}
mount --bind host/hosts etc/hosts`;
    expect(askInside(mounts)).toMatchObject({ result: NO_SPACE, text: OLD });
  });

  test('a read-only folder', () => {
    const mounts = 'mount --bind etc etc && mount -o remount,bind,ro etc';
    expect(askInside(mounts)).toMatchObject({ result: READ_ONLY, text: OLD, beside: ['hosts'] });
  });

  test('a read-only mount that is the file itself', () => {
    const mounts = 'mount --bind etc/hosts etc/hosts && mount -o remount,bind,ro etc/hosts';
    expect(askInside(mounts)).toMatchObject({ result: READ_ONLY, text: OLD });
  });

  test('no room for the backup: nothing is written', () => {
    expect(askInside(`mkdir -p state/backups\n${fullDisk('state/backups', 0)}`)).toMatchObject({
      result: NO_SPACE,
      text: OLD,
    });
  });

  test('a read-only folder for the backup: nothing is written', () => {
    const mounts =
      'mkdir -p state/backups && mount --bind state/backups state/backups && mount -o remount,bind,ro state/backups';
    const { result, text } = askInside(mounts);
    expect(result.outcome).toBe('not-permitted');
    expect(text).toBe(OLD);
  });
});

describe('what may not be changed', () => {
  function flag(context: TestContext, which: string, path: string): void {
    try {
      execFileSync('/usr/bin/chattr', [`+${which}`, path], { stdio: 'pipe' });
    } catch (error) {
      context.skip(`chattr +${which} is not possible here: ${String(error)}`);
    }
  }
  const flags = (path: string) => execFileSync('/usr/bin/lsattr', ['-d', path], { encoding: 'utf8' }).split(' ')[0];

  test('an immutable file stays what it is, and immutable', async context => {
    flag(context, 'i', scene.path);
    try {
      const { token } = scene.stageApply();
      expect(await scene.ask(token)).toMatchObject(MAY_NOT);
      expect(scene.text).toBe(OLD);
      expect(flags(scene.path)).toContain('i');
      expect(readdirSync(join(scene.home, 'etc'))).toEqual(['hosts']);
    } finally {
      execFileSync('/usr/bin/chattr', ['-i', scene.path]);
    }
    expect(await scene.ask(scene.stageApply().token)).toMatchObject({ outcome: 'done' });
  });

  test('a file that may only grow', async context => {
    flag(context, 'a', scene.path);
    try {
      expect(await scene.ask(scene.stageApply().token)).toMatchObject(MAY_NOT);
      expect(scene.text).toBe(OLD);
      expect(flags(scene.path)).toContain('a');
    } finally {
      execFileSync('/usr/bin/chattr', ['-a', scene.path]);
    }
  });

  test('in an immutable folder the file is written in place', async context => {
    const etc = join(scene.home, 'etc');
    flag(context, 'i', etc);
    try {
      const { ino } = lstatSync(scene.path);
      const { token } = scene.stageApply(ORDER);
      expect(await scene.ask(token)).toMatchObject({ outcome: 'done' });
      expect(readFileSync(scene.path, 'latin1')).toBe(NEW);
      expect(lstatSync(scene.path).ino).toBe(ino);
      expect(flags(etc)).toContain('i');
    } finally {
      execFileSync('/usr/bin/chattr', ['-i', etc]);
    }
  });
});
