import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds the app as it is shipped; the specs run its bundles. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build:app'], { cwd: join(import.meta.dirname, '../..'), stdio: 'inherit' });
}
