/** Runs cells. */
import { MessageChannel } from 'node:worker_threads';
import type { Compiled } from '../compiler/checker';
import { endGroups } from '../console';
import { failedToCompile } from '../errors/failed';
import { sources } from '../errors/mend';
import { messages } from '../language';
import { markOpenCalls } from '../lesson';
import type { CompileRequest } from '../link';
import { type Output, shownValue } from '../output-buffer';
import { bindToExecution } from '../script/origin';
import { Run } from '../script/run';
import type { Answer, Execute } from '../worker-messages';
import { evictPartialModules, refreshFor, takeModules } from './modules';
import { failedBy, runScript } from './scripts';

export class Cells {
  private running: Run | undefined;
  /** Ends TensorFlow.js's calls that the last cell left open. */
  private endOpenCalls = (): void => {};

  constructor(
    private readonly output: Output,
    private readonly compile: (cell: CompileRequest) => Promise<Compiled | undefined>,
  ) {}

  /** Runs a cell to its end, and answers in any case: a client would wait for ever. It may be broken off before. */
  async answer(cell: Execute): Promise<Answer> {
    const run = new Run();
    this.running = run;
    try {
      this.endOpenCalls = markOpenCalls();
      this.output.begin();
      endGroups();
      const isStale = refreshFor(cell.code);
      // A cell that is broken off by force never tells that it has ended, and takes all that has called it
      // with it: so it is called by nobody.
      const ended = new Promise<Answer>((resolve, reject) => {
        callApart(() => {
          if (!run.isOff) this.begin(run, cell, isStale).then(resolve, reject);
        });
      });
      return await run.until(ended);
    } catch (error) {
      // A stack overflow can skip a `finally`, too. A cell that waited goes on to its own.
      if (!run.isOff) this.endOpenCalls();
      return failedBy(error, cell.count);
    } finally {
      this.running = undefined;
    }
  }

  private async begin(run: Run, cell: Execute, isStale: boolean): Promise<Answer> {
    const { code, count, silent } = cell;
    sources.set(count, code);
    const compiled = run.wait(await this.compile({ code, isStale }));
    if (!compiled) throw new Error(messages().compiler.ended);
    takeModules(compiled.sideModules);
    if (compiled.diagnostics.length > 0) return failedToCompile(compiled.diagnostics, count);
    const [value] = (await runScript(run, compiled, count)) ?? [];
    const content = silent ? undefined : shownValue(value);
    if (content) this.output.send({ type: 'result', content });
    return { status: 'ok' };
  }

  /** Ends the running cell here, and its code at its next `await`. If V8 cut it off, no `finally` has run. */
  breakOff(isCutOff = false): void {
    if (isCutOff) this.endOpenCalls();
    evictPartialModules();
    this.running?.breakOff();
  }
}

const turns: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port2.on('message', () => turns.shift()?.());
port2.unref();

/**
 * Calls a function soon, by nobody: what is broken off by force takes all that has called it with it. Node's
 * loop over its immediates would stay halfway, and throw for ever where another one had run before; from a
 * port the messages come one by one.
 */
function callApart(work: () => void): void {
  turns.push(bindToExecution(work));
  port1.postMessage(undefined);
}
