/**
 * The commands on whole notebooks:
 *
 *     tsx lib/publish/cli.ts notebooks [NAME …]       builds and executes notebooks/NAME.ts
 *     tsx lib/publish/cli.ts lesson [--lang zh|en]    runs the lesson, leaves it in build/
 */
import { parseArgs } from 'node:util';
import { buildNotebooks } from './build';
import { RunFailure } from './execute';
import { runLesson } from './lesson';

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { lang: { type: 'string' } },
  });
  const [command, ...names] = positionals;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());

  if (command === 'notebooks') await buildNotebooks(names, stop.signal);
  else if (command === 'lesson') await runLesson(values.lang, stop.signal);
  else throw new Error(`Expected the command "notebooks" or "lesson" but found "${command}".`);
}

main().catch(error => {
  const known = error instanceof RunFailure || process.env.DEBUG === undefined;
  console.error(known && error instanceof Error ? `\n${error.message}` : error);
  process.exitCode = 1;
});
