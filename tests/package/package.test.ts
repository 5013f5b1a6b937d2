import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FULL } from '../arbitraries.ts';
import { makeProject, pack, whyNot } from './project.ts';

/** Both get the same files; each takes seconds. */
const PACKAGES = FULL ? (['deb', 'rpm'] as const) : (['deb'] as const);

/** As the program has it: a digit. */
const ON = '1'.charCodeAt(0);

const reason = whyNot();

describe.skipIf(reason !== undefined)(
  `the package for Linux${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-package-'));
    const unpacked = join(folder, 'release/linux-unpacked');

    beforeAll(async () => {
      makeProject(folder);
      await pack(folder, 'dir');
    }, 60_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('app.asar holds what was built for the app, and nothing else', () => {
      const archive = join(unpacked, 'resources/app.asar');
      expect(listPackage(archive, { isPack: false }).sort()).toEqual([
        '/out',
        '/out/main',
        '/out/main/index.js',
        '/out/preload',
        '/out/preload/index.cjs',
        '/out/renderer',
        '/out/renderer/assets',
        '/out/renderer/assets/index.js',
        '/out/renderer/index.html',
        '/package.json',
      ]);
      const { main, scripts, devDependencies } = JSON.parse(extractFile(archive, 'package.json').toString());
      expect({ main, scripts, devDependencies }).toEqual({ main: 'out/main/index.js' });
    });

    test('what is run as root lies outside, as it was built', () => {
      expect(readFileSync(join(unpacked, 'resources/helper.cjs'), 'utf8')).toBe('// out/cli/helper.cjs\n');
      expect(existsSync(join(unpacked, 'resources/app.asar.unpacked'))).toBe(false);
    });

    test('tray and window have their images beside the archive', () => {
      expect(existsSync(join(unpacked, 'resources/icons/256x256.png'))).toBe(true);
      const images = readdirSync(join(unpacked, 'resources/tray'));
      for (const state of ['ok', 'pending', 'working', 'problem', 'offline']) {
        expect(images).toContain(`${state}-light.png`);
        expect(images).toContain(`${state}-light@2x.png`);
        expect(images).toContain(`${state}Template@2x.png`);
        expect(images).toContain(`${state}-dark.ico`);
      }
    });

    test('only our language is there', () => expect(readdirSync(join(unpacked, 'locales'))).toEqual(['en-US.pak']));

    test('the fuses are set hard, but for the one that the helper needs', async () => {
      const wire = await getCurrentFuseWire(join(unpacked, 'cluster-hosts'));
      const isOn = (fuse: FuseV1Options) => wire[fuse] === ON;
      expect({
        runAsNode: isOn(FuseV1Options.RunAsNode),
        cookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
        nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
        nodeCliInspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
        asarIntegrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
        onlyLoadAppFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
        fileProtocol: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
      }).toEqual({
        runAsNode: true,
        cookieEncryption: false,
        nodeOptions: false,
        nodeCliInspect: false,
        asarIntegrity: true,
        onlyLoadAppFromAsar: true,
        fileProtocol: false,
      });
    });

    test.each(PACKAGES)('the %s brings the wrapper that polkit names', async target => {
      const recorder = join(folder, `fpm-${target}.cjs`);
      const record = join(folder, `${target}.json`);
      writeFileSync(recorder, recordArguments(record));
      chmodSync(recorder, 0o755);
      await pack(folder, target, {
        CUSTOM_FPM_PATH: recorder,
        PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
      });
      const files: string[] = JSON.parse(readFileSync(record, 'utf8')).filter((word: string) => word.includes('=/'));
      const from = new Map(files.map(word => [word.slice(word.indexOf('=/') + 1), word.slice(0, word.indexOf('=/'))]));
      const wrapper = join(folder, from.get('/usr/lib/cluster-hosts/write-hosts') ?? 'missing');
      const policy = from.get('/usr/share/polkit-1/actions/org.cluster-hosts.write-hosts.policy') ?? 'missing';
      expect(statSync(wrapper).mode & 0o777).toBe(0o755);
      expect(readFileSync(join(folder, policy), 'utf8')).toContain('>/usr/lib/cluster-hosts/write-hosts<');
      // The wrapper names both by their whole paths.
      const installed = from.has('/opt/Cluster Hosts') && readFileSync(wrapper, 'utf8');
      expect(installed).toContain("'/opt/Cluster Hosts/cluster-hosts' '/opt/Cluster Hosts/resources/helper.cjs'");
      expect(existsSync(join(unpacked, 'cluster-hosts'))).toBe(true);
    });
  },
);

/** Stands in for fpm, which npm does not have: it only makes the file that it was asked for. */
function recordArguments(record: string): string {
  return `#!/usr/bin/env node
const { writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
writeFileSync(${JSON.stringify(record)}, JSON.stringify(args));
writeFileSync(args[args.indexOf('--package') + 1], '');
`;
}
