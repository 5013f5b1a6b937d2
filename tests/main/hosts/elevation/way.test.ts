import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gatherFacts, hasSession, isWritable, packagingOf } from '../../../../main/hosts/elevation/facts.ts';
import { WRAPPER } from '../../../../main/hosts/elevation/program.ts';
import { chooseWay, type Facts, type Way } from '../../../../main/hosts/elevation/way.ts';

/** An ordinary desktop: each row of a table says what is other there. */
const FACTS: Facts = {
  platform: 'linux',
  writable: false,
  system: true,
  packaging: undefined,
  session: true,
  pkexec: 'ready',
  kdesudo: false,
  oddPath: undefined,
  starts: WRAPPER,
};

const ODD = '/home/jürgen/helper.cjs';

const PLATFORMS = ['linux', 'darwin', 'win32'] as const;

/** Every combination of facts. */
const ALL: readonly Facts[] = PLATFORMS.flatMap(platform =>
  ([undefined, 'AppImage', 'Flatpak', 'Snap'] as const).flatMap(packaging =>
    (['ready', 'not-setuid', 'absent'] as const).flatMap(pkexec =>
      Array.from({ length: 32 }, (_, bits) => ({
        platform,
        packaging,
        pkexec,
        writable: (bits & 1) > 0,
        system: (bits & 2) > 0,
        session: (bits & 4) > 0,
        kdesudo: (bits & 8) > 0,
        oddPath: (bits & 16) > 0 ? undefined : ODD,
        starts: '/usr/bin/node',
      })),
    ),
  ),
);

const asks = (named: string) => `Your system asks for an administrator’s password; its dialog names ${named}.`;
const HELPER = asks('the helper of Cluster Hosts');
const byHand = (why: string) => `You start the last step in a terminal: ${why}.`;
const NO_SESSION = byHand('there is no desktop session in which somebody could be asked');
const ODD_PATHS = byHand('the path /home/j?rgen/helper.cjs has unusual characters');
const NOT_OURS = 'This user may not write it, and it is not this computer’s own file.';

describe('the way', () => {
  test.each<[Partial<Facts>, Way['way'], Way['by'], string]>([
    [{ writable: true }, 'direct', 'this-user', 'This user may write it.'],
    [{ writable: true, system: false, session: false }, 'direct', 'this-user', 'This user may write it.'],
    [{ system: false }, 'manual', 'nobody', NOT_OURS],
    [
      { packaging: 'AppImage' },
      'manual',
      'hand',
      byHand('a program in an AppImage cannot be started with more rights'),
    ],
    [{ packaging: 'Flatpak' }, 'manual', 'hand', byHand('a program in a Flatpak cannot be started with more rights')],
    [{ packaging: 'Snap' }, 'manual', 'hand', byHand('a program in a Snap cannot be started with more rights')],
    [{ oddPath: ODD }, 'prompt', 'pkexec', HELPER],
    [{ starts: '/usr/bin/env' }, 'prompt', 'pkexec', asks('/usr/bin/env')],
    [{ starts: '/home/ann/node', pkexec: 'absent' }, 'manual', 'hand', byHand('pkexec is not installed')],
    [{ oddPath: ODD, pkexec: 'absent', kdesudo: true }, 'manual', 'hand', ODD_PATHS],
    [{ session: false }, 'manual', 'hand', NO_SESSION],
    [{}, 'prompt', 'pkexec', HELPER],
    [{ kdesudo: true }, 'prompt', 'pkexec', HELPER],
    [{ pkexec: 'absent', kdesudo: true }, 'prompt', 'sudo-prompt', asks('/bin/bash')],
    [{ pkexec: 'not-setuid', kdesudo: true }, 'prompt', 'sudo-prompt', asks('/bin/bash')],
    [{ pkexec: 'absent' }, 'manual', 'hand', byHand('pkexec is not installed')],
    [{ pkexec: 'not-setuid' }, 'manual', 'hand', byHand('pkexec is not setuid root here')],
    [{ platform: 'darwin', pkexec: 'absent' }, 'prompt', 'sudo-prompt', asks('Cluster Hosts')],
    [{ platform: 'darwin', session: false }, 'manual', 'hand', NO_SESSION],
    [{ platform: 'darwin', oddPath: ODD }, 'manual', 'hand', ODD_PATHS],
    [{ platform: 'darwin', system: false }, 'manual', 'nobody', NOT_OURS],
    [{ platform: 'win32', pkexec: 'absent' }, 'prompt', 'sudo-prompt', asks('Windows Command Processor')],
    [{ platform: 'win32', session: false }, 'manual', 'hand', NO_SESSION],
    [{ platform: 'win32', oddPath: ODD }, 'manual', 'hand', ODD_PATHS],
    [{ platform: 'win32', writable: true }, 'direct', 'this-user', 'This user may write it.'],
  ])('%j: %s, by %s', (other, way, by, reason) => {
    expect(chooseWay({ ...FACTS, ...other })).toEqual({ way, by, reason });
  });

  test.each(PLATFORMS)('every combination on %s: one way, and nobody is asked in vain', platform => {
    const by = { direct: ['this-user'], prompt: ['pkexec', 'sudo-prompt'], manual: ['hand', 'nobody'] };
    for (const facts of ALL.filter(one => one.platform === platform)) {
      const found = chooseWay(facts);
      expect(by[found.way], JSON.stringify(facts)).toContain(found.by);
      expect(found.reason).toMatch(/^[A-Z].*\.$/);
      expect(found.way === 'direct').toBe(facts.writable);
      if (found.way === 'prompt') {
        expect(facts).toMatchObject({ writable: false, system: true, session: true });
        if (found.by !== 'pkexec') expect(facts.oddPath).toBeUndefined();
        expect(facts.packaging).toBeUndefined();
      }
      if (found.by === 'pkexec') expect(facts).toMatchObject({ platform: 'linux', pkexec: 'ready' });
      if (found.by === 'nobody') expect(facts.system).toBe(false);
    }
  });
});

describe('the facts', () => {
  test('a package is what this program runs in, not what the terminal came from', () => {
    const packaged = ['/tmp/.mount_abc/cluster-hosts', '/tmp/.mount_abc/helper.cjs'] as const;
    const env = { APPIMAGE: '/home/me/App.AppImage', APPDIR: '/tmp/.mount_abc' };
    expect(packagingOf(packaged, env)).toBe('AppImage');
    expect(packagingOf(['/usr/bin/node', '/opt/helper.cjs'], env)).toBeUndefined();
    expect(packagingOf(['/snap/cluster-hosts/1/node'], { SNAP: '/snap/cluster-hosts/1' })).toBe('Snap');
    expect(packagingOf(['/usr/bin/node'], { SNAP: '/snap/code/1' })).toBeUndefined();
    expect(packagingOf(['/snap/cluster-hosts/11/node'], { SNAP: '/snap/cluster-hosts/1' })).toBeUndefined();
    expect(packagingOf(['/app/bin/node'], { FLATPAK_ID: 'org.example' })).toBe('Flatpak');
    expect(packagingOf(['/usr/bin/node'], {})).toBeUndefined();
  });

  test('a session is a screen', () => {
    expect(hasSession('linux', {})).toBe(false);
    expect(hasSession('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasSession('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    for (const platform of ['darwin', 'win32'] as const) {
      expect(hasSession(platform, {})).toBe(true);
      expect(hasSession(platform, { SSH_CONNECTION: '10.0.0.2 50000 10.0.0.1 22' })).toBe(false);
    }
  });

  test('a path that is odd is told', () => {
    const facts = (program: readonly [string, ...string[]]) => gatherFacts('/etc/hosts', true, program, {});
    expect(facts(['/usr/bin/node', '/opt/helper.cjs']).starts).toBe('/usr/bin/node');
    expect(facts(['/usr/bin/node', '/opt/Cluster Hosts/helper.cjs']).oddPath).toBeUndefined();
    expect(facts(['/usr/bin/node', "/home/o'brien/helper.cjs"]).oddPath).toBe("/home/o'brien/helper.cjs");
  });

  test('on Windows a file is writable where it can be opened for it, since the question alone is always answered yes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'way-'));
    // Of a program that runs, Linux too says that it may be written, and lets nobody open it.
    const program = join(folder, 'sleep');
    copyFileSync('/bin/sleep', program);
    chmodSync(program, 0o755);
    expect([isWritable(program, 'win32'), isWritable(join(folder, 'none'), 'win32')]).toEqual([true, true]);
    const child = spawn(program, ['60']);
    await once(child, 'spawn');
    expect([isWritable(program, 'win32'), isWritable(program, 'linux')]).toEqual([false, true]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(folder, { recursive: true });
    expect([isWritable(program, 'win32'), isWritable(program, 'linux')]).toEqual([false, false]);
  });
});
