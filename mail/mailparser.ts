import { createRequire } from 'node:module';
import { later } from './later.ts';

/** mailparser, loaded where the first mail is not plain. */
export const mailparser = later(
  () => createRequire(import.meta.url)('mailparser') as typeof import('mailparser'),
);
