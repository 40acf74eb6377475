#!/usr/bin/env node
import { load } from '../loader/program.js';

const { run } = await load('cli/main.ts');
// `traffic threads | head` closes the pipe early; that is no fault.
process.stdout.on('error', error => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.exitCode = await run(process);
