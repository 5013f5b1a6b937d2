import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readCommandLine } from './command-line.ts';

interface PackageJson {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
}

const commandLine = readCommandLine(process.argv.slice(2));
const target = resolve(commandLine.appPath);
const isFolder = statSync(target).isDirectory();
const folder = isFolder ? target : dirname(target);
const packageJson: PackageJson = isFolder ? JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) : {};

/** The app that this process is, as its command line names it. */
export const startedAs = {
  ...commandLine,
  executable: join(import.meta.dirname, 'dist', 'electron'),
  folder,
  main: isFolder ? join(folder, packageJson.main ?? 'index.js') : target,
  name: packageJson.productName ?? packageJson.name ?? 'Electron',
  version: packageJson.version ?? '',
  /** A window that people see, for the preview. */
  headful: process.env.STANDIN_HEADFUL === '1',
};
