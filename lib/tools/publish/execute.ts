/** Runs a notebook on its real kernel and judges its outputs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { itemAt } from 'digits/item-at';
import { Failure } from '../project/failure.mjs';
import { jupyterEnvironment } from '../project/jupyter';
import { messages } from '../project/messages';
import { pythonEnvironment } from '../project/paths';
import {
  type CodeCell,
  displays,
  isCode,
  joined,
  type MimeBundle,
  type Notebook,
  PLOTLY,
  printed,
  readNotebook,
  writeNotebook,
} from './notebook';
import { stagesOf } from './source';

/** Something that happens during a run. `cell` is an index into the notebook's cells. */
export type RunEvent =
  | { event: 'stream'; cell: number; text: string }
  | { event: 'display'; cell: number; data: MimeBundle; id: string | null }
  | { event: 'done'; cell: number; ok: boolean; seconds: number }
  | FailedEvent;

/** The run has broken off, in a cell or outside of any. */
interface FailedEvent {
  event: 'failed';
  cell: number | null;
  /** As execute.py names it: error, timeout, dead kernel, no kernel, stopped. */
  reason: string;
  message: string;
}

export interface RunOptions {
  /** The kernel's working directory. Imports of the notebook resolve from here. */
  readonly folder: string;
  /** Set beside the present environment, such as `{ DIGITS_DEVICE: 'wasm' }`. */
  readonly env?: Record<string, string>;
  /** The most seconds for one cell. Defaults to 600. */
  readonly timeout?: number;
  readonly onEvent?: (event: RunEvent) => void;
  /** Stops the run and ends its kernel. */
  readonly signal?: AbortSignal;
}

/** The milliseconds after which a run that was told to stop is made to. */
const PATIENCE = 3_000;

/** A run that did not go as it should. Its message names each cell, its stage and its code. */
export class RunFailure extends Failure {
  constructor(
    message: string,
    /** The notebook as far as it got. */
    readonly notebook: Notebook,
  ) {
    super(message);
  }
}

/**
 * Executes `notebook` from its first cell on a fresh kernel.
 *
 * @returns the notebook with its outputs; the one given is not changed.
 * @throws {@link RunFailure} on a failing cell, an error after a cell's end, a figure that is
 * missing, a kernel that dies or does not start, a time-out, or a stop.
 */
export async function execute(notebook: Notebook, options: RunOptions): Promise<Notebook> {
  const { folder, env, timeout = 600, onEvent, signal } = options;
  const work = await mkdtemp(join(tmpdir(), 'digits-run-'));
  try {
    const [from, to] = [join(work, 'in.ipynb'), join(work, 'out.ipynb')];
    await writeNotebook(from, notebook);
    const script = join(__dirname, 'execute.py');
    const { execa } = await import('execa');
    const python = pythonEnvironment().program('python');
    const run = execa(python, [script, from, to, folder, `${timeout}`], {
      // What a program runs is no learner's try.
      env: { ...jupyterEnvironment(), DIGITS_RECORD: 'off', ...env },
      extendEnv: false,
      buffer: { stdout: false },
      reject: false,
      cleanup: false,
    });
    // It stops at the end of its input, even if we are killed; while it starts, it hears of that late.
    const stop = () => {
      run.stdin.end();
      setTimeout(() => run.kill('SIGKILL'), PATIENCE).unref();
    };
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();

    let failed: FailedEvent | undefined;
    for await (const line of run) {
      const event = JSON.parse(line) as RunEvent;
      if (event.event === 'failed') failed = event;
      onEvent?.(event);
    }
    const { exitCode, message } = await run;
    signal?.removeEventListener('abort', stop);
    if (exitCode !== 0) {
      const { stopped } = messages().publish.mishaps;
      throw signal?.aborted ? new RunFailure(stopped, notebook) : new Failure(`${message}`);
    }

    const executed = withoutVolatile(await readNotebook(to), notebook);
    const problems = problemsOf(executed, failed);
    if (problems.length > 0) throw new RunFailure(problems.join('\n\n'), executed);
    return executed;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Keeps the metadata that the notebook was built with; the kernel's own differs by version. */
const withoutVolatile = (executed: Notebook, built: Notebook): Notebook => ({
  ...executed,
  metadata: built.metadata,
  cells: executed.cells.map((cell, at) => ({
    ...cell,
    metadata: built.cells[at]?.metadata ?? {},
  })),
});

const LATE = /^Uncaught|^UnhandledPromiseRejection:/m;
const SHOWS = /\b(display|show)\(/;

/** Lists what went wrong: the failure that ended the run, then the faults of cells that had run before. */
export function problemsOf(notebook: Notebook, failed?: FailedEvent): string[] {
  const stages = stagesOf(notebook);
  const { mishaps, mishap } = messages().publish;
  const describe = (at: number, what: string, detail: string): string => {
    const { id, source } = itemAt(notebook.cells, at);
    const { title } = itemAt(stages, at);
    const code = joined(source).replace(/^(?=.)/gm, '    ');
    const parts = [mishap(title, id, what), code, stripVTControlCharacters(detail).trim()];
    return parts.filter(Boolean).join('\n\n');
  };

  const stoppedAt = failed?.cell ?? notebook.cells.length;
  const problems = notebook.cells.flatMap((cell, at) => {
    if (!isCode(cell) || cell.execution_count === null || at >= stoppedAt) return [];
    if (LATE.test(printed(cell))) return [describe(at, mishaps.late, printed(cell))];
    if (SHOWS.test(joined(cell.source)) && !displays(cell).some(data => PLOTLY in data)) {
      return [describe(at, mishaps.figure, printed(cell))];
    }
    return [];
  });
  return failed ? [breakOff(failed), ...problems] : problems;

  function breakOff({ cell: at, reason, message }: FailedEvent): string {
    if (reason === 'no kernel') return messages().publish.noKernel(message);
    const what = reason in mishaps ? mishaps[reason as keyof typeof mishaps] : reason;
    if (at === null) return `${what}\n${message}`;
    const cell = itemAt(notebook.cells, at);
    // A stock tslab prints its errors.
    const said = isCode(cell) ? tracebackOf(cell) || printed(cell, 'stderr') || printed(cell) : '';
    return describe(at, what, said);
  }
}

const tracebackOf = ({ outputs }: CodeCell): string =>
  outputs.flatMap(output => (output.output_type === 'error' ? output.traceback : [])).join('\n');
