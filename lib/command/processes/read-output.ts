import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Parses a program's output. Returns `undefined` for a missing or failed program or invalid output. */
export async function readOutput<T>(
  program: string,
  args: readonly string[],
  parse: (output: string) => T,
  env = process.env,
): Promise<T | undefined> {
  try {
    return parse((await run(program, args, { env, timeout: 60_000 })).stdout);
  } catch {
    return undefined;
  }
}
