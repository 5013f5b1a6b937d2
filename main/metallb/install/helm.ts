import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A helm program on this computer. */
export interface Helm {
  readonly path: string;
  /** Without `v`: `3.19.0`. */
  readonly version: string;
}

/** How helm reaches the same cluster as we do. */
export interface HelmAccess {
  /** As KUBECONFIG has them. */
  readonly kubeconfigs: string;
  readonly context: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs helm with arguments; gives its exit code and the last line that it said. `log` hears every line. Cancelled, helm
 * is told to end, and leaves a release that it has begun as `failed`.
 */
export type HelmRunner = (
  args: readonly string[],
  log: (line: string) => void,
  cancelled: AbortSignal,
) => Promise<{ readonly code: number; readonly last: string }>;

/** It answers at once, if it does. */
const VERSION_MS = 10_000;

/** The first helm of PATH, if it says its version until `late` is aborted. */
export async function findHelm(
  env: HelmAccess['env'],
  late = AbortSignal.timeout(VERSION_MS),
): Promise<Helm | undefined> {
  const path = await findProgram(process.platform === 'win32' ? 'helm.exe' : 'helm', env.PATH ?? '');
  if (path === undefined) return undefined;
  const lines: string[] = [];
  const { code } = await runProgram(path, ['version', '--short'], env, line => lines.push(line), late);
  // Warnings may come first.
  const [version] = lines.flatMap(line => /^v?([0-9]+\.[0-9]+\.[0-9]+)/.exec(line)?.[1] ?? []);
  return code === 0 && version !== undefined ? { path, version } : undefined;
}

/** `helm` as found, on the cluster of `access`. Except on Windows, it ends with this program, so that none goes on unseen. */
export function helmRunner(helm: Helm, { kubeconfigs, context, env }: HelmAccess): HelmRunner {
  return (args, log, cancelled) =>
    runProgram(
      helm.path,
      ['--kube-context', context, ...args],
      { ...plain(env), KUBECONFIG: kubeconfigs },
      log,
      cancelled,
    );
}

/** Without what leads helm to another cluster or user than the kubeconfig's, or has it keep releases elsewhere. */
function plain(env: HelmAccess['env']): HelmAccess['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^HELM_(KUBE|DRIVER|NAMESPACE)/i.test(name)));
}

async function findProgram(name: string, path: string): Promise<string | undefined> {
  // What is relative in PATH would depend on where this program was started.
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    const file = join(folder, name);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}

/** The shell's input is a pipe from us: it ends when we do, however we end, and then the program is told to end too. */
const WITH_US = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- & child=$!',
  '{ read -r _ <&3; kill $child; } >/dev/null 2>&1 & guard=$!',
  'wait $child; code=$?',
  'kill $guard 2>/dev/null; exit $code',
].join('\n');

async function runProgram(
  path: string,
  args: readonly string[],
  env: HelmAccess['env'],
  log: (line: string) => void,
  cancelled: AbortSignal,
): Promise<{ code: number; last: string }> {
  const guarded = process.platform === 'win32' ? [path, ...args] : ['/bin/sh', '-c', WITH_US, 'sh', path, ...args];
  const [program = '', ...rest] = guarded;
  const child = spawn(program, rest, { env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const end = () => (process.platform === 'win32' ? child.kill() : child.stdin.end());
  if (cancelled.aborted) end();
  cancelled.addEventListener('abort', end, { once: true });
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      if (line.trim() !== '') last = line.trim();
      log(line);
    });
  }
  const { promise, resolve } = Promise.withResolvers<{ code: number; last: string }>();
  child.on('error', error => resolve({ code: 127, last: error.message }));
  child.on('close', code => resolve({ code: code ?? 1, last }));
  return await promise.finally(() => cancelled.removeEventListener('abort', end));
}
