import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds that a busy machine may take to start a kernel. */
const PATIENCE = 100_000;

interface Kernel {
  readonly connections: number;
  readonly execution_state: string;
}

/**
 * Waits until a kernel is idle that a page is connected to; an earlier "run" may be lost.
 *
 * @param kernels gives the server's answer to `api/kernels`. While a kernel starts, that may be an
 *   error: jupyter_server lists it before it knows of its last activity.
 * @throws Error with the last answer where there is no such kernel in time.
 */
export async function connected(kernels: () => Promise<string>): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const answer = await kernels();
    if (idle(answer)) return;
    if (Date.now() > deadline) throw new Error(`No idle kernel with a page in time: ${answer}`);
    await delay(100);
  }
}

function idle(answer: string): boolean {
  if (!answer.startsWith('[')) return false;
  const kernels: Kernel[] = JSON.parse(answer);
  return kernels.some(each => each.connections > 0 && each.execution_state === 'idle');
}
