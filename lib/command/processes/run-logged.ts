/** Runs the programs of set-up steps. Streams the output to the step and to a log file. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, workFolder } from '../machine/paths';
import { programFailure, wantsLogin } from '../output/failure.mjs';
import { runByLine } from './run-by-line.mjs';

export type Report = (progress: string) => void;

export interface RunOptions {
  /** Describes the program's task, for the error message. */
  readonly title: string;
  /** Name of the log in `build/setup`. */
  readonly log: string;
  readonly env?: Record<string, string | undefined>;
  /** Working directory. Default: the project's folder. */
  readonly cwd?: string;
  readonly onLine?: (line: string) => void;
  /** Returns an explanation to append to the output, for programs with misleading errors. */
  readonly remark?: (output: string) => string | undefined;
}

/**
 * Runs a program. Kills the program if a proxy requires a login, because retries would take long. Throws a Failure with
 * the last lines of output, the likely cause and the log's path.
 */
export async function runLogged(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<void> {
  const folder = join(workFolder, 'build', 'setup');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, `${options.log}.log`);
  const appendToLog = (line: string) => {
    try {
      appendFileSync(log, `${line}\n`, { mode: 0o600 }); // URLs may contain passwords
    } catch {} // the program itself reports a full disk
  };
  const lines: string[] = [];
  const { cwd = projectRoot } = options;
  const env = { ...process.env, ...options.env };
  const status = await runByLine(program, args, { cwd, env }, (line, stop) => {
    appendToLog(line);
    if (line.startsWith('$ ')) return;
    options.onLine?.(line);
    lines.push(line);
    if (wantsLogin(line)) stop();
  });
  if (status === 0) return;
  if (lines.length === 0) lines.push(`${program}: ${status}`);
  const remark = options.remark?.(lines.join('\n'));
  throw programFailure(options.title, [...lines, ...(remark ? [remark] : [])].join('\n'), log, env);
}
