import type { Text } from './language';
import { Received } from './received';
import { systemReason } from './system-reason';

const REDIRECTS = 5;

export interface FetchLimits {
  /** The most bytes that may come. */
  maxBytes: number;
  /** Milliseconds in which a mirror must send as many bytes (1 kB/s); else it is given up. */
  stallTimeout: number;
}

/** Called with the bytes received so far, and the whole number where the server tells it. */
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
 * Fetches one address into memory, within limits on silence, redirects and size.
 *
 * @throws MirrorFailure
 */
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
    const bytes = new Received(total, limits.maxBytes);
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
    return bytes.whole();
  } catch (error) {
    if (error instanceof MirrorFailure) throw error;
    if (stall.signal.aborted) {
      throw new MirrorFailure(stalled(before, received - before, limits.stallTimeout / 1000));
    }
    throw new MirrorFailure(brokenConnection(error, received));
  } finally {
    clearTimeout(timer);
    // Ends what is left of a refused answer, whose connection would linger.
    stall.abort();
  }
}

interface Answer {
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array>;
}

async function follow(address: string, signal: AbortSignal, alive: () => void): Promise<Answer> {
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
      throw new MirrorFailure({ en: `answered ${status}`, zh: `返回 ${status}` }, response.status);
    }
    return { headers: response.headers, body: response.body };
  }
  throw new MirrorFailure({
    en: `redirected more than ${REDIRECTS} times`,
    zh: `重定向超过 ${REDIRECTS} 次`,
  });
}

/** Returns the bytes that will come; undefined where the server does not say, or says it of a packed form. */
function declaredSize(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  return length && !headers.get('content-encoding') ? Number(length) : undefined;
}

function checkSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new MirrorFailure({
    en: `sent more than ${maxBytes} bytes, the most that the file can have`,
    zh: `数据超过了文件可能的大小 ${maxBytes} 字节`,
  });
}

function stalled(before: number, since: number, seconds: number): Text {
  return {
    en: `sent ${since ? `only ${since} bytes` : 'nothing'} in ${seconds} s, after ${before} bytes`,
    zh: `收到 ${before} 字节后，${seconds} 秒内${since ? `只收到 ${since} 字节` : '没有新数据'}`,
  };
}

function brokenConnection(error: unknown, received: number): Text {
  const { en, zh } = systemReason((error as Error).cause ?? error);
  if (received === 0) return { en: `no connection: ${en}`, zh: `无法连接：${zh}` };
  return {
    en: `the connection broke after ${received} bytes: ${en}`,
    zh: `收到 ${received} 字节后连接中断：${zh}`,
  };
}
