import type { SetFile } from './datasets';
import { type Decoded, decode, rawSize } from './decode';
import { type Attempt, DataError, DownloadError } from './errors';
import { say } from './language';
import { type FetchLimits, fetchBytes, MirrorFailure } from './mirror';
import { ProgressLine, type ProgressOutput } from './progress';

/** Bytes that a packed file may have beyond the raw one. */
const SLACK = 1 << 16;

/** The most bytes of a file whose size is not known. */
const UNKNOWN_SIZE = 2 ** 30;

export interface DownloadOptions {
  /** The folder in which the file belongs, for errors. */
  folder: string;
  mirrors: readonly string[];
  stallTimeout: number | undefined;
  output: ProgressOutput | undefined;
}

/** Downloads one file from the first mirror that serves it whole and right. */
export async function download(file: SetFile, options: DownloadOptions): Promise<Decoded> {
  const { folder, mirrors, output } = options;
  const attempts: Attempt[] = [];
  for (const mirror of mirrors) {
    const url = `${mirror.replace(/\/*$/, '/')}${file.name}.gz`;
    const line = output && new ProgressLine(output, `${file.name}.gz`);
    try {
      const limits = limitsOf(file, options.stallTimeout);
      const bytes = await fetchBytes(url, limits, (...state) => line?.update(...state));
      const decoded = await decode(bytes, file, url);
      line?.end();
      return decoded;
    } catch (error) {
      const reason = reasonOf(error, url);
      line?.end(say(reason));
      attempts.push({ url, reason });
    }
  }
  throw new DownloadError(file.name, attempts, folder);
}

/** Returns what a file may take of memory, and of time: 20 seconds unless given. */
export const limitsOf = (file: SetFile, stallTimeout = 20_000): FetchLimits => ({
  maxBytes: (rawSize(file) ?? UNKNOWN_SIZE) + SLACK,
  stallTimeout,
});

/** Tells why the mirror at `url` did not serve, without the address, which stands before it. */
function reasonOf(error: unknown, url: string): Attempt['reason'] {
  if (error instanceof MirrorFailure) return error.reason;
  if (!(error instanceof DataError)) throw error;
  const { en, zh } = error.problem;
  return { en: en.replace(`${url}: `, ''), zh: zh.replace(`${url}：`, '') };
}
