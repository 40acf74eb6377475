/**
 * A mistake that the person at the keyboard can put right. Its message is one sentence that names the bad value
 * and the remedy; it is printed without a stack. Any other error keeps its stack, because it is a fault of ours.
 */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  /** Whether the command line or `traffic.yaml` was at fault, rather than the world that they name. */
  readonly wrongUse: boolean;

  constructor(message: string, options: { readonly cause?: unknown; readonly wrongUse?: boolean } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.wrongUse = options.wrongUse ?? false;
  }
}

/** A place in a file of the editor's: `issues/12/syscalls.md:14:22`, lines and columns from 1. */
export interface FilePlace {
  /** From the publication's folder, or as errors show it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A mistake in a file that the editor writes. */
export class FileFault extends OperatorError {
  readonly place: FilePlace;
  /** What is wrong and what would be right, as a sentence without the place. */
  readonly what: string;

  constructor(place: FilePlace, what: string) {
    super(`${place.file}:${place.line}: ${what}`, { wrongUse: true });
    this.place = place;
    this.what = what;
  }
}

/** What a system call's error means to a person: `ENOENT` becomes "there is no such file or folder". */
export function plainReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && REASONS[code]) ?? message;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EEXIST: 'it is there already',
  EISDIR: 'it is a folder',
  ELOOP: 'its links go in a circle',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'part of its path is not a folder',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
};
