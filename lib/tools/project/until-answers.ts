import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a server answers at an address.
 *
 * @param asking ends the wait.
 * @returns whether it has answered.
 */
export async function untilAnswers(address: string, asking: AbortSignal): Promise<boolean> {
  while (!asking.aborted) {
    const reply = await fetch(address).catch(() => undefined);
    if (reply?.ok) return true;
    await sleep(100);
  }
  return false;
}
