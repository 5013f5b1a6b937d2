import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { listBackups, readBackup } from '../../../../main/hosts/backup.ts';
import { carryOut } from '../../../../main/hosts/elevated/carry-out.ts';
import { type FileSystem, nodeFileSystem } from '../../../../main/hosts/file-system.ts';
import { applyOrder, CLUSTER, forged, OLD, type Scene, textWith } from '../../../fixtures/elevated.ts';

/** A request of some pages, which is made and interrupted over and over. */
export const ORDER = applyOrder({ entries: Array.from({ length: 300 }, (_, n) => forged(`n${n}.home.lan`)) });
export const NEW = textWith(OLD, CLUSTER, ORDER.entries);

/** The next request goes through, from whatever is there; nothing is left behind, and no backup is half of one. */
export async function expectRecovery(scene: Scene, fs: FileSystem, before = scene.text): Promise<void> {
  const { token } = scene.stage(ORDER, NEW, before);
  const { outcome } = await carryOut(token, { ...scene.world, fs });
  expect(outcome).toBe(before === NEW ? 'no-change' : 'done');
  expect(scene.text).toBe(NEW);
  expect(readdirSync(join(scene.home, 'etc'))).toEqual(['hosts']);
  for (const place of [scene.world.places.lock, scene.world.places.journal]) expect(existsSync(place)).toBe(false);
  for (const { id } of listBackups(scene.world.places.backups, nodeFileSystem)) {
    expect(readBackup(scene.world.places.backups, id, nodeFileSystem)?.text).toBe(OLD);
  }
}
