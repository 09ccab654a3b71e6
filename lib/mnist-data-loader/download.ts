import type { SetFile } from './datasets';
import { type Decoded, decode, joined, rawSize } from './decode';
import { type Attempt, DataError, DownloadError, systemReason } from './errors';
import { say, type Text, words } from './language';
import { ProgressLine, type ProgressOutput } from './progress';

/** Bytes that a packed file may have beyond the raw one. */
const SLACK = 1 << 16;

interface DownloadOptions {
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
    const url = `${mirror.replace(/(?<!\/)\/*$/, '/')}${file.name}.gz`;
    const line = output && new ProgressLine(output, `${file.name}.gz`);
    try {
      const draw: OnProgress = (...state) => line?.update(...state);
      const bytes = await fetchFile(file, url, draw, options.stallTimeout);
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

/** Tells why the mirror at `url` did not serve, without the address, which stands before it. */
function reasonOf(error: unknown, url: string): Attempt['reason'] {
  if (error instanceof MirrorFailure) return error.reason;
  if (!(error instanceof DataError)) throw error;
  const { en, zh } = error.problem;
  return { en: en.replace(`${url}: `, ''), zh: zh.replace(`${url}：`, '') };
}

/** Called with the bytes received so far, and the whole number if the server tells it. */
export type OnProgress = (received: number, total: number | undefined) => void;

/** Says why a mirror did not serve. */
export class MirrorFailure extends Error {
  constructor(
    readonly reason: Text,
    /** Of its answer by HTTP, where that is what did not serve. */
    readonly status?: number,
  ) {
    super(reason.en);
  }
}

/**
 * Fetches a file from an address into memory, within limits on silence, redirects and size.
 *
 * @param stallTimeout milliseconds in which as many bytes must come (1 kB/s); else it is given up.
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
  let before = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stall.abort(), stallTimeout);
    before = received;
  };
  try {
    wait();
    const response = await fetch(address, {
      signal: stall.signal,
      headers: { 'accept-encoding': 'identity' },
    });
    wait();
    if (!response.ok || !response.body) {
      const status = `${response.status} ${response.statusText}`.trim();
      throw new MirrorFailure(words.mirror.answered(status), response.status);
    }
    const total = declaredSize(response.headers);
    checkSize(total ?? 0, maxBytes);
    const pieces: Uint8Array[] = [];
    onProgress(0, total);
    // Not `for await`, which not every browser knows of a body.
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      received += value.length;
      if (received - before >= stallTimeout) wait();
      checkSize(received, maxBytes);
      pieces.push(value);
      onProgress(received, total);
    }
    return joined(pieces);
  } catch (error) {
    if (error instanceof MirrorFailure) throw error;
    if (stall.signal.aborted) {
      const seconds = stallTimeout / 1000;
      throw new MirrorFailure(words.mirror.stalled(before, received - before, seconds));
    }
    throw new MirrorFailure(brokenConnection(error, received));
  } finally {
    clearTimeout(timer);
    // Ends what is left of a refused answer, whose connection would linger.
    stall.abort();
  }
}

/** Returns the bytes that will come; undefined if the server does not say, or says it of a packed form. */
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
  // Node follows as many as a browser does, which tells no more of it than of any failure.
  if (/redirect count/.test(cause.message)) return words.mirror.redirected(20);
  const reason = systemReason(cause);
  return received === 0 ? words.mirror.noConnection(reason) : words.mirror.broke(received, reason);
}
