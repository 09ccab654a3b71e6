import type { SetFile } from './datasets';
import { concatenate, type DataFile, decode, rawSize } from './decode';
import { type Attempt, DataError, DownloadError, systemReason } from './errors';
import { say, type Text, words } from './language';
import { ProgressLine, type ProgressOutput } from './progress';

/** Maximum overhead of a compressed file, in bytes. */
const SLACK = 1 << 16;

interface DownloadOptions {
  /** The folder for a manual download, used in errors. */
  folder: string;
  mirrors: readonly string[];
  stallTimeout: number | undefined;
  output: ProgressOutput | undefined;
}

/** Downloads a file from the first mirror with valid content. */
export async function download(file: SetFile, options: DownloadOptions): Promise<DataFile> {
  const { folder, mirrors, output } = options;
  const attempts: Attempt[] = [];
  for (const mirror of mirrors) {
    const url = `${mirror.replace(/(?<!\/)\/*$/, '/')}${file.name}.gz`;
    const line = output && new ProgressLine(output, `${file.name}.gz`);
    try {
      const onProgress: OnProgress = (...state) => line?.update(...state);
      const bytes = await fetchFile(file, url, onProgress, options.stallTimeout);
      const decoded = await decode(bytes, file, url);
      line?.end();
      return decoded;
    } catch (error) {
      const reason = failureReason(error, url);
      line?.end(say(reason));
      attempts.push({ url, reason });
    }
  }
  throw new DownloadError(file.name, attempts, folder);
}

/** Returns the reason of a failure without the URL, which the caller prints. */
function failureReason(error: unknown, url: string): Attempt['reason'] {
  if (error instanceof MirrorFailure) return error.reason;
  if (!(error instanceof DataError)) throw error;
  const { en, zh } = error.problem;
  return { en: en.replace(`${url}: `, ''), zh: zh.replace(`${url}：`, '') };
}

/** Receives the number of bytes received, and the total if known. */
export type OnProgress = (received: number, total: number | undefined) => void;

export class MirrorFailure extends Error {
  constructor(
    readonly reason: Text,
    /** The HTTP status, if the response was an error. */
    readonly status?: number,
  ) {
    super(reason.en);
  }
}

/**
 * Fetches a file into memory, with limits for stalls, redirects and size.
 *
 * @param stallTimeout milliseconds in which as many bytes must arrive (1 kB/s)
 */
export async function fetchFile(
  file: SetFile,
  address: string,
  onProgress: OnProgress,
  stallTimeout = 20_000,
): Promise<Uint8Array> {
  const maxBytes = rawSize(file) + SLACK;
  const stall = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let received = 0;
  let windowStart = 0;
  const startWindow = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stall.abort(), Math.min(stallTimeout, 2 ** 31 - 1));
    windowStart = received;
  };
  try {
    startWindow();
    const response = await fetch(address, {
      signal: stall.signal,
      headers: { 'accept-encoding': 'identity' },
    });
    startWindow();
    if (!response.ok || !response.body) {
      const status = `${response.status} ${response.statusText}`.trim();
      throw new MirrorFailure(words.mirror.answered(status), response.status);
    }
    const total = declaredSize(response.headers);
    checkSize(total ?? 0, maxBytes);
    const chunks: Uint8Array[] = [];
    onProgress(0, total);
    // Some browsers do not support `for await` on a body.
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      received += value.length;
      if (received - windowStart >= stallTimeout) startWindow();
      checkSize(received, maxBytes);
      chunks.push(value);
      onProgress(received, total);
    }
    return concatenate(chunks);
  } catch (error) {
    if (error instanceof MirrorFailure) throw error;
    if (stall.signal.aborted) {
      const seconds = stallTimeout / 1000;
      throw new MirrorFailure(words.mirror.stalled(windowStart, received - windowStart, seconds));
    }
    throw new MirrorFailure(brokenConnection(error, received));
  } finally {
    clearTimeout(timer);
    // Closes the connection of a rejected response.
    stall.abort();
  }
}

/** Returns the number of bytes to receive, or `undefined` if the size is unknown or refers to compressed content. */
function declaredSize(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  const isPacked = (headers.get('content-encoding') ?? 'identity') !== 'identity';
  return length && !isPacked ? Number(length) : undefined;
}

function checkSize(bytes: number, maxBytes: number): void {
  if (bytes > maxBytes) throw new MirrorFailure(words.mirror.tooMuch(maxBytes));
}

function brokenConnection(error: unknown, received: number): Text {
  const cause = ((error as Error).cause ?? error) as Error;
  // Node's limit on redirects equals that of browsers, which report no reason.
  if (/redirect count/.test(cause.message)) return words.mirror.redirected(20);
  const reason = systemReason(cause);
  return received === 0 ? words.mirror.noConnection(reason) : words.mirror.broke(received, reason);
}
