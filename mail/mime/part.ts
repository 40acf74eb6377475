/** A part of a message, taken out of its transfer encoding (RFC 2045, 6). */
export interface Part {
  /** The media type in lower case; `text/plain` where there is none or it is none (RFC 2045, 5.2). */
  readonly type: string;
  /** The parameters of the type by their names in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
  /** `inline`, `attachment`, another word, or empty. */
  readonly disposition: string;
  /** The file name that the sender gave, safe to show; empty where there is none. */
  readonly name: string;
  /** The bytes; none of a multipart. */
  readonly content: Buffer;
  /** The parts of a multipart, in order. */
  readonly parts: readonly Part[];
}

/** Whether a part is made of parts, whatever it calls itself: some name a boundary and then call it HTML. */
export function isMultipart(part: Part): boolean {
  return part.type.startsWith('multipart/') || part.parts.length > 0;
}
