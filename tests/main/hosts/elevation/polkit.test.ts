import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WRAPPER } from '../../../../main/hosts/elevation/program.ts';

const BUILD = join(import.meta.dirname, '../../../../build/linux');
const SCRIPT = join(BUILD, 'write-hosts');
const ID = 'org.cluster-hosts.write-hosts';

describe('the policy', () => {
  const xml = readFileSync(join(BUILD, `${ID}.policy`), 'utf8');

  test('is well formed: each element is closed in its turn', () => {
    expect(problemOf(xml)).toBeUndefined();
    for (const broken of ['</vendor>', '"', '<annotate', 'policyconfig>\n  <v', '-->']) {
      expect(problemOf(broken === '-->' ? `${xml}${broken}<` : xml.replace(broken, '')), broken).toBeDefined();
    }
  });

  test('is for the one program, and asks for an administrator’s password each time', () => {
    const [, program] = /<annotate key="org\.freedesktop\.policykit\.exec\.path">([^<]+)<\/annotate>/.exec(xml) ?? [];
    expect(program).toBe(WRAPPER);
    expect([...xml.matchAll(/<action id="([^"]+)">/g)].map(([, id]) => id)).toEqual([ID]);
    const allowed = [...xml.matchAll(/<(allow_\w+)>(\w+)<\/\1>/g)].map(([, who, what]) => [who, what]);
    expect(allowed).toEqual(['allow_any', 'allow_inactive', 'allow_active'].map(who => [who, 'auth_admin']));
    expect(/<message>(.*)<\/message>/.exec(xml)?.[1]).toContain('Cluster Hosts');
  });
});

describe('the wrapper', () => {
  test('is a program, and one that sh can read', () => {
    accessSync(SCRIPT, constants.X_OK);
    expect(spawnSync('/bin/sh', ['-n', SCRIPT], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(SCRIPT, 'utf8')).toMatch(/^#!\/bin\/sh\n/);
  });

  /** The wrapper, with its product in another folder that prints how it was started. */
  function run(args: readonly string[]) {
    const folder = mkdtempSync(join(tmpdir(), 'wrapper-'));
    try {
      const product = join(folder, 'Cluster Hosts');
      mkdirSync(product);
      const says = 'printf "%s|" "$ELECTRON_RUN_AS_NODE" "$NODE_OPTIONS" "$@"';
      writeFileSync(join(product, 'cluster-hosts'), `#!/bin/sh\n${says}\n`, { mode: 0o755 });
      const script = join(folder, 'write-hosts');
      writeFileSync(script, readFileSync(SCRIPT, 'utf8').replaceAll("'/opt/", `'${folder}/`), { mode: 0o755 });
      const env = { NODE_OPTIONS: '--require=/tmp/x' };
      const { status, stdout, stderr } = spawnSync(script, args, { env, encoding: 'utf8' });
      return { status, stdout: stdout.replace(folder, ''), stderr };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('passes its one argument as it is, and no option of Node.js', () => {
    const stdout = '1||/Cluster Hosts/resources/helper.cjs|a b"$(id)|';
    expect(run(['a b"$(id)'])).toEqual({ status: 0, stdout, stderr: '' });
  });

  test.each([[[]], [['a', 'b']], [['', '']]])('refuses %j', args => {
    expect(run(args)).toEqual({ status: 64, stdout: '', stderr: expect.stringContaining('one request') });
  });
});

/** Why a text is no XML, for files as simple as ours: elements, attributes in double quotes, plain text. */
function problemOf(xml: string): string | undefined {
  const open: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<!DOCTYPE \w+ PUBLIC "[^"]+"\s+"[^"]+">\n/, '');
  const token = /<(\/?)([A-Za-z_]\w*)((?: [A-Za-z_]\w*="[^"<&]*")*)>|[^<>&]+/y;
  let roots = 0;
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const match = token.exec(body);
    if (match === null) return `not a token: ${body.slice(at, at + 20)}`;
    const [text, close, name] = match;
    if (name === undefined) {
      if (open.length === 0 && text.trim() !== '') return `text outside: ${text}`;
    } else if (close === '/') {
      if (open.pop() !== name) return `closed out of turn: ${name}`;
    } else {
      if (open.length === 0) roots += 1;
      open.push(name);
    }
  }
  return roots === 1 && open.length === 0 ? undefined : 'not one whole element';
}
