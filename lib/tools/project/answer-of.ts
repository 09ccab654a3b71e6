import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Reads what a program answers; undefined if it is not there, fails, or says what cannot be read. */
export async function answerOf<T>(
  program: string,
  args: readonly string[],
  read: (printed: string) => T,
  env = process.env,
): Promise<T | undefined> {
  try {
    return read((await run(program, args, { env, timeout: 60_000 })).stdout);
  } catch {
    return undefined;
  }
}
