import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_PLAN_BYTES } from '../../../../main/hosts/elevated/open-plan.ts';
import type { StagedPlan } from '../../../../main/hosts/elevation/stage.ts';
import { type FileSystem, nodeFileSystem } from '../../../../main/hosts/file-system.ts';
import { limitedFileSystem } from '../../../faulty-file-system.ts';
import {
  applyOrder,
  CLUSTER,
  ENTRIES,
  forged,
  OLD,
  planFields,
  Scene,
  sha256,
  textWith,
} from '../../../fixtures/elevated.ts';

const isRoot = process.getuid?.() === 0;

let scene: Scene;
let staged: StagedPlan;

beforeEach(() => {
  scene = new Scene(undefined, OLD);
  staged = scene.stageApply();
});
afterEach(() => scene.remove());

const refused = (problem: string) => ({ outcome: 'refused', message: `The plan ${problem}.`, touched: [] });

test('a plan as the product leaves it is carried out', async () => {
  expect(await scene.ask(staged.token)).toMatchObject({ outcome: 'done' });
  expect(scene.text).toBe(textWith(OLD, CLUSTER, ENTRIES));
});

describe('a plan that is no longer the one that was approved', () => {
  test('other names in it', async () => {
    const plan = readFileSync(staged.path, 'latin1').replace('grafana.turing', 'grafama.turing');
    writeFileSync(staged.path, plan);
    expect(await scene.ask(staged.token)).toMatchObject(refused('is not the one that was approved'));
  });

  test('another file under its name', async () => {
    const other = scene.stageApply(applyOrder({ entries: ENTRIES.slice(1) }));
    renameSync(other.path, staged.path);
    expect(await scene.ask(staged.token)).toMatchObject(refused('is not the one that was approved'));
  });

  test('one byte more', async () => {
    writeFileSync(staged.path, ' ', { flag: 'a' });
    expect(await scene.ask(staged.token)).toMatchObject(refused('is not the one that was approved'));
  });

  test('swapped after it was opened: what was opened counts', async () => {
    const other = JSON.stringify(planFields(applyOrder({ entries: [forged('evil.home.lan')] })));
    const swap = () => {
      rmSync(staged.path);
      writeFileSync(staged.path, other);
    };
    const fs = afterCall('openSync', swap);
    expect(await scene.ask(staged.token, { ...scene.world, fs })).toMatchObject(
      refused('has another name as well, or none'),
    );
  });

  test('changed while it is read', async () => {
    const fs = afterCall('fstatSync', () => writeFileSync(staged.path, ' '.repeat(2_000_000)));
    const world = { ...scene.world, fs };
    expect(await scene.ask(staged.token, world)).toMatchObject(refused('is not the one that was approved'));
  });

  test('deleted', async () => {
    rmSync(staged.path);
    expect(await scene.ask(staged.token)).toMatchObject(refused('cannot be opened (ENOENT)'));
  });

  test('a digest of something else', async () => {
    const plan = readFileSync(staged.path, 'latin1');
    const token = scene.byHand(plan, textWith(OLD, CLUSTER, ENTRIES), { planDigest: sha256(`${plan}\n`) });
    expect(await scene.ask(token)).toMatchObject(refused('is not the one that was approved'));
  });
});

describe('what is no plain file of its own', () => {
  const aside = () => `${staged.path}.aside`;

  test('a link to the very same plan', async () => {
    renameSync(staged.path, aside());
    symlinkSync(aside(), staged.path);
    expect(await scene.ask(staged.token)).toMatchObject({ outcome: 'refused', touched: [] });
  });

  test('a link where opening follows links, as on Windows', async () => {
    renameSync(staged.path, aside());
    symlinkSync(aside(), staged.path);
    const openSync: FileSystem['openSync'] = (path, flags, mode) =>
      nodeFileSystem.openSync(path, typeof flags === 'number' ? flags & ~constants.O_NOFOLLOW : flags, mode);
    const world = { ...scene.world, fs: { ...nodeFileSystem, openSync } };
    expect(await scene.ask(staged.token, world)).toMatchObject({ outcome: 'refused', touched: [] });
  });

  test('a link that comes between the look and the opening', async () => {
    const swap = () => {
      renameSync(staged.path, aside());
      symlinkSync(aside(), staged.path);
    };
    const world = { ...scene.world, fs: beforeCall('openSync', swap) };
    expect(await scene.ask(staged.token, world)).toMatchObject(refused('cannot be opened (ELOOP)'));
  });

  test('a dangling link', async () => {
    rmSync(staged.path);
    symlinkSync(aside(), staged.path);
    expect(await scene.ask(staged.token)).toMatchObject({ outcome: 'refused', touched: [] });
  });

  test('a second name of the plan', async () => {
    linkSync(staged.path, aside());
    expect(await scene.ask(staged.token)).toMatchObject(refused('has another name as well, or none'));
  });

  test('a folder', async () => {
    rmSync(staged.path);
    mkdirSync(staged.path);
    expect(await scene.ask(staged.token)).toMatchObject(refused('is not a file'));
  });

  test.each(['/dev/zero', '/dev/null', '/dev/tty'])('the device %s, which is not even opened', async device => {
    const opened: unknown[] = [];
    const fs = limitedFileSystem((call, [path]) => void (call === 'openSync' && opened.push(path)));
    const world = { ...scene.world, fs };
    expect(await scene.ask(scene.token({ plan: device }), world)).toMatchObject(refused('is not a file'));
    expect(opened).toEqual([]);
  });

  test.each(['from the start', 'between the look and the opening'])('a pipe %s, without waiting for a writer', when => {
    const swap = `rm '${staged.path}' && mkfifo '${staged.path}'`;
    if (when === 'from the start') execFileSync('sh', ['-c', swap]);
    const job = { token: staged.token, home: scene.home, ...(when === 'from the start' ? {} : { beforeOpen: swap }) };
    const child = spawnSync(process.execPath, [CHILD, JSON.stringify(job)], { encoding: 'utf8', timeout: 10_000 });
    expect(child).toMatchObject({ status: 0, signal: null });
    expect(JSON.parse(child.stdout)).toMatchObject({ outcome: 'refused', message: 'The plan is not a file.' });
    expect(scene.text).toBe(OLD);
  });
});

describe('who made it', () => {
  test('another user than the one who asks', async () => {
    const world = { ...scene.world, asker: (process.getuid?.() ?? 0) + 1 };
    expect(await scene.ask(staged.token, world)).toMatchObject(
      refused('belongs to another user than the one who asks'),
    );
  });

  test('root, for a user', async context => {
    context.skip(!isRoot, 'only root can give files away');
    chownSync(staged.path, 65_534, 65_534);
    expect(await scene.ask(staged.token)).toMatchObject(refused('belongs to another user than the one who asks'));
    const world = { ...scene.world, asker: 65_534 };
    expect(await scene.ask(staged.token, world)).toMatchObject({ outcome: 'done' });
  });

  test('nobody knows who asks: the digest has to do', async () => {
    const world = { ...scene.world, asker: undefined };
    expect(await scene.ask(staged.token, world)).toMatchObject({ outcome: 'done' });
  });

  test('one that may not be read', async context => {
    context.skip(isRoot, 'root may read everything');
    chmodSync(staged.path, 0);
    expect(await scene.ask(staged.token)).toMatchObject(refused('cannot be opened (EACCES)'));
  });
});

describe('size', () => {
  /** A valid plan, blown up with blanks. */
  const padded = (bytes: number) => JSON.stringify(planFields(applyOrder())).padEnd(bytes);
  const after = textWith(OLD, CLUSTER, ENTRIES);

  test('the largest plan is read', async () => {
    expect(await scene.ask(scene.byHand(padded(MAX_PLAN_BYTES), after))).toMatchObject({ outcome: 'done' });
  });

  test('one byte more is not', async () => {
    expect(await scene.ask(scene.byHand(padded(MAX_PLAN_BYTES + 1), after))).toMatchObject(refused('is too large'));
  });

  test('one that grows after the look at its size', async () => {
    const token = scene.byHand(padded(MAX_PLAN_BYTES + 1), after);
    const fs = smallerThanItIs();
    expect(await scene.ask(token, { ...scene.world, fs })).toMatchObject(refused('is too large'));
  });

  test('a terabyte with holes is not even opened', async () => {
    truncateSync(staged.path, 2 ** 40);
    const opened: unknown[] = [];
    const fs = limitedFileSystem((call, [path]) => void (call === 'openSync' && opened.push(path)));
    expect(await scene.ask(staged.token, { ...scene.world, fs })).toMatchObject(refused('is too large'));
    expect(opened).toEqual([]);
  });
});

test.each(['openSync', 'fstatSync', 'readSync'] as const)('%s fails: refused, and said so', async call => {
  const fs = limitedFileSystem(name => (name === call ? 'EIO' : undefined));
  const problem = call === 'openSync' ? 'cannot be opened (EIO)' : 'cannot be read (EIO)';
  expect(await scene.ask(staged.token, { ...scene.world, fs })).toMatchObject(refused(problem));
});

const CHILD = join(import.meta.dirname, 'carry-out-child.ts');

/** The real file system; something happens in front of the first such call. */
function beforeCall(call: keyof FileSystem, act: () => void): FileSystem {
  let isDone = false;
  return limitedFileSystem(name => {
    if (name !== call || isDone) return undefined;
    isDone = true;
    act();
    return undefined;
  });
}

/** The same, in front of the call that follows the first such call. */
function afterCall(call: keyof FileSystem, act: () => void): FileSystem {
  let state: 'waiting' | 'called' | 'done' = 'waiting';
  return limitedFileSystem(name => {
    if (state === 'called') {
      state = 'done';
      act();
    }
    if (state === 'waiting' && name === call) state = 'called';
    return undefined;
  });
}

/** The first two looks at the plan, before it is opened and after, find 1 KiB. */
function smallerThanItIs(): FileSystem {
  let looks = 0;
  const shrunk = <T>(stats: T): T => {
    looks += 1;
    return looks <= 2 ? Object.assign(Object.create(stats as object), { size: 1024 }) : stats;
  };
  const lstatSync = (path: string) => shrunk(nodeFileSystem.lstatSync(path));
  const fstatSync = (fd: number) => shrunk(nodeFileSystem.fstatSync(fd));
  return { ...nodeFileSystem, lstatSync, fstatSync } as FileSystem;
}
