/** `npm run notebooks -- [NAME …]`: builds and executes notebooks/NAME.ts, or all of them. */
import { buildNotebooks } from './build';

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  await buildNotebooks(process.argv.slice(2), { signal: stop.signal });
}

main().catch((error: Error) => {
  // The messages are written for people; the stack helps those who work on this program.
  console.error(process.env.DEBUG ? error : `\n${error.message}`);
  process.exitCode = 1;
});
