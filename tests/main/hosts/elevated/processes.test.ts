import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { carryOut, type Result } from '../../../../main/hosts/elevated/carry-out.ts';
import { nodeFileSystem } from '../../../../main/hosts/file-system.ts';
import { FULL } from '../../../arbitraries.ts';
import { bindMount } from '../../../faulty-file-system.ts';
import { applyOrder, CLUSTER, forged, OLD, Scene, textWith } from '../../../fixtures/elevated.ts';
import type { Job } from './carry-out-child.ts';
import { expectRecovery, NEW, ORDER } from './recovery.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene(undefined, OLD);
});
afterEach(() => scene.remove());

describe('killed', () => {
  const ways = [false, true].map(inPlace => [inPlace ? 'in place' : 'by rename', inPlace] as const);

  test.each(ways)(
    'at each call, writing %s: the old file, the new one, or one that is put back',
    { timeout: 120_000 },
    async (_, inPlace) => {
      let killAt = 1;
      for (let killed = true; killed; killAt += FULL ? 1 : 23) {
        scene.startOver();
        const { token } = scene.stage(ORDER, NEW);
        const child = start({ home: scene.home, token, killAt, inPlace });
        const [code, signal] = await once(child, 'exit');
        killed = signal === 'SIGKILL';
        expect(killed || code === 0).toBe(true);
        if (!killed) expect(scene.text).toBe(NEW);
        await expectIntact(inPlace);
      }
      expect(killAt).toBeGreaterThan(40);
    },
  );

  test('at any moment', { timeout: 120_000 }, async () => {
    const times = FULL ? 200 : 2;
    for (let n = 0; n < times; n++) {
      scene.startOver();
      const inPlace = n % 2 === 1;
      const child = start({ home: scene.home, token: scene.stage(ORDER, NEW).token, inPlace, waits: true });
      await once(child.stdout, 'data');
      child.stdin.write('go');
      setTimeout(() => child.kill('SIGKILL'), (n / times) * 30);
      await once(child, 'exit');
      await expectIntact(inPlace);
    }
  });

  async function expectIntact(inPlace: boolean): Promise<void> {
    const now = scene.text;
    if (!inPlace) expect([OLD, NEW]).toContain(now);
    // A torn file is put back first, so that the request of who saw the old one goes through.
    await expectRecovery(
      scene,
      inPlace ? bindMount(scene.path) : nodeFileSystem,
      now === NEW ? NEW : await putBack(now, inPlace),
    );
  }

  /** A torn file changes under the eyes of who plans: the first request puts the old text back, the next one is from there. */
  async function putBack(torn: string, inPlace: boolean): Promise<string> {
    if (torn === OLD) return OLD;
    const { token } = scene.stage(ORDER, NEW, torn);
    await carryOut(token, { ...scene.world, fs: inPlace ? bindMount(scene.path) : nodeFileSystem });
    expect(scene.text).toBe(OLD);
    return OLD;
  }
});

describe('two helpers at once', { timeout: 120_000 }, () => {
  const OTHER = applyOrder({ entries: [forged('other.home.lan')] });
  const ROUNDS = FULL ? 30 : 1;

  /** Both are ready before one of them begins. */
  async function race(...tokens: readonly string[]): Promise<readonly Result[]> {
    const children = tokens.map(token => start({ home: scene.home, token, waits: true }));
    const output = children.map(child => readAll(child.stdout));
    await Promise.all(children.map(child => once(child.stdout, 'readable')));
    for (const child of children) child.stdin.write('go');
    return (await Promise.all(output)).map(text => JSON.parse(text.replace('ready\n', '')));
  }

  test('with the same file before their eyes: one writes', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      scene.startOver();
      const after = textWith(OLD, CLUSTER, OTHER.entries);
      const results = await race(scene.stage(ORDER, NEW).token, scene.stage(OTHER, after).token);
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['changed-meanwhile', 'done']);
      expect(scene.text).toBe(results[0]?.outcome === 'done' ? NEW : after);
      expect(readdirSync(join(scene.home, 'etc'))).toEqual(['hosts']);
    }
  });

  test('with the same token: one is refused', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      scene.startOver();
      const { token } = scene.stage(ORDER, NEW);
      const results = await race(token, token);
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused']);
      expect(scene.text).toBe(NEW);
    }
  });
});

function start(job: Job) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'carry-out-child.ts'), JSON.stringify(job)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // Who is killed does not read any more.
  child.stdin.on('error', () => {});
  return child satisfies ChildProcess;
}
