import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { arePlain, commandForHand, quotePlain } from '../../../../main/hosts/elevation/command.ts';
import { scriptFor } from '../../../../main/hosts/elevation/osascript.ts';
import { SudoPrompt } from '../../../../main/hosts/elevation/sudo-prompt.ts';
import { FULL } from '../../../arbitraries.ts';

const TOKEN = 'WzEsImFwcGx5Il0_-a';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-'));
  writeFileSync(join(folder, 'sudo'), `#!/bin/sh\nfor word; do printf '%s\\0' "$word"; done\n`, { mode: 0o755 });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The words as a shell of this name understands a line. */
function wordsIn(shell: string, line: string): readonly string[] {
  const stdout = execFileSync(shell, ['-c', line], {
    env: { PATH: `${folder}:/usr/bin:/bin` },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return stdout.split('\0').slice(0, -1);
}

describe('plain words', () => {
  test.each([
    "it's",
    '"x"',
    '$HOME',
    '`id`',
    'a&b',
    '%TEMP%',
    'a;b',
    'a|b',
    'a>b',
    'a<b',
    'é',
    'a\nb',
    'a\n',
    'a\rb',
    '!x',
    '*',
    '?',
    '^',
    '#',
    '[a]',
    '{a}',
    'a\tb',
    '’',
    '',
  ])('a path with %j is none, on no system', odd => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(arePlain([platform === 'win32' ? `C:\\${odd}` : `/home/${odd}`, TOKEN], platform)).toBe(odd === '');
    }
    expect(arePlain([odd], 'linux')).toBe(false);
  });

  test('are those of ordinary computers', () => {
    expect(arePlain(['/Applications/Cluster Hosts.app/Contents/MacOS/x', TOKEN], 'darwin')).toBe(true);
    expect(arePlain(['/home/me@work/a=b,c+d:e_f-1.0/node'], 'linux')).toBe(true);
    expect(arePlain(['C:\\Program Files (x86)\\Cluster Hosts\\x.exe'], 'win32')).toBe(true);
    expect(arePlain(['/opt/x (1)/node'], 'linux')).toBe(false);
    // The short names of Windows; in a shell elsewhere it is somebody's home.
    expect(arePlain(['C:\\Users\\RUNNER~1\\AppData\\Local\\Temp'], 'win32')).toBe(true);
    for (const platform of ['linux', 'darwin'] as const) expect(arePlain(['/home/~', TOKEN], platform)).toBe(false);
    expect(arePlain(['C:\\a/b'], 'win32')).toBe(false);
    expect(arePlain(['/a\\b'], 'linux')).toBe(false);
  });

  const plain = fc.stringMatching(/^[A-Za-z0-9/._=,:@+ -]+$/);
  test.prop([fc.array(plain, { minLength: 1, maxLength: 5 })], { numRuns: FULL ? 500 : 40 })(
    'come through both shells that sudo-prompt starts',
    words => {
      const command = `sudo ${quotePlain(words, 'linux')}`;
      expect(wordsIn('/bin/sh', `/bin/bash -c "echo MARK; ${command}"`)).toEqual(
        words.map((word, at) => (at === 0 ? `MARK\n${word}` : word)),
      );
    },
  );

  test('cmd would end a name at a comma or an equals sign', () => {
    expect(quotePlain(['C:\\a,b\\node.exe', 'C:\\a=b\\x.cjs', 'C:\\a\\(x)', 'C:\\plain-1.0_x\\y'], 'win32')).toBe(
      '"C:\\a,b\\node.exe" "C:\\a=b\\x.cjs" "C:\\a\\(x)" C:\\plain-1.0_x\\y',
    );
  });
});

describe('the command for the library', () => {
  test.each([
    ['linux', ['/opt/My Node/node', '/opt/helper.cjs'], `'/opt/My Node/node' /opt/helper.cjs ${TOKEN} 1>&2`],
    ['linux', ['/usr/lib/cluster-hosts/write-hosts'], `/usr/lib/cluster-hosts/write-hosts ${TOKEN} 1>&2`],
    [
      'darwin',
      ['/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1', '/Applications/Cluster Hosts.app/Contents/MacOS/Cluster Hosts'],
      `/usr/bin/env 'ELECTRON_RUN_AS_NODE=1' '/Applications/Cluster Hosts.app/Contents/MacOS/Cluster Hosts' ${TOKEN} 1>&2`,
    ],
    [
      'win32',
      ['C:\\Program Files\\nodejs\\node.exe', 'C:\\Users\\me\\helper.cjs'],
      `"C:\\Program Files\\nodejs\\node.exe" C:\\Users\\me\\helper.cjs ${TOKEN} 1>&2`,
    ],
  ] as const)('%s, %j', (platform, program, command) => {
    expect(new SudoPrompt({ platform, program, child: '' }).job(TOKEN)).toEqual({ command });
  });

  test('AppleScript', () => {
    expect(scriptFor(['/Applications/Cluster Hosts.app/x', '/helper.cjs', TOKEN])).toBe(
      `do shell script "'/Applications/Cluster Hosts.app/x' /helper.cjs ${TOKEN}; true" with prompt "Cluster Hosts wants to change the hosts file." with administrator privileges without altering line endings`,
    );
    // Not plain, and harmless to AppleScript all the same.
    expect(scriptFor(['/a"b\\c'])).toContain(`do shell script "'/a\\"b\\\\c'; true"`);
  });
});

describe('the command for a terminal', () => {
  test.each([
    [['/usr/bin/node', '/opt/helper.cjs', TOKEN], `sudo /usr/bin/node /opt/helper.cjs ${TOKEN}`],
    [['/home/my name/node'], "sudo '/home/my name/node'"],
    [["/home/o'brien/node"], "sudo '/home/o'\\''brien/node'"],
    [['/a"b', '/a$HOME', '/a`id`', '/a&b', '/a%b'], "sudo '/a\"b' '/a$HOME' '/a`id`' '/a&b' '/a%b'"],
    [['/a(b)', '/é', '/a\nb', ''], "sudo '/a(b)' '/é' '/a\nb' ''"],
  ])('%j on POSIX', (words, line) => {
    for (const platform of ['linux', 'darwin'] as const) expect(commandForHand(words, platform)).toBe(line);
  });

  test.each([
    [['C:\\Program Files\\node.exe', TOKEN], `& 'C:\\Program Files\\node.exe' '${TOKEN}'`],
    [["C:\\Users\\O'Brien\\node.exe"], "& 'C:\\Users\\O''Brien\\node.exe'"],
    [['C:\\Users\\O’Brien‘‚‛\\node.exe'], "& 'C:\\Users\\O’’Brien‘‘‚‚‛‛\\node.exe'"],
    [['C:\\a&b', 'C:\\%TEMP%', 'C:\\$x', 'C:\\`', 'C:\\é'], "& 'C:\\a&b' 'C:\\%TEMP%' 'C:\\$x' 'C:\\`' 'C:\\é'"],
  ])('%j in PowerShell', (words, line) => {
    expect(commandForHand(words, 'win32')).toBe(line);
    expect(commandForHand(words, 'win32', true)).toBe(`$env:ELECTRON_RUN_AS_NODE = '1'; ${line}`);
  });

  const odd = fc.oneof(fc.constantFrom("'", '"', '$HOME', '`id`', '\\', '\n', ' ', '!', '~', '-n'), fc.string());
  const word = fc.array(odd, { maxLength: 6 }).map(parts => parts.join('').replaceAll('\0', ''));
  test.prop([fc.array(word, { minLength: 1, maxLength: 5 })], { numRuns: FULL ? 1_000 : 80 })(
    'gives a shell exactly the words, whatever they are',
    words => {
      expect(wordsIn('/bin/sh', commandForHand(words, 'linux'))).toEqual(words);
    },
  );
});
