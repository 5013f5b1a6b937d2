import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ByHand, type ByHandOptions } from '../../../../main/hosts/elevation/by-hand.ts';
import { stagePlan } from '../../../../main/hosts/elevation/stage.ts';
import { nodeFileSystem } from '../../../../main/hosts/file-system.ts';
import { digestOf } from '../../../../main/hosts/text.ts';
import { waitFor } from '../../../wait-for.ts';
import { SmallWorld } from './small-world.ts';

const OLD = '127.0.0.1\tlocalhost\n';

let world: SmallWorld;
let told: [reason: string, command: string][];
let interrupt: AbortController;
beforeEach(() => {
  world = new SmallWorld(OLD);
  told = [];
  interrupt = new AbortController();
});
afterEach(() => world.remove());

function start(isThere = true, reason?: string, other: Partial<ByHandOptions> = {}) {
  const { before, text, order } = world.change();
  const after = digestOf(text);
  const plan = stagePlan(world.plans, order, { before, after }, Date.now(), nodeFileSystem);
  const tell = (why: string, command: string) => void told.push([why, command]);
  const byHand = new ByHand({
    platform: 'linux',
    program: ['/opt/node', '/opt/helper.cjs'],
    reason: 'There is no desktop.',
    tell: isThere ? tell : undefined,
    interrupted: interrupt.signal,
    ...other,
  });
  let ended = false;
  let looks = 0;
  const isDone = () => {
    looks += 1;
    return digestOf(world.text) === after;
  };
  const running = byHand.run(plan, isDone, reason).finally(() => {
    ended = true;
  });
  const command = `sudo /opt/node /opt/helper.cjs ${plan.token}`;
  return { plan, running, command, text, hasEnded: () => ended, looks: () => looks };
}

test('the command is told once; when it was run, the wait ends', async () => {
  const { running, command, text, hasEnded, looks } = start();
  await waitFor('two looks at the file', () => looks() >= 2);
  expect([told, hasEnded()]).toEqual([[['There is no desktop.', command]], false]);
  const token = told[0]?.[1].split(' ').at(-1) ?? '';
  expect(await world.carryOut(token)).toEqual({ outcome: 'done' });
  expect(await running).toEqual({ answer: 'left-to-hand', reason: 'There is no desktop.', command });
  expect([world.text, told.length]).toEqual([text, 1]);
});

test('interrupted, the wait ends at once, and the command is good still', async () => {
  const { running, command, looks, hasEnded } = start();
  await waitFor('a look at the file', () => looks() >= 1);
  const before = looks();
  interrupt.abort();
  await setImmediate();
  expect(hasEnded()).toBe(true);
  expect(await running).toMatchObject({ answer: 'left-to-hand', command });
  expect(looks() - before).toBeLessThanOrEqual(1);
  expect(world.text).toBe(OLD);
  expect(await world.carryOut(command.split(' ').at(-1) ?? '')).toEqual({ outcome: 'done' });
});

test('interrupted before, it is told all the same', async () => {
  interrupt.abort();
  const { running, command } = start();
  expect(await running).toMatchObject({ answer: 'left-to-hand', command });
  expect(told).toHaveLength(1);
});

test('in an AppImage the command starts that, on a copy of the helper: root may not look into the mount', async () => {
  const mounted = join(world.folder, 'helper.cjs');
  writeFileSync(mounted, 'the helper');
  const program = ['/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1', '/tmp/.mount_x/cluster-hosts', mounted] as const;
  const appImage = '/home/ann/My Apps/Cluster-Hosts.AppImage';
  const { plan, running } = start(false, undefined, { program, appImage });
  const copy = join(world.plans, 'helper.cjs');
  const command = `sudo /usr/bin/env ELECTRON_RUN_AS_NODE=1 '${appImage}' ${copy} ${plan.token}`;
  expect(await running).toMatchObject({ command });
  expect(readFileSync(copy, 'utf8')).toBe('the helper');
});

test('without anybody to tell it returns at once, with the reason that it was given', async () => {
  const { running, command, looks } = start(false, 'Nobody could be asked.');
  expect(await running).toEqual({ answer: 'left-to-hand', reason: 'Nobody could be asked.', command });
  expect([looks(), told]).toEqual([0, []]);
});
