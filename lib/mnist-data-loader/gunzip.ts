import { createGunzip } from 'node:zlib';
import { alignedBytes } from './aligned';
import { NotIdxError, TruncatedError, WrongShapeError } from './errors';
import { readIdxHeader } from './idx';

/** Bytes of the largest file that is unpacked: more than the large sets of this format have, less than memory. */
const LARGEST = 2 ** 30;

/**
 * Unpacks a gzipped IDX file. Stops as soon as more comes out than its header says, or than `limit`,
 * so that no small file can fill the memory.
 *
 * @param limit the most bytes that may come out
 * @throws NotIdxError | TruncatedError | WrongShapeError
 */
export async function gunzipIdx(
  bytes: Uint8Array,
  file: string,
  limit = LARGEST,
): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  let allowed: number | undefined;
  const stream = createGunzip({ chunkSize: 1 << 20 });
  stream.end(bytes);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (allowed === undefined) {
        const start = chunks.length === 1 ? chunk : Buffer.concat(chunks);
        allowed = readIdxHeader(start, file)?.size;
      }
      const most = Math.min(allowed ?? limit, limit);
      if (length > most || (allowed ?? 0) > limit) {
        throw new WrongShapeError(
          file,
          { en: `at most ${most} bytes when unpacked`, zh: `解压后至多 ${most} 字节` },
          { en: 'more', zh: '更多' },
        );
      }
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') throw new TruncatedError(file, undefined, bytes.length);
    if (code?.startsWith('Z_')) {
      throw new NotIdxError(file, {
        en: `damaged gzip (${message})`,
        zh: `损坏的 gzip 数据（${message}）`,
      });
    }
    throw error;
  }
  const unpacked = alignedBytes(length);
  let offset = 0;
  for (const chunk of chunks) {
    unpacked.set(chunk, offset);
    offset += chunk.length;
  }
  return unpacked;
}
