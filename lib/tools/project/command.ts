/** What the programs behind `npm run …` share. */
import { type Language, setLanguage } from 'digits/language';
import { Failure, textOf } from './failure.mjs';
import { earlyMessages, preferredLanguage, useLanguage } from './language.mjs';

/**
 * Runs a command's program in the reader's language. What the reader can cure, and a wrong option,
 * ends it with the message alone; a mistake of ours with its stack as well. Both give exit code 1.
 */
export async function runCommand(main: () => void | Promise<void>): Promise<void> {
  speak(undefined);
  try {
    await main();
  } catch (error) {
    const message = textOf(error);
    if (message) console.error(message);
    else console.error(isWrongOption(error) ? error.message : error);
    process.exitCode = 1;
  }
}

/** Runs work that SIGINT or SIGTERM stops. Returns the exit code; a failure is told by its message. */
export async function runUntilStopped(work: (stop: AbortSignal) => Promise<void>): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  try {
    await work(stop.signal);
    return 0;
  } catch (error) {
    // The messages are written for people; the stack helps those who work on this program.
    console.error(process.env.DEBUG ? error : `\n${(error as Error).message}`);
    return 1;
  }
}

/** Whether `parseArgs` refuses the command line. */
const isWrongOption = (error: unknown): error is Error =>
  /^ERR_PARSE_ARGS_/.test((error as NodeJS.ErrnoException | undefined)?.code ?? '');

/** Speaks the language that `--lang` asks for, or else that of the locale. */
export function speak(asked: string | undefined): Language {
  const language = preferredLanguage(asked);
  if (asked !== undefined && asked !== language) {
    throw new Failure(earlyMessages().options.wrongLanguage(asked));
  }
  setLanguage(language);
  useLanguage(language);
  return language;
}
