/** Runs a cell in either kernel: the host compiles and evaluates the code. */

import { failedWith } from '../errors/failed';
import { sources } from '../errors/mend';
import { markOpenCalls } from '../lesson';
import type { CellScript } from '../script/parameters';
import { Run } from '../script/run';
import type { Answer, DisplayContent, Execute } from '../worker-messages';
import { resetIndent } from './console';
import { type Output, renderValue } from './output-buffer';

/** Returns the displayed text of a cell's value, or `undefined` to show nothing. */
type Render = (value: unknown) => DisplayContent | undefined | Promise<DisplayContent | undefined>;

export class CellRunner {
  private running: Run | undefined;
  /** Ends TensorFlow.js calls that the last cell left open. */
  private endOpenCalls = (): void => {};

  constructor(
    private readonly output: Output,
    private readonly evaluate: (run: Run, cell: Execute) => ReturnType<CellScript>,
    private readonly render: Render = renderValue,
  ) {}

  /** Runs a cell and always returns an answer, or a client would wait forever. An interrupt ends the wait. */
  async execute(cell: Execute): Promise<Answer> {
    const { code, count, silent } = cell;
    const run = new Run();
    this.running = run;
    try {
      this.endOpenCalls = markOpenCalls();
      this.output.begin();
      resetIndent();
      sources.set(count, code);
      const [value] = (await run.raceInterrupt(this.evaluate(run, cell))) ?? [];
      const content = silent ? undefined : await this.render(value);
      if (content) this.output.send({ type: 'result', content });
      return { status: 'ok' };
    } catch (error) {
      // A stack overflow can skip a `finally`, too. An interrupt at an `await` runs the cell's own `finally`.
      if (!run.isInterrupted) this.endOpenCalls();
      return failedWith(error, count);
    } finally {
      this.running = undefined;
    }
  }

  /** Ends the running cell now, and the code at the next `await`. A forced termination has skipped every `finally`. */
  interrupt(isTerminated = false): void {
    if (isTerminated) this.endOpenCalls();
    this.running?.interrupt();
  }
}
