import { randomUUID } from 'node:crypto';
import { basename, isAbsolute, join } from 'node:path';
import { type ProgramResult, runProgram } from '../cluster/exec-process.ts';
import { plainText } from '../cluster/plain-text.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Who is logged in. `shell` is the login shell's path, `''` where it is not known. */
export interface ShellHost {
  readonly platform: NodeJS.Platform;
  readonly env: Env;
  readonly home: string;
  readonly shell: string;
  readonly signal?: AbortSignal;
  /** How long the shell may take; ten seconds if not given. */
  readonly timeoutMs?: number;
}

/** The environment for programs that log in; `problem` says why the shell was not asked with success, else `''`. */
export interface ShellEnv {
  readonly env: Env;
  readonly problem: string;
}

/**
 * The environment as in the user's terminal: a program started from a desktop does not have what shells set up, such as
 * the PATH of Homebrew. Only what concerns logins is taken over. Does not throw; what cannot be found out stays as it is.
 */
export async function readLoginEnv(host: ShellHost): Promise<ShellEnv> {
  if (!needsShell(host)) return { env: host.env, problem: '' };
  const answer = await askShell(host);
  if (typeof answer === 'string') return { env: withFolders(host.env, host), problem: answer };
  return { env: withFolders({ ...host.env, ...answer }, host), problem: '' };
}

/** In a terminal the environment is there already; Windows has it everywhere, and Flatpak's shell is not the user's. */
function needsShell({ platform, env }: ShellHost): boolean {
  return platform !== 'win32' && env.FLATPAK_ID === undefined && env.TERM === undefined;
}

/** What is taken over, or a sentence about why nothing is. */
async function askShell({ env, home, shell, signal, timeoutMs = 10_000 }: ShellHost): Promise<Env | string> {
  if (!isAbsolute(shell)) return 'The login shell is not known, so its PATH is not used.';
  const [head, tail] = [randomUUID(), randomUUID()];
  // In two parts, so that a shell which exports or prints its command does not say the mark by itself.
  const mark = `printf %s%s ${head} ${tail}`;
  const flags = basename(shell) === 'zsh' ? ['-l', '-i', '-c'] : ['-l', '-c'];
  const args = [...flags, `${mark}; /usr/bin/env -0; ${mark}`];
  const program = { file: shell, args, env: { ...env, ...QUIET }, cwd: home };
  const result = await runProgram(program, { timeoutMs, maxBytes: 1024 * 1024, killDelayMs: 500, signal });
  // Something that a shell left running may keep it from ending, after the answer.
  const said = result.kind === 'not-started' ? '' : result.stdout;
  const [, block, end] = said.split(`${head}${tail}`);
  return block === undefined || end === undefined ? problemOf(shell, result, timeoutMs) : pick(block);
}

/** Keeps zsh's frameworks from asking for updates or starting tmux. */
const QUIET = { DISABLE_AUTO_UPDATE: 'true', ZSH_TMUX_AUTOSTART: 'false', ZSH_TMUX_AUTOSTARTED: 'true' };

/** Programs, kubeconfigs, proxies, authorities, and what the clouds' own programs log in by. */
const WANTED = [
  /^(PATH|KUBECONFIG|KREW_ROOT|USE_GKE_GCLOUD_AUTH_PLUGIN)$/,
  /^((HTTPS?|ALL|NO)_PROXY|(https?|all|no)_proxy|SSL_CERT_(FILE|DIR))$/,
  /^(AWS|AZURE|CLOUDSDK|GOOGLE|OCI|DIGITALOCEAN|TELEPORT|TSH)_[A-Z0-9_]+$/,
];

function pick(block: string): Env {
  const pairs = block.split('\0').flatMap(entry => {
    const at = entry.indexOf('=');
    const name = entry.slice(0, at);
    return at > 0 && WANTED.some(pattern => pattern.test(name)) ? [[name, entry.slice(at + 1)] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function problemOf(shell: string, result: ProgramResult, timeoutMs: number): string {
  const reason = {
    'not-started': 'could not be started',
    'timed-out': `did not answer within ${timeoutMs / 1000} s`,
    'too-much-output': 'wrote more than 1 MiB',
    aborted: 'was stopped',
    exited: `ended without an answer${result.kind === 'exited' ? ` (${result.status})` : ''}`,
  }[result.kind];
  return `The shell ${plainText(shell)} ${reason}, so its PATH is not used.`;
}

/** Where programs for logging in are commonly installed, after all that the PATH has. */
function withFolders(env: Env, { home, platform }: ShellHost): Env {
  const brew = platform === 'darwin' ? ['/opt/homebrew/bin'] : ['/snap/bin'];
  const krew = join(env.KREW_ROOT ?? join(home, '.krew'), 'bin');
  const known = [...brew, '/usr/local/bin', join(home, '.local', 'bin'), join(home, 'bin'), krew];
  const path = (env.PATH ?? '').split(':').filter(folder => folder !== '');
  return { ...env, PATH: [...new Set([...path, ...known])].join(':') };
}
