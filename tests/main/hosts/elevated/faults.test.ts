import { afterEach, beforeEach, expect, test } from 'vitest';
import { carryOut } from '../../../../main/hosts/elevated/carry-out.ts';
import { type FileSystem, nodeFileSystem } from '../../../../main/hosts/file-system.ts';
import { FULL } from '../../../arbitraries.ts';
import { bindMount, type Fault, faultyFileSystem, windows } from '../../../faulty-file-system.ts';
import { OLD, Scene } from '../../../fixtures/elevated.ts';
import { expectRecovery, NEW, ORDER } from './recovery.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene(undefined, OLD);
});
afterEach(() => scene.remove());

const CODES = ['ENOSPC', 'EIO', 'EACCES', 'EPERM', 'EBUSY', 'EROFS', 'EMFILE'];
const FAULTS: readonly Fault[] = [
  ...CODES.map(code => ({ code, when: 'before' }) as const),
  ...(FULL ? CODES : ['EIO']).map(code => ({ code, when: 'after' }) as const),
  { code: 'short', when: 'before' },
];
const WAYS: Readonly<Record<string, () => FileSystem>> = {
  'by rename': () => nodeFileSystem,
  'in place (bind mount)': () => bindMount(scene.path),
  'in place (Windows)': windows,
};

/** In the short form the ways but the first have fewer faults, and most faults come at each eleventh call. */
const FAULTS_BY_WAY = Object.keys(WAYS).flatMap((way, index) =>
  FAULTS.filter(({ code }) => FULL || index === 0 || code === 'ENOSPC' || code === 'short').map(
    fault => [fault.code, fault.when, way, fault] as const,
  ),
);
const stepOf = ({ code, when }: Fault) => (FULL || (code === 'EIO' && when === 'before') ? 1 : 11);

test.each(FAULTS_BY_WAY)(
  'each call fails once with %s (%s), written %s: the old file or the new one',
  async (_, __, name, fault) => {
    const way = (WAYS[name] ?? windows)();
    const step = stepOf(fault);
    let most = 0;
    for (let at = 1 + (FAULTS.indexOf(fault) % step); at <= most + step; at += step) {
      scene.startOver();
      const { token } = scene.stage(ORDER, NEW);
      const { fs, calls } = faultyFileSystem(at, fault, way);
      const answer = await carryOut(token, { ...scene.world, fs }).catch((error: Error) => error.message);
      if (typeof answer === 'string') expect(answer).toContain('injected');
      const isDone = typeof answer !== 'string' && answer.outcome === 'done';
      expect(scene.text).toBe(isDone || scene.text === NEW ? NEW : OLD);
      await expectRecovery(scene, way);
      most = Math.max(most, calls());
    }
    expect(most).toBeGreaterThan(40);
  },
);
