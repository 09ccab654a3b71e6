/** Runs a step's programs, their output line by line to the step and to a log that is kept. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf, wantsLogin } from './failure.mjs';
import { projectRoot, workFolder } from './paths';
import { runByLine } from './run-by-line.mjs';

/** Shows how far a step is. */
export type Report = (progress: string) => void;

export interface RunOptions {
  /** Names what the program does, for the message when it fails. */
  readonly title: string;
  /** The log's name, in `build/setup`. */
  readonly log: string;
  readonly env?: Record<string, string | undefined>;
  /** Where it runs; the project's folder unless given. */
  readonly cwd?: string;
  readonly onLine?: (line: string) => void;
  /** Adds to the output of a failure, where the program itself misjudges its cause. */
  readonly remark?: (output: string) => string | undefined;
}

/**
 * Runs a program to its end, or until a proxy wants a login, where it would try for long.
 *
 * @throws Failure with the last lines of its output, the likely cause and the log's path
 */
export async function runLogged(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<void> {
  const folder = join(workFolder, 'build', 'setup');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, `${options.log}.log`);
  const keep = (line: string) => {
    try {
      appendFileSync(log, `${line}\n`, { mode: 0o600 }); // an address may hold a password
    } catch {} // a full disk is reported by the program itself
  };
  const lines: string[] = [];
  const { cwd = projectRoot } = options;
  const env = { ...process.env, ...options.env };
  const status = await runByLine(program, args, { cwd, env }, (line, stop) => {
    keep(line);
    if (line.startsWith('$ ')) return;
    options.onLine?.(line);
    lines.push(line);
    if (wantsLogin(line)) stop();
  });
  if (status === 0) return;
  if (lines.length === 0) lines.push(`${program}: ${status}`);
  const remark = options.remark?.(lines.join('\n'));
  throw failureOf(options.title, [...lines, ...(remark ? [remark] : [])].join('\n'), log, env);
}
