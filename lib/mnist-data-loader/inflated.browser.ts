/** Unpacks gzip in a browser, by its own code. */
import { GzipFault } from './gzip-fault';

/** Bytes handed over at once: what they unpack to waits in memory. */
const PIECE = 1 << 16;

/**
 * Unpacks gzip, piece by piece.
 *
 * Browsers word their errors differently. By the standard, damage fails where it is written, and an
 * end that is missing fails where the stream is closed.
 *
 * @throws GzipFault
 */
export async function* inflated(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const { readable, writable } = new DecompressionStream('gzip');
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  let isWritten = false;
  const write = async () => {
    for (let start = 0; start < bytes.length; start += PIECE) {
      await writer.write(bytes.subarray(start, start + PIECE) as BufferSource);
    }
    isWritten = true;
    await writer.close();
  };
  const writing = write();
  // What fails here fails the reader, too, which tells of it.
  writing.catch(() => {});
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Its writer may hear of the fault later than its reader.
    await writing.catch(() => {});
    throw new GzipFault(error.message, isWritten);
  } finally {
    await reader.cancel().catch(() => {});
  }
}
