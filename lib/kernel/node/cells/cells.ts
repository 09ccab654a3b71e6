/** Runs cells in the installed kernel. */
import { MessageChannel } from 'node:worker_threads';
import { resetIndent } from '../../cell/console';
import { failedToCompile } from '../../cell/errors/failed';
import { sources } from '../../cell/errors/mend';
import { messages } from '../../cell/language';
import { markOpenCalls } from '../../cell/lesson';
import { type Output, renderValue } from '../../cell/output-buffer';
import { bindToExecution } from '../../cell/script/origin';
import { Run } from '../../cell/script/run';
import type { Answer, Execute } from '../../cell/worker-messages';
import type { Compiled } from '../../typescript/checker';
import type { CompileRequest } from '../link';
import { addLocalModules, evictPartialModules, rebuildIfStale } from './modules';
import { failedBy, runScript } from './scripts';

export class CellRunner {
  private running: Run | undefined;
  /** Ends TensorFlow.js calls that the last cell left open. */
  private endOpenCalls = (): void => {};

  constructor(
    private readonly output: Output,
    private readonly compile: (cell: CompileRequest) => Promise<Compiled | undefined>,
  ) {}

  /** Runs a cell and always returns an answer, or a client would wait forever. An interrupt ends the wait. */
  async execute(cell: Execute): Promise<Answer> {
    const run = new Run();
    this.running = run;
    try {
      this.endOpenCalls = markOpenCalls();
      this.output.begin();
      resetIndent();
      const isStale = rebuildIfStale(cell.code);
      // A forced termination unwinds the whole call stack and settles no promise, so start on an empty stack.
      const result = new Promise<Answer>((resolve, reject) => {
        callOnEmptyStack(() => {
          if (!run.isInterrupted) this.start(run, cell, isStale).then(resolve, reject);
        });
      });
      return await run.raceInterrupt(result);
    } catch (error) {
      // A stack overflow can skip a `finally`, too. An interrupt at an `await` runs the cell's own `finally`.
      if (!run.isInterrupted) this.endOpenCalls();
      return failedBy(error, cell.count);
    } finally {
      this.running = undefined;
    }
  }

  private async start(run: Run, cell: Execute, isStale: boolean): Promise<Answer> {
    const { code, count, silent } = cell;
    sources.set(count, code);
    const compiled = run.wait(await this.compile({ code, isStale }));
    if (!compiled) throw new Error(messages().compiler.ended);
    addLocalModules(compiled.sideModules);
    if (compiled.diagnostics.length > 0) return failedToCompile(compiled.diagnostics, count);
    const [value] = (await runScript(run, compiled, count)) ?? [];
    const content = silent ? undefined : renderValue(value);
    if (content) this.output.send({ type: 'result', content });
    return { status: 'ok' };
  }

  /** Ends the running cell now, and the code at the next `await`. A forced termination has skipped every `finally`. */
  interrupt(isTerminated = false): void {
    if (isTerminated) this.endOpenCalls();
    evictPartialModules();
    this.running?.interrupt();
  }
}

const callbacks: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port2.on('message', () => callbacks.shift()?.());
port2.unref();

/**
 * Calls a function on an empty call stack, because a forced termination unwinds all callers. In `setImmediate`,
 * a termination breaks Node's queue of immediates, and later callbacks throw. A message port delivers messages
 * one by one.
 */
function callOnEmptyStack(callback: () => void): void {
  callbacks.push(bindToExecution(callback));
  port1.postMessage(undefined);
}
