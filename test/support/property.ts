/**
 * How often fast-check tries a property: `normal` times on the same cases in every run, so that a failure is
 * the change's fault; with TEST_FULL twenty times as often, on new cases each time.
 */
export function runs(normal = 200): { numRuns: number; seed?: number } {
  return process.env.TEST_FULL ? { numRuns: normal * 20 } : { numRuns: normal, seed: 2018 };
}
