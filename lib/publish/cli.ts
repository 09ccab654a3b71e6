/**
 * The commands on whole notebooks:
 *
 *     tsx lib/publish/cli.ts notebooks [NAME …]       builds and executes notebooks/NAME.ts
 *     tsx lib/publish/cli.ts lesson [--lang zh|en]    runs the lesson, leaves it in build/
 */
import { parseArgs } from 'node:util';
import { preferredLanguage } from '../setup/ground.mjs';
import { buildNotebooks } from './build';
import { runLesson } from './lesson';

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { lang: { type: 'string', default: preferredLanguage() } },
  });
  const [command, ...names] = positionals;
  const { lang } = values;
  if (lang !== 'zh' && lang !== 'en') {
    throw new Error(`Expected --lang zh or --lang en but found "${lang}".`);
  }

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  if (command === 'notebooks') await buildNotebooks(names, { signal: stop.signal });
  else if (command === 'lesson') await runLesson(lang, stop.signal);
  else throw new Error(`Expected the command "notebooks" or "lesson" but found "${command}".`);
}

main().catch((error: Error) => {
  // The messages are written for people; the stack helps those who work on this program.
  console.error(process.env.DEBUG ? error : `\n${error.message}`);
  process.exitCode = 1;
});
