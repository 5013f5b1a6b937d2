import { existsSync, linkSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as property } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listBackups } from '../../../../main/hosts/backup.ts';
import { LONGEST_MS } from '../../../../main/hosts/elevated/request.ts';
import { type FileSystem, nodeFileSystem } from '../../../../main/hosts/file-system.ts';
import { digestOf } from '../../../../main/hosts/text.ts';
import { clusterName, entries as entryLists, FULL, uglyFile } from '../../../arbitraries.ts';
import { bindMount, limitedFileSystem, windows } from '../../../faulty-file-system.ts';
import { applyOrder, CLUSTER, ENTRIES, forged, OLD, Scene, textWith } from '../../../fixtures/elevated.ts';

let scene: Scene;
beforeEach(() => {
  scene = new Scene(undefined, OLD);
});
afterEach(() => scene.remove());

const NEW = textWith(OLD, CLUSTER, ENTRIES);
const REFUSED = { outcome: 'refused', touched: [] };
const CHANGED = { outcome: 'changed-meanwhile', message: expect.stringContaining('nothing was written') };

async function apply(order = applyOrder()): Promise<void> {
  expect(await scene.ask(scene.stageApply(order).token)).toMatchObject({ outcome: 'done' });
}

describe('apply', () => {
  test('the names are in the file, the rest is as it was, a backup is kept, and no lock', async () => {
    await apply();
    expect(scene.text).toBe(NEW);
    expect(scene.text.startsWith(OLD)).toBe(true);
    expect(listBackups(scene.world.places.backups, nodeFileSystem)).toMatchObject([{ original: true }]);
    expect(readdirSync(join(scene.home, 'etc'))).toEqual(['hosts']);
    expect(existsSync(scene.world.places.lock)).toBe(false);
  });

  test('another cluster’s section stays', async () => {
    await apply();
    await apply(applyOrder({ cluster: 'office', entries: [forged('office.local')] }));
    expect(scene.text).toBe(textWith(NEW, 'office', [forged('office.local')]));
    await apply(applyOrder({ entries: [] }));
    expect(scene.text).toBe(textWith(OLD, 'office', [forged('office.local')]));
  });

  test('another file than the one that was approved is not made', async () => {
    const { token } = scene.stage(applyOrder(), textWith(OLD, CLUSTER, ENTRIES.slice(1)));
    expect(await scene.ask(token)).toMatchObject({ outcome: 'refused', message: expect.stringContaining('approved') });
    expect(scene.text).toBe(OLD);
  });

  test('the file that is already so is left alone', async () => {
    await apply();
    const answer = await scene.ask(scene.stageApply().token);
    expect(answer).toMatchObject({ outcome: 'no-change' });
    expect(answer.touched.filter(path => path.startsWith('etc'))).toEqual([]);
  });

  test('a block that somebody edited: what was approved is what comes, and a backup has the edit', async () => {
    await apply();
    const edited = scene.text.replace('photos.home.lan', 'photos.home.lan\n10.9.9.9 mine');
    scene.write(edited);
    await apply();
    expect(scene.text).toBe(NEW);
    expect(readdirSync(scene.world.places.backups)).toHaveLength(2);
    expect(await scene.ask(restoreOf(edited, edited).token)).toMatchObject({ outcome: 'done' });
    expect(scene.text).toBe(edited);
  });

  test.each([
    ['two blocks', NEW + NEW.slice(OLD.length)],
    ['no end', NEW.replace('# END cluster-hosts\n', '')],
    ['no start', NEW.replace(/# BEGIN.*\n/, '')],
  ])('a damaged block, %s: refused', async (_, text) => {
    scene.write(text);
    const { token } = scene.stage(applyOrder(), NEW);
    expect(await scene.ask(token)).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('Cluster Hosts block'),
    });
    expect(scene.text).toBe(text);
  });

  test('too many names', async () => {
    const entries = Array.from({ length: 20_001 }, (_, n) => forged(`n${n}.home.lan`));
    const { token } = scene.stage(applyOrder({ entries }), NEW);
    expect(await scene.ask(token)).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('20000 names'),
    });
    expect(scene.text).toBe(OLD);
  });

  test('a file that is not there is made', async () => {
    renameSync(scene.path, join(scene.home, 'gone'));
    const { token } = scene.stage(applyOrder(), textWith('', CLUSTER, ENTRIES), '');
    expect(await scene.ask(token)).toMatchObject({ outcome: 'done' });
    expect(scene.text).toBe(textWith('', CLUSTER, ENTRIES));
  });
});

describe('the hosts file is not what it should be', () => {
  const aside = () => join(scene.home, 'aside');

  test('a link: what it points to stays', async () => {
    const { token } = scene.stageApply();
    renameSync(scene.path, aside());
    symlinkSync(aside(), scene.path);
    expect(await scene.ask(token)).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('symbolic link'),
    });
    expect(scene.text).toBe(OLD);
  });

  test('a second name of another file: that one stays', async () => {
    linkSync(scene.path, aside());
    await apply();
    expect(scene.text).toBe(NEW);
    expect(nodeFileSystem.readFileSync(aside(), 'latin1')).toBe(OLD);
  });

  test('no text', async () => {
    const { token } = scene.stageApply();
    scene.write(`${OLD}\0`);
    expect(await scene.ask(token)).toMatchObject({ outcome: 'failed', message: expect.stringContaining('plain text') });
    expect(scene.text).toBe(`${OLD}\0`);
  });
});

describe('a request is good for one run', () => {
  test('the second one is refused', async () => {
    const { token } = scene.stageApply();
    expect(await scene.ask(token)).toMatchObject({ outcome: 'done' });
    expect(await scene.ask(token)).toMatchObject({ ...REFUSED, message: 'The request was carried out before.' });
  });

  test('also when the file is as it was then', async () => {
    const { token } = scene.stageApply();
    expect(await scene.ask(token)).toMatchObject({ outcome: 'done' });
    scene.write(OLD);
    expect(await scene.ask(token)).toMatchObject(REFUSED);
    expect(scene.text).toBe(OLD);
  });

  test('also when nothing came of the first', async () => {
    const { token } = scene.stageApply();
    scene.write(`${OLD}10.0.0.2 printer\n`);
    expect(await scene.ask(token)).toMatchObject(CHANGED);
    scene.write(OLD);
    expect(await scene.ask(token)).toMatchObject(REFUSED);
  });

  test('another token with its nonce is no other request', async () => {
    const nonce = 'f'.repeat(32);
    expect(
      await scene.ask(
        scene.byHand(JSON.stringify({ v: 1, op: 'remove', cluster: null }), OLD, { op: 'remove', nonce }),
      ),
    ).toMatchObject({ outcome: 'no-change' });
    expect(
      await scene.ask(
        scene.byHand(JSON.stringify({ v: 1, op: 'remove', cluster: null }), OLD, { op: 'remove', nonce }),
      ),
    ).toMatchObject(REFUSED);
  });

  test('marks stay as long as their requests are good, and go later', async () => {
    const { token } = scene.stageApply();
    const [first] = [scene.now];
    await scene.ask(token);
    const marks = () => readdirSync(scene.world.spent).length;
    scene.now = first + LONGEST_MS;
    await scene.ask(scene.stageApply(applyOrder({ entries: [] })).token);
    expect(marks()).toBe(2);
    expect(scene.text).toBe(OLD);
    expect(await scene.ask(token)).toMatchObject(REFUSED);
    scene.now = first + 3 * LONGEST_MS;
    await scene.ask(scene.stageApply().token);
    expect(marks()).toBe(1);
  });

  test('where it cannot be marked as spent nothing is done', async () => {
    const { token } = scene.stageApply();
    const fs = limitedFileSystem((call, [path]) =>
      call === 'openSync' && String(path).startsWith(scene.world.spent) ? 'ENOSPC' : undefined,
    );
    await expect(scene.ask(token, { ...scene.world, fs })).rejects.toThrow('ENOSPC');
    expect(scene.text).toBe(OLD);
    expect(await scene.ask(token)).toMatchObject({ outcome: 'done' });
  });
});

describe('somebody else changes the file', () => {
  const THEIRS = `${OLD}10.0.0.2 printer\n`;

  test.each([
    ['a line more', THEIRS],
    ['one byte', OLD.replace('10.0.0.1', '10.0.0.2')],
    ['empty', ''],
    ['what is wanted, but not from what was seen', `${NEW}# x\n`],
  ])('between preview and prompt: %s', async (_, text) => {
    const { token } = scene.stageApply();
    scene.write(text);
    const answer = await scene.ask(token);
    expect(answer).toMatchObject(CHANGED);
    expect(answer.touched.filter(path => !path.startsWith('state'))).toEqual([]);
    expect(scene.text).toBe(text);
  });

  test('deleted between preview and prompt', async () => {
    const { token } = scene.stageApply();
    renameSync(scene.path, join(scene.home, 'aside'));
    expect(await scene.ask(token)).toMatchObject(CHANGED);
    expect(existsSync(scene.path)).toBe(false);
  });

  const onRename = (call: string, args: readonly unknown[]) => call === 'renameSync' && args[1] === scene.path;
  const MOMENTS: Readonly<Record<string, (call: keyof FileSystem, args: readonly unknown[]) => boolean>> = {
    'after the helper has read it': (call, args) => call === 'closeSync' && args.length > 0,
    'as the lock is taken': call => call === 'linkSync',
    'as the backup is flushed': call => call === 'fsyncSync',
    'as the clone is made': call => call === 'cloneSync',
    'as the journal is made': (call, args) => call === 'openSync' && args[0] === scene.world.places.journal,
  };

  const WAYS: Readonly<Record<string, () => FileSystem>> = {
    'by rename': () => nodeFileSystem,
    'in place (bind mount)': () => bindMount(scene.path),
    'in place (Windows)': windows,
  };
  // On Windows there is no clone, and a rename needs no journal.
  const cases = Object.keys(MOMENTS)
    .flatMap(moment => Object.keys(WAYS).map(way => [moment, way] as const))
    .filter(([moment, way]) => !(moment.includes('clone') && way.includes('Windows')))
    .filter(([moment, way]) => !(moment.includes('journal') && way === 'by rename'));

  test.each(cases)('%s, written %s', async (moment, way) => {
    const { token } = scene.stageApply();
    const isMoment = MOMENTS[moment] ?? (() => false);
    const hosts = watchHosts((WAYS[way] ?? windows)(), scene.path);
    const change = () => scene.write(THEIRS);
    const { fs, hasHappened } = intruder(hosts.fs, (call, args) => hosts.wasRead() && isMoment(call, args), change);
    expect(await scene.ask(token, { ...scene.world, fs })).toMatchObject(CHANGED);
    expect(hasHappened()).toBe(true);
    expect(scene.text).toBe(THEIRS);
    expect(readdirSync(join(scene.home, 'etc'))).toEqual(['hosts']);
    await apply();
    expect(scene.text).toBe(textWith(THEIRS, CLUSTER, ENTRIES));
  });

  test('as soon as it is written: theirs stays, and is not called done', async () => {
    const { token } = scene.stageApply();
    const fs = intruder(nodeFileSystem, onRename, () => scene.write(THEIRS));
    expect(await scene.ask(token, { ...scene.world, fs: fs.fs })).toMatchObject({ outcome: 'changed-meanwhile' });
    expect(scene.text).toBe(THEIRS);
  });

  test('by rename, as other tools do', async () => {
    const { token } = scene.stageApply();
    const other = join(scene.home, 'theirs');
    writeFileSync(other, THEIRS, 'latin1');
    const fs = intruder(
      nodeFileSystem,
      call => call === 'cloneSync',
      () => renameSync(other, scene.path),
    );
    expect(await scene.ask(token, { ...scene.world, fs: fs.fs })).toMatchObject(CHANGED);
    expect(scene.text).toBe(THEIRS);
  });
});

describe('remove', { timeout: FULL ? 300_000 : 20_000 }, () => {
  const remove = (cluster: string | undefined, after: string) =>
    scene.ask(scene.stage({ op: 'remove', cluster }, after).token);

  test('the whole block: the file is as before the block came', async () => {
    await apply();
    await apply(applyOrder({ cluster: 'office', entries: [forged('office.local')] }));
    expect(await remove(undefined, OLD)).toMatchObject({ outcome: 'done' });
    expect(scene.text).toBe(OLD);
  });

  test('one cluster, then the last', async () => {
    await apply();
    await apply(applyOrder({ cluster: 'office', entries: [forged('office.local')] }));
    expect(await remove('office', NEW)).toMatchObject({ outcome: 'done' });
    expect(scene.text).toBe(NEW);
    expect(await remove(CLUSTER, OLD)).toMatchObject({ outcome: 'done' });
    expect(scene.text).toBe(OLD);
  });

  test('a cluster that has nothing there', async () => {
    await apply();
    expect(await remove('office', NEW)).toMatchObject({ outcome: 'no-change' });
    expect(scene.text).toBe(NEW);
  });

  test('more than was approved is not removed', async () => {
    await apply();
    await apply(applyOrder({ cluster: 'office', entries: [forged('office.local')] }));
    const before = scene.text;
    expect(await remove(undefined, NEW)).toMatchObject({ outcome: 'refused' });
    expect(scene.text).toBe(before);
  });

  property.prop([uglyFile, clusterName, entryLists], { numRuns: FULL ? 2_000 : 25 })(
    'whatever the file: the block goes without a trace',
    async (text, cluster, list) => {
      scene.write(text);
      const order = applyOrder({ cluster, entries: list, typed: list.map(({ hostname }) => hostname) });
      await scene.ask(scene.stageApply(order).token);
      await scene.ask(scene.stage({ op: 'remove', cluster: undefined }, text).token);
      expect(scene.text).toBe(text);
    },
  );
});

const idOf = (text: string) => digestOf(text).slice(0, 12);
const restoreOf = (text: string, after: string) => scene.stage({ op: 'restore', backup: idOf(text) }, after);

describe('restore', () => {
  test('the original', async () => {
    await apply();
    expect(await scene.ask(restoreOf(OLD, OLD).token)).toMatchObject({ outcome: 'done' });
    expect(scene.text).toBe(OLD);
  });

  test('another file than the one that was approved', async () => {
    await apply();
    expect(await scene.ask(restoreOf(OLD, NEW).token)).toMatchObject({ outcome: 'refused' });
    expect(scene.text).toBe(NEW);
  });

  const EVIL = '6.6.6.6 bank.example\n';
  const named = (text: string) => `backup-20260101T000000Z-${idOf(text)}-${idOf(text)}.hosts`;

  test('a file that is no backup of the writer’s own', async () => {
    await apply();
    writeFileSync(join(scene.world.places.backups, idOf(EVIL)), EVIL);
    writeFileSync(join(scene.world.places.backups, `${named(EVIL)}.new`), EVIL);
    writeFileSync(join(scene.plans, named(EVIL)), EVIL);
    expect(await scene.ask(restoreOf(EVIL, EVIL).token)).toMatchObject({
      outcome: 'refused',
      message: 'There is no such backup.',
    });
    expect(scene.text).toBe(NEW);
  });

  test('a link among the backups', async () => {
    await apply();
    writeFileSync(join(scene.plans, 'evil'), EVIL);
    symlinkSync(join(scene.plans, 'evil'), join(scene.world.places.backups, named(EVIL)));
    expect(await scene.ask(restoreOf(EVIL, EVIL).token)).toMatchObject({ outcome: 'refused' });
    expect(scene.text).toBe(NEW);
  });

  test('a backup that was changed', async () => {
    await apply();
    const [name = ''] = readdirSync(scene.world.places.backups);
    writeFileSync(join(scene.world.places.backups, name), EVIL);
    expect(await scene.ask(restoreOf(OLD, EVIL).token)).toMatchObject({ outcome: 'refused' });
    expect(scene.text).toBe(NEW);
  });

  test('none, where there is no folder of backups', async () => {
    expect(await scene.ask(restoreOf(OLD, OLD).token)).toMatchObject({ outcome: 'refused' });
    expect(scene.text).toBe(OLD);
  });
});

/** Knows when a hosts file has been read whole for the first time. */
function watchHosts(base: FileSystem, path: string) {
  let fd: number | undefined;
  let closed = false;
  const openSync: FileSystem['openSync'] = (name, ...more) => {
    const opened = base.openSync(name, ...more);
    if (name === path) fd ??= opened;
    return opened;
  };
  const closeSync = (which: number) => {
    base.closeSync(which);
    closed ||= which === fd;
  };
  return { fs: { ...base, openSync, closeSync }, wasRead: () => closed };
}

/** A file system in which something happens once, right after a call. */
function intruder(
  base: FileSystem,
  isMoment: (call: keyof FileSystem, args: readonly unknown[]) => boolean,
  act: () => void,
) {
  let happened = false;
  const fs = new Proxy(base, {
    get(target, key: keyof FileSystem) {
      const real = target[key];
      if (typeof real !== 'function') return real;
      return (...args: unknown[]) => {
        const result = Reflect.apply(real, target, args);
        if (!happened && isMoment(key, args)) {
          happened = true;
          act();
        }
        return result;
      };
    },
  });
  return { fs, hasHappened: () => happened };
}
