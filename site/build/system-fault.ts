import { OperatorError } from '../../publication/operator-error.ts';

/** An error of the system, such as a full disk. */
export type SystemFault = Error & { readonly code: string };

/** The system's error behind one of Eleventy's, which hides it in its own; undefined where there is none. */
export function systemFault(error: unknown): SystemFault | undefined {
  for (let cause = error; cause instanceof Error && !(cause instanceof OperatorError); ) {
    if (/^E[A-Z]{2,}$/.test((cause as NodeJS.ErrnoException).code ?? '')) return cause as SystemFault;
    cause = (cause as { originalError?: unknown }).originalError ?? cause.cause;
  }
  return undefined;
}
