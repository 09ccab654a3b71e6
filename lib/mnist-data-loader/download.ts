import type { SetFile } from './datasets';
import { type Decoded, decode, rawSize } from './decode';
import { type Attempt, DataError, DownloadError } from './errors';
import { say } from './language';
import { fetchBytes, MirrorFailure } from './mirror';
import { ProgressLine, type ProgressOutput } from './progress';
import type { Warn } from './sources';
import { systemReason } from './system-reason';
import { writeWhole } from './write-whole';

/** Bytes that a packed file may have beyond the raw one. */
const SLACK = 1 << 16;

/** The most bytes of a file whose size is not known. */
const UNKNOWN_SIZE = 2 ** 30;

export interface DownloadOptions {
  folder: string;
  mirrors: readonly string[];
  stallTimeout: number;
  output: ProgressOutput | undefined;
  warn: Warn;
}

/**
 * Downloads one file from the first mirror that serves it whole and right, and keeps it, unpacked,
 * in the data folder. A copy that cannot be kept is used all the same.
 *
 * @throws DownloadError with what each mirror answered
 */
export async function download(file: SetFile, options: DownloadOptions): Promise<Decoded> {
  const { folder, mirrors, output, warn } = options;
  const attempts: Attempt[] = [];
  for (const mirror of mirrors) {
    const url = `${mirror.replace(/\/*$/, '/')}${file.name}.gz`;
    const line = output && new ProgressLine(output, `${file.name}.gz`);
    try {
      const limits = {
        maxBytes: (rawSize(file) ?? UNKNOWN_SIZE) + SLACK,
        stallTimeout: options.stallTimeout,
      };
      const bytes = await fetchBytes(url, limits, (...state) => line?.update(...state));
      const decoded = await decode(bytes, file, url);
      line?.end();
      await keep(folder, file, decoded, warn);
      return decoded;
    } catch (error) {
      const reason = reasonOf(error, url);
      line?.end(say(reason));
      attempts.push({ url, reason });
    }
  }
  throw new DownloadError(file.name, attempts, folder);
}

/** Tells why the mirror at `url` did not serve, without the address, which stands before it. */
function reasonOf(error: unknown, url: string): Attempt['reason'] {
  if (error instanceof MirrorFailure) return error.reason;
  if (!(error instanceof DataError)) throw error;
  const { en, zh } = error.problem;
  return { en: en.replace(`${url}: `, ''), zh: zh.replace(`${url}：`, '') };
}

async function keep(folder: string, file: SetFile, { raw }: Decoded, warn: Warn): Promise<void> {
  try {
    await writeWhole(folder, file.name, raw);
  } catch (error) {
    const { en, zh } = systemReason(error);
    warn(
      say({
        en: `${file.name} was downloaded and is used, but could not be kept in ${folder}: ${en}. It will be downloaded again next time, unless you mend this or name another folder with MNIST_DATA_DIR.`,
        zh: `${file.name} 已下载并可以使用，但无法保存到 ${folder}：${zh}。请解决这个问题，或用 MNIST_DATA_DIR 指定其他文件夹，否则下次会重新下载。`,
      }),
    );
  }
}
