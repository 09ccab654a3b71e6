/** Requests to local servers, which bypass proxies. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Polls an address until a server responds or `signal` aborts. Returns whether the server responded. */
export async function waitForServer(address: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await isUp(address, signal)) return true;
    await sleep(100, undefined, { signal }).catch(() => {});
  }
  return false;
}

/** Returns whether a server responds with 2xx, within ten idle seconds. */
export function isUp(address: string, signal: AbortSignal, method = 'GET'): Promise<boolean> {
  return new Promise(resolve => {
    // Without an agent, Node uses no proxy and keeps no connection open.
    const attempt = request(address, { method, signal, agent: false, timeout: 10_000 });
    attempt.on('response', response => {
      const { statusCode = 0 } = response.resume();
      resolve(statusCode >= 200 && statusCode < 300);
    });
    attempt.on('timeout', () => attempt.destroy());
    attempt.on('error', () => resolve(false));
    attempt.end();
  });
}
