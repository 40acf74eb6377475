import type { Brief } from '../brief.ts';
import type { Exchanges } from '../facts/exchanges.ts';
import type { Hearing } from '../facts/statements.ts';
import type { Cast } from './cast.ts';

/** A story as it is told: what later sentences need of earlier ones. */
export interface Telling {
  readonly hearing: Hearing;
  readonly brief: Brief;
  readonly exchanges: Exchanges;
  readonly cast: Cast;
}
