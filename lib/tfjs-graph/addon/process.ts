import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** The addon cannot be made, for a reason that its user can mend: the message alone is shown. */
export class AddonError extends Error {
  override readonly name = 'AddonError';
}

/** The user has interrupted the program: nothing else is to be tried. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
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

/**
 * Returns what runs programs, and shows nothing of one unless it fails.
 *
 * @param stop ends what runs, and lets nothing else begin.
 */
export const runsUntil =
  (stop: AbortSignal): Run =>
  (program, args, env) =>
    new Promise((resolve, reject) => {
      if (stop.aborted) return reject(new Interrupted());
      const child = spawn(program, args, {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own: a compiler has children, too.
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      const interrupt = () => end(child);
      stop.addEventListener('abort', interrupt);
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output = (output + text).slice(-20_000);
        });
      }
      const settle = (how?: string) => {
        stop.removeEventListener('abort', interrupt);
        if (stop.aborted) return reject(new Interrupted());
        if (how === undefined) return resolve();
        const last = output.trimEnd().split('\n').slice(-15).join('\n');
        const command = [program, ...args].join(' ');
        reject(new AddonError(`${command}\n${how}${last && `:\n\n${last}`}`));
      };
      child.on('error', error => settle(error.message));
      child.on('close', (code, signal) =>
        settle(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`),
      );
    });

function end(child: ChildProcess): void {
  try {
    if (process.platform === 'win32') child.kill();
    else if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
