import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  autostartEntry,
  autostartFile,
  repairAutostart,
  startedProgram,
  writeAutostart,
} from '../../../main/shell/autostart-entry.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-autostart-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('it is switched on, on again, off, and off again', () => {
  const file = autostartFile({ XDG_CONFIG_HOME: folder });
  expect(file).toBe(join(folder, 'autostart/cluster-hosts.desktop'));
  for (let i = 0; i < 2; i++) {
    writeAutostart(true, file, '/opt/Cluster Hosts/cluster-hosts');
    expect(readFileSync(file, 'utf8')).toContain('\nExec="/opt/Cluster Hosts/cluster-hosts" --hidden\n');
  }
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (let i = 0; i < 2; i++) {
    writeAutostart(false, file, '');
    expect(existsSync(file)).toBe(false);
  }
});

test('it follows a program that has another name by now, and stays as the desktop left it', () => {
  const file = autostartFile({ XDG_CONFIG_HOME: folder });
  repairAutostart(file, '/home/ann/Cluster-Hosts-2.AppImage');
  expect(existsSync(file)).toBe(false);
  writeAutostart(true, file, '/home/ann/Cluster-Hosts-1.AppImage');
  const off = readFileSync(file, 'utf8').replace('enabled=true', 'enabled=false');
  writeFileSync(file, off);
  repairAutostart(file, '/home/ann/$& Cluster-Hosts-2.AppImage');
  expect(readFileSync(file, 'utf8')).toBe(
    off.replace('/home/ann/Cluster-Hosts-1', () => '/home/ann/\\\\$& Cluster-Hosts-2'),
  );
});

test.each([
  [undefined, '/home/ann/.config/autostart/cluster-hosts.desktop'],
  ['', '/home/ann/.config/autostart/cluster-hosts.desktop'],
  ['relative', '/home/ann/.config/autostart/cluster-hosts.desktop'],
  ['/elsewhere', '/elsewhere/autostart/cluster-hosts.desktop'],
])('with XDG_CONFIG_HOME %j it is %s', (XDG_CONFIG_HOME, file) =>
  expect(autostartFile({ XDG_CONFIG_HOME }, '/home/ann')).toBe(file),
);

test.each([
  ['/opt/a b', '"/opt/a b"'],
  ['/opt/100%', '"/opt/100%%"'],
  ['/opt/a"b', '"/opt/a\\\\"b"'],
  ['/opt/$HOME`x`', '"/opt/\\\\$HOME\\\\`x\\\\`"'],
  ['/opt/a\\b', '"/opt/a\\\\\\\\b"'],
])('%s is quoted as %s', (program, quoted) => expect(autostartEntry(program)).toContain(`\nExec=${quoted} --hidden\n`));

test('of an AppImage the file itself is started, not what it holds', () => {
  const env = { APPIMAGE: '/home/ann/Cluster-Hosts.AppImage', APPDIR: '/run/mount' };
  expect(startedProgram('/run/mount/cluster-hosts', env)).toBe('/home/ann/Cluster-Hosts.AppImage');
  // Started from a terminal of an editor that is one.
  expect(startedProgram('/opt/Cluster Hosts/cluster-hosts', env)).toBe('/opt/Cluster Hosts/cluster-hosts');
  expect(startedProgram('/opt/cluster-hosts', {})).toBe('/opt/cluster-hosts');
});
