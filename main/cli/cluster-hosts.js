#!/usr/bin/env node
// Plain JavaScript, so that a Node.js that is too old for the rest still says so in one sentence.
import module from 'node:module';
import './node-version.js';

module.enableCompileCache?.();
const { main } = await import('./main.ts');
process.exitCode = await main(process.argv.slice(2));
