/** Executes a notebook on its real kernel and checks its outputs. */
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { pythonEnvironment } from 'command/machine/paths';
import { Failure } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import { itemAt } from 'digits/item-at';
import { jupyterEnvironment } from 'lab/jupyter/jupyter';
import {
  type CodeCell,
  displays,
  isCode,
  logOf,
  type MimeBundle,
  type Notebook,
  PLOTLY,
  textOf,
} from './notebook';
import { stagesOf } from './source';

/** An event during an execution. `cell` is an index into the notebook's cells. */
export type RunEvent =
  | { event: 'stream'; cell: number; text: string }
  | { event: 'display'; cell: number; data: MimeBundle; id: string | null }
  | { event: 'done'; cell: number; ok: boolean; seconds: number }
  | FailedEvent;

/** The execution was aborted, in a cell or outside all cells. */
interface FailedEvent {
  event: 'failed';
  cell: number | null;
  /** Reason from execute.py: error, timeout, dead kernel, no kernel, stopped. */
  reason: string;
  message: string;
}

export interface RunOptions {
  /** The kernel's working directory, from which the notebook's imports resolve. */
  readonly folder: string;
  /** Additional environment variables, such as `{ DIGITS_DEVICE: 'wasm' }`. */
  readonly env?: Record<string, string>;
  /** Maximum seconds per cell. Default: 600. */
  readonly timeout?: number;
  readonly onEvent?: (event: RunEvent) => void;
  readonly signal?: AbortSignal;
}

/** Milliseconds before an execution that ignores a stop request is killed. */
const STOP_TIMEOUT = 3_000;

/** A failed execution. The message names each failed cell with its stage and code. */
export class RunFailure extends Failure {
  constructor(
    message: string,
    readonly notebook: Notebook,
  ) {
    super(message);
  }
}

/**
 * Executes all cells of `notebook` on a new kernel.
 *
 * @returns a copy of the notebook with outputs
 * @throws {@link RunFailure} on a failed cell, an error after a cell has finished, a missing figure, a kernel crash
 * or failed start, a timeout or a stop request
 */
export async function execute(notebook: Notebook, options: RunOptions): Promise<Notebook> {
  const { folder, env, timeout = 600, onEvent, signal } = options;
  const { execa } = await import('execa');
  const script = join(__dirname, 'execute.py');
  const python = pythonEnvironment().program('python');
  const subprocess = execa(python, [script, folder, `${timeout}`], {
    // Automatic executions must not appear in the learner's record.
    env: { ...jupyterEnvironment(), DIGITS_RECORD: 'off', ...env },
    extendEnv: false,
    buffer: { stdout: false },
    reject: false,
    cleanup: false,
  });
  subprocess.stdin.on('error', () => {}); // the script has ended
  subprocess.stdin.write(`${JSON.stringify(notebook)}\n`);
  // The script stops when stdin closes, even after a crash of this process. During startup it reacts late.
  const stop = () => {
    subprocess.stdin.end();
    setTimeout(() => subprocess.kill('SIGKILL'), STOP_TIMEOUT).unref();
  };
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();

  let failure: FailedEvent | undefined;
  let result: Notebook | undefined;
  for await (const line of subprocess) {
    const event = JSON.parse(line) as RunEvent | { event: 'end'; notebook: Notebook };
    if (event.event === 'failed') failure = event;
    if (event.event === 'end') result = event.notebook;
    else onEvent?.(event);
  }
  const { message } = await subprocess;
  signal?.removeEventListener('abort', stop);
  if (!result) {
    const { stopped } = messages().publish.mishaps;
    throw signal?.aborted ? new RunFailure(stopped, notebook) : new Failure(`${message}`);
  }

  const executed = restoreMetadata(result, notebook);
  const problems = problemsOf(executed, failure);
  if (problems.length > 0) throw new RunFailure(problems.join('\n\n'), executed);
  return executed;
}

/** Restores the notebook's built metadata, because the kernel's metadata varies by version. */
const restoreMetadata = (executed: Notebook, built: Notebook): Notebook => ({
  ...executed,
  metadata: built.metadata,
  cells: executed.cells.map((cell, index) => ({
    ...cell,
    metadata: built.cells[index]?.metadata ?? {},
  })),
});

const LATE_ERROR = /^Uncaught|^UnhandledPromiseRejection:/m;
const SHOWS = /\b(display|show)\(/;

/** Returns the failure that ended the execution, then the problems of cells executed before. */
export function problemsOf(notebook: Notebook, failure?: FailedEvent): string[] {
  const stages = stagesOf(notebook);
  const { mishaps, mishap } = messages().publish;
  const describe = (index: number, problem: string, detail: string): string => {
    const { id, source } = itemAt(notebook.cells, index);
    const { title } = itemAt(stages, index);
    const code = textOf(source).replace(/^(?=.)/gm, '    ');
    const parts = [mishap(title, id, problem), code, stripVTControlCharacters(detail).trim()];
    return parts.filter(Boolean).join('\n\n');
  };

  const endIndex = failure?.cell ?? notebook.cells.length;
  const problems = notebook.cells.flatMap((cell, index) => {
    if (!isCode(cell) || cell.execution_count === null || index >= endIndex) return [];
    if (LATE_ERROR.test(logOf(cell))) return [describe(index, mishaps.late, logOf(cell))];
    if (SHOWS.test(textOf(cell.source)) && !displays(cell).some(data => PLOTLY in data)) {
      return [describe(index, mishaps.figure, logOf(cell))];
    }
    return [];
  });
  return failure ? [describeFailure(failure), ...problems] : problems;

  function describeFailure({ cell: index, reason, message }: FailedEvent): string {
    if (reason === 'no kernel') return messages().publish.noKernel(message);
    const problem = reason in mishaps ? mishaps[reason as keyof typeof mishaps] : reason;
    if (index === null) return `${problem}\n${message}`;
    const cell = itemAt(notebook.cells, index);
    // The stock tslab kernel prints errors to a stream.
    const output = isCode(cell) ? tracebackOf(cell) || logOf(cell, 'stderr') || logOf(cell) : '';
    return describe(index, problem, output);
  }
}

const tracebackOf = ({ outputs }: CodeCell): string =>
  outputs.flatMap(output => (output.output_type === 'error' ? output.traceback : [])).join('\n');
