/** Threads of messages that are given by their places in a list. */
export interface Threading {
  readonly threads: readonly (readonly number[])[];
  /**
   * The place of each message's parent, undefined for a root and for what hangs under a message that is not there.
   * Left out where the threader tells of threads alone.
   */
  readonly parents?: readonly (number | undefined)[];
}
