import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Io, Output } from '../../../main/cli/io.ts';
import { lookAhead } from '../../../main/cli/metallb-plan.ts';
import { untilServiceLbIsOff } from '../../../main/cli/metallb-service-lb.ts';
import { parseCommandLine } from '../../../main/cli/options.ts';
import type { Connection } from '../../../main/cluster/connection.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { AppError } from '../../../main/errors.ts';
import { connectTo } from '../../demo-connection.ts';
import { hastyClock } from '../metallb/hasty-clock.ts';
import { metallbOf } from '../metallb/metallb-of.ts';

let demo: Demo;
let connection: Connection;

beforeEach(async () => {
  demo = await startDemo({ scenario: 'empty', paceMs: 1 });
  connection = connectTo(demo);
  demo.troubles.serviceLb(true);
});

afterEach(async () => {
  connection.close();
  await demo.stop();
});

/** Waits at a terminal for ServiceLB to be off; `onError` hears of what the cluster did not answer. */
async function wait(interrupted = new AbortController().signal, onError = () => {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const io: Io = { stdout: new PassThrough(), stderr: new PassThrough(), stdin, env: {}, interrupted };
  const { options } = parseCommandLine(['metallb', 'install', '--addresses', '10.0.0.70-10.0.0.80']);
  const invocation = { words: [], options, io, out: new Output(io, { json: false, color: false }) };
  const explain = async (error: unknown) => {
    onError();
    return new AppError('unreachable', String(error), 'Try again.');
  };
  const metallb = metallbOf(demo, connection, { explain });
  const ahead = await lookAhead(metallb, invocation);
  expect(ahead.plan).toBeUndefined();
  return () => untilServiceLbIsOff(ahead, metallb, invocation, hastyClock);
}

test('K3s that is restarted without ServiceLB, and away meanwhile, is waited for', async () => {
  const away = Promise.withResolvers<void>();
  const begin = await wait(undefined, away.resolve);
  await demo.server.stop();
  const waiting = begin();
  await Promise.race([away.promise, waiting]);
  demo.troubles.serviceLb(false);
  await demo.server.start();
  expect((await waiting).plan).toBeDefined();
});

test('Ctrl-C ends the wait', async () => {
  const interrupt = new AbortController();
  const begin = await wait(interrupt.signal);
  const waiting = begin();
  interrupt.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
