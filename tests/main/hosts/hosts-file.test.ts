import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withSection } from '../../../main/hosts/block.ts';
import { HostsFile } from '../../../main/hosts/hosts-file.ts';
import { digestOf } from '../../../main/hosts/text.ts';
import { writerPlaces } from '../../../main/paths.ts';
import { entry } from '../../arbitraries.ts';
import { memoryFolder } from '../../fixtures/memory.ts';

const OLD = '127.0.0.1\tlocalhost\n';
const NEW = `${OLD}10.0.0.70\tname.home.lan\n`;

let home: string;
let path: string;
let file: HostsFile;

beforeEach(() => {
  home = memoryFolder('hosts-file-');
  path = join(home, 'hosts');
  writeFileSync(path, OLD);
  file = new HostsFile(path, writerPlaces(path, home));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Sets a cluster's section to one name, and gives the names that others have then. */
async function writeSection(cluster: string, hostname: string, address: string) {
  const before = file.read();
  const parsed = before.state === 'ok' ? file.parse(before.text) : undefined;
  if (before.state !== 'ok' || parsed?.state !== 'ok') throw new Error('not a hosts file');
  const edited = withSection(parsed.hosts, cluster, [entry(hostname, address)]);
  if (edited.state !== 'ok') throw new Error(edited.message);
  const order = { op: 'remove', cluster } as const;
  const outcome = await file.write({ before: before.digest, text: edited.text, order }, edited.hosts);
  expect(outcome).toEqual({ outcome: 'done' });
  return file.takenNames(edited.hosts, 'home');
}

const write = (text: string) =>
  file.write({ before: digestOf(OLD), text, order: { op: 'remove', cluster: undefined } });

test('another program’s change is waited for until it has stood for half a second', () => {
  expect(file.unrest(1_000)).toBe(0);
  file.read();
  appendFileSync(path, '10.0.0.2 printer\n');
  expect(file.unrest(2_000)).toBe(500);
  expect(file.unrest(2_400)).toBe(100);
  appendFileSync(path, '10.0.0.3 scanner\n');
  expect(file.unrest(2_450)).toBe(500);
  expect(file.unrest(2_950)).toBe(0);
});

test('one that came before the first question too, and one that goes', () => {
  file.read();
  appendFileSync(path, '10.0.0.2 printer\n');
  expect(file.unrest(1_000)).toBe(500);
  rmSync(path);
  expect(file.unrest(1_200)).toBe(500);
  expect(file.unrest(1_700)).toBe(0);
});

test('a write of one’s own is not waited for; what somebody writes after it is', async () => {
  file.read();
  expect(file.unrest(1_000)).toBe(0);
  expect(await write(NEW)).toEqual({ outcome: 'done' });
  expect(file.unrest(1_001)).toBe(0);
  appendFileSync(path, '10.0.0.2 printer\n');
  expect(file.unrest(1_002)).toBe(500);
  expect(await write(OLD)).toMatchObject({ outcome: 'changed-meanwhile' });
  expect(file.unrest(1_003)).toBe(499);
});

test('the names that others have stay the same map until one of them changes', async () => {
  const taken = await writeSection('work', 'wiki.work.lan', '10.0.1.1');
  expect([...taken.keys()]).toEqual(['wiki.work.lan', 'localhost']);
  expect(await writeSection('home', 'films.home.lan', '10.0.0.70')).toBe(taken);
  expect(await writeSection('home', 'music.home.lan', '10.0.0.70')).toBe(taken);
  const later = await writeSection('work', 'wiki.work.lan', '10.0.1.2');
  expect(later).not.toBe(taken);
  expect(later.get('wiki.work.lan')).toContain('10.0.1.2');
});
