import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listBackups, readBackup } from '../../../main/hosts/backup.ts';
import { carryOut } from '../../../main/hosts/elevated/carry-out.ts';
import { type FileSystem, nodeFileSystem } from '../../../main/hosts/file-system.ts';
import { HostsFile } from '../../../main/hosts/hosts-file.ts';
import { digestOf } from '../../../main/hosts/text.ts';
import { HostsWriter } from '../../../main/hosts/write.ts';
import { windows } from '../../faulty-file-system.ts';
import { applyOrder, CLUSTER, forged, OLD, Scene, textWith } from '../../fixtures/elevated.ts';

const ORDER = applyOrder({ entries: Array.from({ length: 3_000 }, (_, n) => forged(`n${n}.home.lan`)) });
const NEW = textWith(OLD, CLUSTER, ORDER.entries);

let scene: Scene;
beforeEach(() => {
  scene = new Scene(undefined, OLD);
});
afterEach(() => scene.remove());

const open = () => new HostsFile(scene.path, scene.world.places, undefined, windows());

/** The file system up to the first piece of the new text: then this process is as good as dead. */
function dyingFileSystem(): FileSystem {
  let hosts = -1;
  let isDead = false;
  return new Proxy(windows(), {
    get(base, key: keyof FileSystem) {
      const real = base[key];
      if (typeof real !== 'function') return real;
      return (...args: unknown[]) => {
        if (isDead) throw new Error('dead');
        const result: unknown = Reflect.apply(real, base, args);
        if (key === 'openSync' && args[0] === scene.path) hosts = Number(result);
        isDead = key === 'writeSync' && args[0] === hosts && args[4] === 0 && existsSync(scene.world.places.journal);
        return result;
      };
    },
  });
}

/** A write in place that was cut off after its first piece, so that the block has a beginning and no end. */
async function cutOff(): Promise<void> {
  const { path, world } = scene;
  await new HostsWriter(path, world.places, dyingFileSystem()).write(digestOf(OLD), NEW);
  expect(scene.text).toBe(NEW.slice(0, 64 * 1024));
  expect(existsSync(world.places.journal)).toBe(true);
}

/** The same after a power cut: the file had its new length already, and the pages were not written. */
async function lose(): Promise<void> {
  await cutOff();
  scene.write(`${NEW.slice(0, 4096)}${'\0'.repeat(NEW.length - 4096)}`);
}

describe.each(Object.entries({ 'cut off': cutOff, 'zero-filled': lose }))('a file that is %s', (_, harm) => {
  beforeEach(harm);

  test('is put back before it is read', () => {
    const file = open();
    const found = file.read();
    expect(found).toMatchObject({ state: 'ok', text: OLD });
    expect(scene.text).toBe(OLD);
    expect(existsSync(scene.world.places.journal)).toBe(false);
  });

  test('is put back under the eyes of a program that had it open', () => {
    const torn = scene.text;
    const journal = readFileSync(scene.world.places.journal);
    scene.write(OLD);
    const file = open();
    expect(file.read()).toMatchObject({ text: OLD });
    scene.write(torn);
    mkdirSync(dirname(scene.world.places.journal), { recursive: true });
    writeFileSync(scene.world.places.journal, journal);
    expect(file.read()).toMatchObject({ text: OLD });
  });

  test('is put back by the helper, whatever it is asked', async () => {
    const world = { ...scene.world, fs: windows() };
    const torn = scene.text;
    const answer = await carryOut(scene.stage(ORDER, NEW, torn).token, world);
    expect(answer).toMatchObject({ outcome: 'changed-meanwhile' });
    expect(scene.text).toBe(OLD);
    expect(await carryOut(scene.stage(ORDER, NEW).token, world)).toEqual({ outcome: 'done' });
  });

  test('is left alone while another process writes it', () => {
    const torn = scene.text;
    const { lock } = scene.world.places;
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'latin1');
    writeFileSync(lock, `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`);
    open().read();
    expect(scene.text).toBe(torn);
    rmSync(lock);
    expect(open().read()).toMatchObject({ text: OLD });
  });
});

describe('a backup over what is no text', () => {
  const TORN = `${OLD}\0\0\0`;

  test('is written, and what was there is kept as it was', async () => {
    const { path, world } = scene;
    scene.write(TORN);
    const file = new HostsFile(path, world.places);
    expect(file.read()).toMatchObject({ state: 'refused', reason: 'not-text' });
    const order = { op: 'restore', backup: '' } as const;
    expect(await file.write({ before: digestOf(TORN), text: OLD, order })).toEqual({ outcome: 'done' });
    expect(scene.text).toBe(OLD);
    const [backup] = listBackups(world.places.backups, nodeFileSystem);
    expect(readBackup(world.places.backups, backup?.id ?? '', nodeFileSystem)?.text).toBe(TORN);
  });

  test('by the helper, too; any other order is refused', async () => {
    expect(await carryOut(scene.stageApply().token, scene.world)).toEqual({ outcome: 'done' });
    const [backup] = listBackups(scene.world.places.backups, nodeFileSystem);
    scene.write(TORN);
    const remove = scene.stage({ op: 'remove', cluster: undefined }, OLD);
    expect(await carryOut(remove.token, scene.world)).toMatchObject({ outcome: 'failed' });
    const restore = scene.stage({ op: 'restore', backup: backup?.id ?? '' }, OLD);
    expect(await carryOut(restore.token, scene.world)).toEqual({ outcome: 'done' });
    expect(scene.text).toBe(OLD);
  });
});
