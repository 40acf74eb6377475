import module from 'node:module';
import v8 from 'node:v8';
import { prepareStackTrace } from './stack.js';

// What Node is told in each process and thread of the program.

// Node would take the maps of all files apart as it loads them, which takes a tenth of a short command's time.
Error.prepareStackTrace = prepareStackTrace;
// Node 22 and newer keep compiled code from one run to the next.
module.enableCompileCache?.();
// V8's measure of how often code must run to be worth optimizing, by default 67,584. Commands and their threads, which
// optimize each for itself, live for a minute: with the default a quarter of a build goes into that. Only the V8 of Node
// 20 and 21 has it; others complain, in each command.
const GONE_IN = 22;
if (Number.parseInt(process.versions.node, 10) < GONE_IN) v8.setFlagsFromString('--interrupt-budget=1000000');
