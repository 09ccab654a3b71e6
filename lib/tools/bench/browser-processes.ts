/** What the processes of a Chromium use: processor time, and memory of the one that shows the page. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

export interface BrowserProcesses {
  /** Processor time of all of them since they started, in seconds. */
  cpu(): Promise<number>;
  /** Private memory of the page's renderer, in bytes; undefined where there is no /proc. */
  memory(): Promise<number | undefined>;
}

export async function processesOf(browser: Browser): Promise<BrowserProcesses> {
  const session = await browser.newBrowserCDPSession();
  const list = async () => (await session.send('SystemInfo.getProcessInfo')).processInfo;
  return {
    cpu: async () => (await list()).reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    async memory() {
      const renderers = (await list()).filter(({ type }) => type === 'renderer');
      const held = renderers.flatMap(({ id }) => privateMemory(id) ?? []);
      // Chromium keeps an empty renderer ready for the next page: the page's is the largest.
      return held.length > 0 ? Math.max(...held) : undefined;
    },
  };
}

/** The memory that a process shares with no other, in bytes; undefined where that cannot be read. */
function privateMemory(pid: number): number | undefined {
  try {
    return privateBytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Adds up the private pages of a `smaps_rollup`, in bytes; undefined where it names none. */
export function privateBytes(rollup: string): number | undefined {
  const kilobytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gm)];
  if (kilobytes.length === 0) return undefined;
  return 1024 * kilobytes.reduce((sum, [, each]) => sum + Number(each), 0);
}
