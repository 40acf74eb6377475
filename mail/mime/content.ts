/** A part of a message that is not its text. */
export interface Attachment {
  /** The name the sender gave it, on one line and without a path; empty where there is none. */
  readonly name: string;
  /** The media type, in lower case: `text/x-patch`. */
  readonly type: string;
  readonly content: Buffer;
}

/** What a message holds once MIME is undone (RFC 2045 to 2049). */
export interface Content {
  /** The text with LF line ends; of HTML-only mail, its text. */
  readonly text: string;
  /** Whether the message had no plain text, so that `text` was made from HTML. */
  readonly fromHtml: boolean;
  readonly attachments: readonly Attachment[];
  /** What a reader should know and is in order: that the message is signed or encrypted. */
  readonly notes: readonly string[];
  /** What was odd, in words for a reader. */
  readonly warnings: readonly string[];
}
