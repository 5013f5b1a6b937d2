import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listBackups, readBackup } from '../../../main/hosts/backup.ts';
import { parseHosts, withSection } from '../../../main/hosts/block.ts';
import { type FileSystem, nodeFileSystem } from '../../../main/hosts/file-system.ts';
import { RETRY_WAITS_MS } from '../../../main/hosts/in-use.ts';
import { digestOf } from '../../../main/hosts/text.ts';
import { HostsWriter, type WriteOutcome, type WriterPlaces } from '../../../main/hosts/write.ts';
import { entry, FULL } from '../../arbitraries.ts';
import { bindMount, type Fault, faultyFileSystem, limitedFileSystem, windows } from '../../faulty-file-system.ts';
import { memoryFolder } from '../../fixtures/memory.ts';

const OLD = '127.0.0.1\tlocalhost\n10.0.0.1 router # mine\n';
const NEW = `${OLD}\n${'10.0.0.70\tname.turing-cluster.local\n'.repeat(300)}`;

let home: string;
let path: string;
let places: WriterPlaces;

beforeEach(() => {
  home = memoryFolder('hosts-write-');
  mkdirSync(join(home, 'etc'));
  path = join(home, 'etc', 'hosts');
  places = {
    backups: join(home, 'state', 'backups'),
    journal: join(home, 'state', 'journal'),
    lock: join(home, 'run', 'lock'),
  };
  writeFileSync(path, OLD, 'latin1');
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const read = () => readFileSync(path, 'latin1');

function write(text: string, fs: FileSystem = nodeFileSystem, before = read()): Promise<WriteOutcome> {
  return new HostsWriter(path, places, fs).write(digestOf(before), text);
}

/** Nothing is left beside the file, and no lock. */
function expectTidy(): void {
  expect(readdirSync(join(home, 'etc'))).toEqual(['hosts']);
  expect(existsSync(places.lock)).toBe(false);
  expect(existsSync(places.journal)).toBe(false);
}

/** The writer's ways, each where it is the only one possible. */
const WAYS = {
  'by rename': () => nodeFileSystem,
  'in place (bind mount)': () => bindMount(path),
  'in place (Windows)': windows,
};

describe.each(Object.entries(WAYS))('%s', (mode, makeWay) => {
  let way: FileSystem;
  beforeEach(() => {
    way = makeWay();
  });

  test('writes, reads back, leaves nothing behind', async () => {
    expect(await write(NEW, way)).toEqual({ outcome: 'done' });
    expect(read()).toBe(NEW);
    expect(await write(OLD, way)).toEqual({ outcome: 'done' });
    expect(read()).toBe(OLD);
    expectTidy();
  });

  test('the same text again is no change', async () => {
    const { mtimeNs, ino } = lstatSync(path, { bigint: true });
    expect(await write(OLD, way)).toEqual({ outcome: 'no-change' });
    expect(lstatSync(path, { bigint: true })).toMatchObject({ mtimeNs, ino });
  });

  test('a file that changed since the plan is left alone', async () => {
    const planned = read();
    writeFileSync(path, `${OLD}10.0.0.2 printer\n`);
    expect(await write(NEW, way, planned)).toMatchObject({ outcome: 'changed-meanwhile' });
    expect(read()).toBe(`${OLD}10.0.0.2 printer\n`);
  });

  test('mode and owner stay', async () => {
    chmodSync(path, 0o640);
    const { uid, gid } = lstatSync(path);
    await write(NEW, way);
    expect(lstatSync(path)).toMatchObject({ uid, gid, mode: 0o100640 });
  });

  const codes = ['ENOSPC', 'EIO', 'EACCES', 'EPERM', 'EBUSY', 'EROFS', 'EMFILE'];
  const faults: Fault[] = [
    ...codes.map(code => ({ code, when: 'before' }) as const),
    ...(FULL ? codes : ['EIO']).map(code => ({ code, when: 'after' }) as const),
    { code: 'short', when: 'before' },
  ];
  test.each(faults)(
    'each call failing once with $code ($when): the old file or the new one, then it goes on',
    async fault => {
      let reached = true;
      for (let at = 1; reached; at++) {
        writeFileSync(path, OLD, 'latin1');
        const { fs, calls } = faultyFileSystem(at, fault, way);
        const outcome = await write(NEW, fs);
        expect([OLD, NEW]).toContain(read());
        if (outcome.outcome === 'done') expect(read()).toBe(NEW);
        expect(await write(NEW, way)).toEqual({
          outcome: outcome.outcome === 'done' ? 'no-change' : expect.stringMatching(/done|no-change/),
        });
        expect(read()).toBe(NEW);
        expectTidy();
        for (const { id } of listBackups(places.backups, nodeFileSystem)) {
          expect(readBackup(places.backups, id, nodeFileSystem)?.text).toMatch(/^127\.0\.0\.1\tlocalhost/);
        }
        reached = calls() >= at;
      }
    },
  );

  test('killed at each call: the next writer finds one of the two, or puts the old one back', {
    timeout: 60_000,
  }, async () => {
    for (let at = 1, killed = true; killed; at += FULL ? 1 : 11) {
      writeFileSync(path, OLD, 'latin1');
      killed = await writeInChild(mode, at);
      const torn = read();
      if (mode === 'by rename') expect([OLD, NEW]).toContain(torn);
      expect((await write(NEW, way, OLD)).outcome).toBe(torn === NEW ? 'no-change' : 'done');
      expect(read()).toBe(NEW);
      expectTidy();
    }
  });
});

/** True if the child was killed at its n-th call; false if it made fewer calls and ended by itself. */
async function writeInChild(mode: string, at: number): Promise<boolean> {
  const job = JSON.stringify({ request: { path, before: digestOf(OLD), text: NEW }, places, mode, at });
  const child = spawn(process.execPath, [join(import.meta.dirname, 'write-and-die.ts'), job], { stdio: 'inherit' });
  const [code, signal] = await once(child, 'exit');
  expect(signal === 'SIGKILL' || code === 0).toBe(true);
  return signal === 'SIGKILL';
}

test.each(['EACCES', 'EPERM', 'EROFS'])('%s on every write is "not permitted", told as it is', async code => {
  const isWrite = (call: string, args: readonly unknown[]) =>
    call === 'openSync' && args[0] === path && Number(args[1]) % 4 > 0;
  const fs = limitedFileSystem((call, args) =>
    isWrite(call, args) || (call === 'renameSync' && args[1] === path) ? code : undefined,
  );
  expect(await write(NEW, fs)).toMatchObject({
    outcome: 'not-permitted',
    message: expect.stringContaining('as it was'),
  });
  expect(read()).toBe(OLD);
  expectTidy();
});

test.each(['EACCES', 'EROFS'])('a folder of this program that gives %s is named, not the hosts file', async code => {
  const state = join(home, 'state');
  const fs = limitedFileSystem((_, [file]) => (String(file).startsWith(state) ? code : undefined));
  expect(await write(NEW, fs)).toMatchObject({
    outcome: 'not-permitted',
    message: expect.stringMatching(
      `^Cluster Hosts may not write in ${state}/?\\S*, where it keeps .* The file is as it was\\.$`,
    ),
  });
  expect(read()).toBe(OLD);
});

describe('macOS, where a clone of a locked file is locked, too', () => {
  const isClone = (file: unknown) => String(file).startsWith(join(home, 'etc', '.hosts.cluster-hosts-'));

  test('it is told before there is a clone', async () => {
    let isCloned = false;
    const fs = limitedFileSystem((call, args) => {
      if (call === 'cloneSync') isCloned = true;
      const isLocked = args[0] === path || (isCloned && isClone(args[0]));
      return isLocked && (call === 'rmSync' || (call === 'openSync' && Number(args[1]) % 4 > 0)) ? 'EPERM' : undefined;
    });
    expect(await write(NEW, fs)).toMatchObject({ outcome: 'not-permitted' });
    expect(read()).toBe(OLD);
    expectTidy();
  });

  test('one that was left behind is no obstacle', async () => {
    const left = join(home, 'etc', '.hosts.cluster-hosts-00112233445566778899aabb');
    writeFileSync(left, OLD);
    const fs = limitedFileSystem((call, args) => (call === 'rmSync' && args[0] === left ? 'EPERM' : undefined));
    expect(await write(NEW, fs)).toEqual({ outcome: 'done' });
    expect(await write(OLD)).toEqual({ outcome: 'done' });
    expectTidy();
  });
});

describe('Windows, where another program has the file open', () => {
  const WAITS = [1, 1, 1, 1];
  const onWindows = (fs: FileSystem) => new HostsWriter(path, places, fs, false, WAITS).write(digestOf(OLD), NEW);
  const isOpen = (call: string, args: readonly unknown[]) => call === 'openSync' && args[0] === path;
  const isWrite = (call: string, args: readonly unknown[]) => isOpen(call, args) && Number(args[1]) % 4 > 0;

  /** The first calls that are meant fail; `count` tells how many were tried. */
  function busy(isMeant: typeof isOpen, code: string, times = Number.POSITIVE_INFINITY) {
    let count = 0;
    const limit = (call: string, args: readonly unknown[]) => {
      if (!isMeant(call, args)) return undefined;
      count += 1;
      return count <= times ? code : undefined;
    };
    return { fs: limitedFileSystem(limit, 'win32'), count: () => count };
  }

  const codes = ['EBUSY', 'EPERM', 'EACCES'];
  const moments = { reading: isOpen, writing: isWrite };
  const cases = codes.flatMap(code => (['reading', 'writing'] as const).map(moment => [moment, code] as const));
  test.each(cases)('%s fails with %s three times, then works', async (moment, code) => {
    expect(await onWindows(busy(moments[moment], code, 3).fs)).toEqual({ outcome: 'done' });
    expect(read()).toBe(NEW);
    expectTidy();
  });

  test.each(['reading', 'writing'] as const)(
    '%s fails always: told what it is, and the file is as it was',
    async moment => {
      const { fs, count } = busy(moments[moment], 'EBUSY');
      expect(await onWindows(fs)).toEqual({
        outcome: 'failed',
        message: expect.stringMatching(`${path} is in use by another program \\(an antivirus\\?\\)\\.`),
        hint: 'Close what has it open, or have the antivirus leave this file alone; then try again.',
      });
      expect(count()).toBeGreaterThan(WAITS.length);
      expect(read()).toBe(OLD);
      expectTidy();
    },
  );

  test.each(['EPERM', 'EACCES'])('%s always may mean that this user must not: said so', async code => {
    expect(await onWindows(busy(isWrite, code).fs)).toEqual({
      outcome: 'not-permitted',
      message: `This user may not write ${path}, or it is in use by another program (an antivirus?). The file is as it was.`,
      hint: expect.stringContaining('administrator'),
    });
    expect(read()).toBe(OLD);
    expectTidy();
  });

  test('written, but held by a virus scanner when it is read back: done', async () => {
    const { fs } = busy((call, args) => isOpen(call, args) && read() === NEW, 'EBUSY', 3);
    expect(await onWindows(fs)).toEqual({ outcome: 'done' });
    expect(read()).toBe(NEW);
    expectTidy();
  });

  test('half written when it is taken away: put back, then written', async () => {
    const other = `# another first line\n${NEW}`;
    let cuts = 2;
    let torn = '';
    const isCut = (call: string) => {
      if (call !== 'ftruncateSync' || read() === OLD || cuts-- <= 0) return false;
      torn = read();
      return true;
    };
    const writer = new HostsWriter(path, places, busy(isCut, 'EBUSY').fs, false, WAITS);
    expect(await writer.write(digestOf(OLD), other)).toEqual({ outcome: 'done' });
    expect([OLD, other]).not.toContain(torn);
    expect(read()).toBe(other);
    expectTidy();
  });

  test('no other error is tried again, nor any on other systems', async () => {
    const full = busy(isWrite, 'ENOSPC');
    expect(await onWindows(full.fs)).toMatchObject({ outcome: 'failed', message: expect.stringContaining('no space') });
    expect(full.count()).toBe(1);
    const isRename = (call: string, args: readonly unknown[]) => call === 'renameSync' && args[1] === path;
    let tries = 0;
    const fs = limitedFileSystem((call, args) => {
      if (isWrite(call, args)) tries += 1;
      return isWrite(call, args) || isRename(call, args) ? 'EBUSY' : undefined;
    });
    expect(await onWindows(fs)).toMatchObject({ outcome: 'failed', message: expect.not.stringContaining('antivirus') });
    // By either way once: the clone asks whether it may be, before it is made.
    expect([tries, read()]).toEqual([2, OLD]);
  });

  test('in all it waits about two and a half seconds, at first hardly', () => {
    expect(RETRY_WAITS_MS[0]).toBe(10);
    expect(Math.max(...RETRY_WAITS_MS)).toBe(200);
    expect(RETRY_WAITS_MS.reduce((sum, wait) => sum + wait)).toBe(2_500);
  });

  test('the file is never replaced, so that its access list stays, and its line ends do', async () => {
    const crlf = '127.0.0.1\tlocalhost\r\n10.0.0.1 router\r\n';
    writeFileSync(path, crlf, 'latin1');
    const { ino } = lstatSync(path);
    const touched: string[] = [];
    const fs = limitedFileSystem((call, args) => {
      if (['renameSync', 'linkSync', 'rmSync', 'cloneSync'].includes(call) && args.includes(path)) touched.push(call);
      return undefined;
    }, 'win32');
    const parsed = parseHosts(crlf);
    if (parsed.state !== 'ok') throw new Error(parsed.message);
    const edited = withSection(parsed.hosts, 'homelab', [entry('a.home.lan', '10.0.0.70')]);
    if (edited.state !== 'ok') throw new Error(edited.message);
    expect(await write(edited.text, fs)).toEqual({ outcome: 'done' });
    expect(read()).toMatch(/^127\.0\.0\.1\tlocalhost\r\n10\.0\.0\.1 router\r\n/);
    expect(read()).toContain('a.home.lan');
    expect(read().replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect([lstatSync(path).ino, touched]).toEqual([ino, []]);
    expect(await write(crlf, fs)).toEqual({ outcome: 'done' });
    expect(read()).toBe(crlf);
  });
});

describe('a program that writes again and again', () => {
  let writer: HostsWriter;
  const next = async (text: string) => (await writer.write(digestOf(read()), text)).outcome;
  const texts = Array.from({ length: 6 }, (_, n) => NEW.replaceAll('.70', `.${71 + n}`));

  beforeEach(() => {
    writer = new HostsWriter(path, places, nodeFileSystem, true);
  });
  afterEach(() => writer.close());

  test('keeps the file that it replaced as the next clone, and removes it at the end', async () => {
    let clones = 0;
    const cloneSync = (from: string, to: string) => {
      clones += 1;
      nodeFileSystem.cloneSync(from, to);
    };
    const counting = { ...nodeFileSystem, cloneSync };
    writer = new HostsWriter(path, places, counting, true);
    for (const text of texts) {
      expect(await next(text)).toBe('done');
      expect(read()).toBe(text);
      expect(lstatSync(path).nlink).toBe(1);
      expect(readdirSync(join(home, 'etc'))).toHaveLength(2);
    }
    expect(clones).toBe(1);
    writer.close();
    expectTidy();
  });

  test('notices another mode, another file, another link, and clones anew', async () => {
    const etc = join(home, 'etc');
    const spare = () => join(etc, readdirSync(etc).find(name => name !== 'hosts') ?? 'none');
    await next(texts[0] ?? '');
    chmodSync(path, 0o600);
    expect(await next(texts[1] ?? '')).toBe('done');
    expect(lstatSync(path).mode & 0o777).toBe(0o600);
    linkSync(spare(), join(home, 'other-name'));
    const linked = readFileSync(join(home, 'other-name'), 'latin1');
    expect(await next(texts[2] ?? '')).toBe('done');
    expect(readFileSync(join(home, 'other-name'), 'latin1')).toBe(linked);
    rmSync(spare());
    expect(await next(texts[3] ?? '')).toBe('done');
    expect(read()).toBe(texts[3]);
  });

  test('each call of a later write failing once: the old file or the new one, then it goes on', async () => {
    let reached = true;
    for (let at = 1; reached; at++) {
      const faulty = faultyFileSystem(Number.POSITIVE_INFINITY, { code: 'EIO', when: 'before' });
      writer = new HostsWriter(path, places, faulty.fs, true);
      writeFileSync(path, OLD, 'latin1');
      expect(await next(texts[0] ?? '')).toBe('done');
      const first = faulty.calls();
      faulty.failAt(first + at);
      await next(texts[1] ?? '');
      expect([texts[0], texts[1]]).toContain(read());
      reached = faulty.calls() >= first + at;
      faulty.failAt(Number.POSITIVE_INFINITY);
      expect(await next(texts[2] ?? '')).toBe('done');
      expect(read()).toBe(texts[2]);
      writer.close();
      expectTidy();
    }
  });

  test('killed with a second name on the file: the next writer takes it away', async () => {
    linkSync(path, join(home, 'etc', '.hosts.cluster-hosts-00112233445566778899aabb'));
    expect(await next(NEW)).toBe('done');
    writer.close();
    expectTidy();
  });
});

describe('a file that is not there', () => {
  beforeEach(() => rmSync(path));

  test('is made, readable by all', async () => {
    expect(await write(NEW, nodeFileSystem, '')).toEqual({ outcome: 'done' });
    expect(lstatSync(path).mode & 0o777).toBe(0o644);
    expectTidy();
  });

  test('in a folder that may not be written: not permitted', async () => {
    const fs = limitedFileSystem((call, args) => (call === 'openSync' && args[1] === 'wx' ? 'EACCES' : undefined));
    expect(await write(NEW, fs, '')).toMatchObject({ outcome: 'not-permitted' });
    expect(existsSync(path)).toBe(false);
  });
});

describe('backups', () => {
  const list = () => listBackups(places.backups, nodeFileSystem);
  const writeOver = async (text: string) => expect((await write(text)).outcome).toBe('done');

  test("the original is kept for ever, then the last five of the user's own changes", async () => {
    await writeOver(NEW);
    for (let n = 0; n < 9; n++) {
      writeFileSync(path, `${read()}10.1.0.${n} host${n}\n`);
      await writeOver(`${read()}#\n`);
    }
    expect(list().map(backup => backup.original)).toEqual([true, false, false, false, false, false]);
    expect(readBackup(places.backups, list()[0]?.id ?? '', nodeFileSystem)?.text).toBe(OLD);
  });

  test('a change of our own lines alone takes none', async () => {
    const withNames = (...names: string[]) => {
      const parsed = parseHosts(OLD);
      if (parsed.state !== 'ok') throw new Error(parsed.message);
      const edited = withSection(
        parsed.hosts,
        'homelab',
        names.map(name => entry(name, '10.0.0.70')),
      );
      return edited.state === 'ok' ? edited.text : '';
    };
    await writeOver(withNames('a.home.lan'));
    await writeOver(withNames('a.home.lan', 'b.home.lan'));
    await writeOver(withNames('b.home.lan'));
    expect(list()).toHaveLength(1);
  });

  test('without a backup nothing is written', async () => {
    writeFileSync(places.backups.replace('/backups', ''), 'a file where the folder should be');
    expect((await write(NEW)).outcome).toBe('failed');
    expect(read()).toBe(OLD);
  });

  test('those that this user may not list are root’s', () => {
    const fs = limitedFileSystem((call, [folder]) =>
      call === 'readdirSync' && folder === places.backups ? 'EACCES' : undefined,
    );
    mkdirSync(places.backups, { recursive: true });
    const hint = 'List them with its rights: sudo cluster-hosts backups.';
    expect(() => listBackups(places.backups, fs)).toThrow(expect.objectContaining({ code: 'hosts-file', hint }));
    expect(() => readBackup(places.backups, 'abcd', fs)).toThrow(expect.objectContaining({ code: 'hosts-file' }));
  });

  test('one that was changed is not given back, nor one that two ids fit', async () => {
    await writeOver(NEW);
    const [{ id } = { id: '' }] = list();
    expect(readBackup(places.backups, id.slice(0, 4), nodeFileSystem)).toEqual({ id, text: OLD });
    expect(readBackup(places.backups, '', nodeFileSystem)).toBeUndefined();
    const [name = ''] = readdirSync(places.backups);
    writeFileSync(join(places.backups, name), '6.6.6.6 bank.example\n');
    expect(readBackup(places.backups, id, nodeFileSystem)).toBeUndefined();
  });
});

describe('several writers', () => {
  test('of two with the same plan exactly one writes', async () => {
    const other = NEW.replaceAll('.70', '.71');
    const outcomes = await Promise.all([write(NEW, nodeFileSystem, OLD), write(other, nodeFileSystem, OLD)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['changed-meanwhile', 'done']);
  });

  test('a lock of a process that is gone, or of an earlier one of the same number, is no obstacle', async () => {
    mkdirSync(join(home, 'run'));
    for (const owner of ['999999999 1', `${process.ppid} 1`, `${process.pid} 1`, '']) {
      writeFileSync(places.lock, owner);
      expect((await write(read() === NEW ? OLD : NEW)).outcome).toBe('done');
      expectTidy();
    }
  });

  test('a lock of a live process is waited for', async () => {
    mkdirSync(join(home, 'run'));
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'latin1');
    writeFileSync(places.lock, `${child.pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`);
    const writing = write(NEW);
    child.kill();
    expect((await writing).outcome).toBe('done');
  });
});
