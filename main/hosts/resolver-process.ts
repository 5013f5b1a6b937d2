import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Lookup } from './resolve.ts';

/** `[id, addresses]`; the first line only says that it is ready. */
type Line = readonly [id: number, addresses: readonly string[]];

const SCRIPT = `
const { lookup } = require('node:dns');
const say = (id, found) => console.log(JSON.stringify([id, found.map(({ address }) => address)]));
const lines = require('node:readline').createInterface({ input: process.stdin });
lines.on('close', () => process.kill(process.pid, 'SIGKILL'));
lines.on('line', line => {
  const [id, hostname, family] = JSON.parse(line);
  lookup(hostname, { all: true, family }, (_, found = []) => say(id, found));
});
say(0, []);`;

/** Node gives half of them to lookups; the rest would wait behind two that hang. */
const THREADS = '128';

/**
 * Gives the system's own resolver (getaddrinfo, as every program has it), until the signal; its lookups reject then. In
 * a process of its own, for a process that waits for getaddrinfo cannot end, not even by `process.exit`.
 */
export async function startResolver(signal: AbortSignal): Promise<Lookup> {
  const child = spawn(process.execPath, ['--input-type=commonjs', '-e', SCRIPT], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '', UV_THREADPOOL_SIZE: THREADS },
    stdio: ['pipe', 'pipe', 'ignore'],
    ...{ signal, killSignal: 'SIGKILL', windowsHide: true },
  });
  const waiting = new Map<number, PromiseWithResolvers<readonly string[]>>();
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  child.on('error', end).on('close', () => end(new Error('The process that asks the resolver has ended.')));
  child.stdin.on('error', end);
  createInterface({ input: child.stdout }).on('line', line => {
    const [id, addresses]: Line = JSON.parse(line);
    waiting.get(id)?.resolve(addresses);
    waiting.delete(id);
  });
  let count = 0;
  const next = () => {
    const answer = Promise.withResolvers<readonly string[]>();
    if (ended === undefined) waiting.set(count++, answer);
    else answer.reject(ended);
    return answer.promise;
  };
  await next();
  return (hostname, family) => {
    child.stdin.write(`${JSON.stringify([count, hostname, family])}\n`);
    return next();
  };
}
