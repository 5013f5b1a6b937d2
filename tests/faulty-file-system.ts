import { type FileSystem, nodeFileSystem } from '../main/hosts/file-system.ts';

/** What goes wrong: an error before or after the call was carried out, a write of half the bytes, or a kill. */
export type Fault =
  | { readonly code: string; readonly when: 'before' | 'after' }
  | { readonly code: 'short'; readonly when: 'before' }
  | { readonly code: 'SIGKILL'; readonly when: 'before' | 'after' };

/** The real file system, but its n-th call (from 1) goes wrong; `calls()` tells how many there were. */
export function faultyFileSystem(nth: number, fault: Fault, base: FileSystem = nodeFileSystem) {
  let at = nth;
  let calls = 0;
  const fs = new Proxy(base, {
    get(target, key: keyof FileSystem) {
      const real = target[key];
      if (typeof real !== 'function') return real;
      return (...args: unknown[]) => {
        calls += 1;
        const call = (with_: unknown[]) => Reflect.apply(real, target, with_);
        if (calls !== at) return call(args);
        if (fault.code === 'short') return call(key === 'writeSync' ? halfOf(args) : args);
        if (fault.when === 'after') {
          try {
            call(args);
          } catch (error) {
            // A call that fails by itself is one to be killed after all the same.
            if (fault.code !== 'SIGKILL') throw error;
          }
        }
        return fail(fault.code, key, args);
      };
    },
  });
  const failAt = (other: number) => {
    at = other;
  };
  return { fs, calls: () => calls, failAt };
}

/** The real file system as another system has it: `limit` gives the error code of a call, or lets it through. */
export function limitedFileSystem(
  limit: (call: keyof FileSystem, args: readonly unknown[]) => string | undefined,
  platform = process.platform,
): FileSystem {
  return new Proxy(nodeFileSystem, {
    get(target, key: keyof FileSystem) {
      if (key === 'platform') return platform;
      const real = target[key];
      if (typeof real !== 'function') return real;
      return (...args: unknown[]) => {
        const code = limit(key, args);
        return code === undefined ? Reflect.apply(real, target, args) : fail(code, key, args);
      };
    },
  });
}

/** A file that is a mount point: nothing can take its name. */
export const bindMount = (path: string) =>
  limitedFileSystem((call, args) => (call === 'renameSync' && args[1] === path ? 'EBUSY' : undefined));

/** Windows as far as the writer knows it: it does not even try to replace a file. */
export const windows = () => limitedFileSystem(() => undefined, 'win32');

function halfOf([fd, buffer, offset, length, position]: unknown[]): unknown[] {
  return [fd, buffer, offset, Math.ceil(Number(length) / 2), position];
}

function fail(code: string, call: string, [path]: readonly unknown[]): never {
  if (code === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
  throw Object.assign(new Error(`${code}: injected, ${call}`), {
    ...{ code, syscall: call.replace(/Sync$/, '') },
    ...(typeof path === 'string' && { path }),
  });
}
