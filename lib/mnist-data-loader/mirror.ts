import { systemReason } from './errors';
import { type Text, words } from './language';

export interface FetchLimits {
  /** The most bytes that may come. */
  maxBytes: number;
  /** Milliseconds in which a mirror must send as many bytes (1 kB/s); else it is given up. */
  stallTimeout: number;
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

/** Fetches one address into memory, within limits on silence, redirects and size. */
export async function fetchBytes(
  address: string,
  limits: FetchLimits,
  onProgress: OnProgress,
): Promise<Uint8Array> {
  const stall = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let received = 0;
  let before = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stall.abort(), limits.stallTimeout);
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
    checkSize(total ?? 0, limits.maxBytes);
    const pieces: Uint8Array[] = [];
    onProgress(0, total);
    // Not `for await`, which not every browser knows of a body.
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      received += value.length;
      if (received - before >= limits.stallTimeout) wait();
      checkSize(received, limits.maxBytes);
      pieces.push(value);
      onProgress(received, total);
    }
    return joined(pieces, received);
  } catch (error) {
    if (error instanceof MirrorFailure) throw error;
    if (stall.signal.aborted) {
      const seconds = limits.stallTimeout / 1000;
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

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let place = 0;
  for (const piece of pieces) {
    bytes.set(piece, place);
    place += piece.length;
  }
  return bytes;
}

function brokenConnection(error: unknown, received: number): Text {
  const cause = ((error as Error).cause ?? error) as Error;
  // Node follows as many as a browser does, which tells no more of it than of any failure.
  if (/redirect count/.test(cause.message)) return words.mirror.redirected(20);
  const reason = systemReason(cause);
  return received === 0 ? words.mirror.noConnection(reason) : words.mirror.broke(received, reason);
}
