/* Saves a setting and is killed at its n-th file-system call. Arguments: the file, n, the new suffix. */
import fs from 'node:fs';

const [path = '', at = '', suffix] = process.argv.slice(2);

let calls = 0;
for (const name of ['open', 'write', 'fsync', 'close', 'chown', 'chmod', 'rename', 'unlink'] as const) {
  const real = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      calls += 1;
      if (calls === Number(at)) process.kill(process.pid, 'SIGKILL');
      return real(...args);
    },
  });
}

// Loaded after the calls are watched: what saves takes some of them over when it is loaded.
const { SettingsFile } = await import('../../../main/settings/settings-file.ts');
await new SettingsFile(path).change({ suffix });
