/** What the programs behind `npm run …` share. */
import { setLanguage } from 'digits/language';
import { textOf } from './failure.mjs';
import { languageInUse } from './language.mjs';

/**
 * Runs a command's program in the reader's language. What the reader can cure, and a wrong option,
 * ends it with the message alone; a mistake of ours with its stack as well. Both give exit code 1.
 */
export async function runCommand(main: () => void | Promise<void>): Promise<void> {
  setLanguage(languageInUse());
  try {
    await main();
  } catch (error) {
    const message = textOf(error);
    if (message) console.error(message);
    else console.error(isWrongOption(error) ? error.message : error);
    process.exitCode = 1;
  }
}

/** Returns what the first SIGINT or SIGTERM aborts; the second one ends this process. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

/** Lists the signals by which the terminal, npm or the system tells a process to end. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK'] as const;

/**
 * Answers each time that we are told to end. npm hands on the Ctrl+C that the terminal has sent here,
 * too: two within half a second are one.
 */
export function onShutdownSignal(answer: () => void): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const signal of endings) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - last > 500) answer();
      last = now;
    });
  }
}

const isWrongOption = (error: unknown): error is Error =>
  /^ERR_PARSE_ARGS_/.test((error as NodeJS.ErrnoException | undefined)?.code ?? '');
