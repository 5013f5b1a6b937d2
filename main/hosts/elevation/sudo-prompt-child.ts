import { exec } from 'sudo-prompt';

/*
 * Runs sudo-prompt in a process of its own: some of what goes wrong in it is thrown where nobody can catch it, and ends
 * the process. Takes the command and the environment as one JSON argument, and says what came of it on stdout as JSON.
 */

/** What came of it; `code` is the command's exit code where it had one. */
export interface ChildAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly error?: { readonly message: string; readonly code?: number };
}

const [job = '{}'] = process.argv.slice(2);
const { command, env } = JSON.parse(job) as { command: string; env?: Record<string, string> };

exec(command, { name: 'Cluster Hosts', ...(env && { env }) }, (error, stdout, stderr) => {
  // Where nothing went wrong it is null on Linux, whatever its type says.
  const code = error && 'code' in error && typeof error.code === 'number' ? { code: error.code } : {};
  const said = { stdout: `${stdout ?? ''}`, stderr: `${stderr ?? ''}` };
  const answer: ChildAnswer = { ...said, ...(error && { error: { message: error.message, ...code } }) };
  process.stdout.write(JSON.stringify(answer));
});
