import { GrowableBuffer } from './buffers';
import { systemReason } from './errors';
import { type Text, words } from './language';

const REDIRECTS = 5;

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
    const { headers, body } = await follow(address, stall.signal, wait);
    const total = declaredSize(headers);
    checkSize(total ?? 0, limits.maxBytes);
    const bytes = new GrowableBuffer(total, limits.maxBytes);
    onProgress(0, total);
    // Not `for await`, which not every browser knows of a body.
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      received += value.length;
      if (received - before >= limits.stallTimeout) wait();
      checkSize(received, limits.maxBytes);
      bytes.add(value);
      onProgress(received, total);
    }
    return bytes.bytes();
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

async function follow(address: string, signal: AbortSignal, alive: () => void) {
  let url = address;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const options = { signal, headers: { 'accept-encoding': 'identity' } };
    let response = await fetch(url, { ...options, redirect: 'manual' });
    alive();
    // A browser keeps to itself where a redirection leads, and follows it alone, with a limit of its own.
    if (response.type === 'opaqueredirect') {
      response = await fetch(url, { ...options, redirect: 'follow' });
      alive();
    }
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location) {
      await response.body?.cancel();
      url = new URL(location, url).href;
      continue;
    }
    if (!response.ok || !response.body) {
      const status = `${response.status} ${response.statusText}`.trim();
      throw new MirrorFailure(words.mirror.answered(status), response.status);
    }
    return { headers: response.headers, body: response.body };
  }
  throw new MirrorFailure(words.mirror.redirected(REDIRECTS));
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
  const reason = systemReason((error as Error).cause ?? error);
  return received === 0 ? words.mirror.noConnection(reason) : words.mirror.broke(received, reason);
}
