/** Bytes are no whole gzip stream. */
export class GzipFault extends Error {
  constructor(
    message: string,
    /** Whether all is well but for an end that is missing. */
    readonly isTruncated: boolean,
  ) {
    super(message);
  }
}
