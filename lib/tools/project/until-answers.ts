/** Asks a server of this machine, past any proxy that the environment names. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a server answers at an address, or `asking` ends; tells whether it has answered. */
export async function untilAnswers(address: string, asking: AbortSignal): Promise<boolean> {
  while (!asking.aborted) {
    if (await answers(address, asking)) return true;
    await sleep(100, undefined, { signal: asking }).catch(() => {});
  }
  return false;
}

/** Tells whether a server answers well (2xx), within ten seconds of silence. */
export function answers(address: string, asking: AbortSignal, method = 'GET'): Promise<boolean> {
  return new Promise(settle => {
    // Without an agent no proxy is asked, and no connection is kept.
    const asked = request(address, { method, signal: asking, agent: false, timeout: 10_000 });
    asked.on('response', reply => {
      const { statusCode = 0 } = reply.resume();
      settle(statusCode >= 200 && statusCode < 300);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => settle(false));
    asked.end();
  });
}
