#!/usr/bin/env node
/*
 * Stands between electron-vite and the app that it starts anew: the app takes its time to quit, and of two at once the
 * second would only show the window of the first.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const { DEV_PROGRAM: program = '', DEV_FOLDER: folder = '' } = process.env;
const running = join(folder, 'running');

let isWanted = true;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    isWanted = false;
  });

while (isWanted && isAlive()) await delay(50);
if (isWanted) run();

function isAlive(): boolean {
  try {
    return process.kill(Number(readFileSync(running, 'utf8')), 0);
  } catch {
    return false;
  }
}

function run(): void {
  const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
  writeFileSync(running, String(child.pid));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', code => {
    rmSync(running, { force: true });
    process.exitCode = code ?? 1;
  });
}
