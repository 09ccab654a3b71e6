import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The addon cannot be had, for a reason that its user can mend: the message alone is shown. */
export class AddonError extends Error {
  override readonly name = 'AddonError';
}

/** Tells whether a program is there and does what it is asked. */
export const works = (program: string, ...args: string[]): Promise<boolean> =>
  promisify(execFile)(program, args, { timeout: 30_000 }).then(
    () => true,
    () => false,
  );

/** Runs a program to its end; rejects if it fails. */
export type Run = (
  program: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Promise<void>;
