/** Runs cells. */
import { MessageChannel } from 'node:worker_threads';
import type { Compiled } from '../compiler/checker';
import { endGroups } from '../console';
import { failedToCompile } from '../errors/failed';
import { messages } from '../language';
import type { ToCompile } from '../link';
import { type Output, shownValue } from '../output-buffer';
import { Run } from '../script/run';
import type { Answer, Execute, Failed } from '../worker-messages';
import { evictPartialModules, refreshFor, takeModules } from './modules';
import { bound } from './origin';
import { failedBy, named, runScript } from './scripts';

/** How a cell ended: with a value, if it has one, or with an error. */
type Ended = { readonly status: 'ok'; readonly value?: unknown } | Failed;

/** What is shown of an expression without a value. */
const NOTHING = { data: { 'text/plain': 'undefined' }, metadata: {} };

export class Cells {
  private running: Run | undefined;

  constructor(
    private readonly output: Output,
    private readonly compile: (cell: ToCompile) => Promise<Compiled | undefined>,
  ) {}

  /** Runs a cell, and answers in any case: a client would wait for ever. */
  answer(cell: Execute): Promise<Answer> {
    return this.execute(cell).catch(error => failedBy(error, 0));
  }

  private async execute(cell: Execute): Promise<Answer> {
    const { code, count, silent, user_expressions: expressions = {} } = cell;
    this.output.begin();
    endGroups();
    const ended = await this.run(code, count);
    if (ended.status === 'error') return ended;
    const content = silent ? undefined : shownValue(ended.value);
    if (content) this.output.send({ type: 'result', content });
    const user_expressions: Record<string, Answer> = {};
    for (const [name, expression] of Object.entries(expressions)) {
      const found = await this.run(`(${expression})`, count);
      const shown = found.status === 'ok' && (shownValue(found.value) ?? NOTHING);
      user_expressions[name] = shown ? { status: 'ok', ...shown } : found;
    }
    return { status: 'ok', user_expressions };
  }

  /** Runs a cell to its end; it may be broken off before. */
  private async run(code: string, count: number): Promise<Ended> {
    const isStale = refreshFor(code);
    const run = new Run();
    this.running = run;
    // A cell that is broken off by force never tells that it has ended, and takes all that has called it
    // with it: so it is called by nobody.
    const ended = new Promise<Ended>((resolve, reject) => {
      callApart(() => {
        if (!run.isOff) this.begin(run, { code, isStale }, count).then(resolve, reject);
      });
    });
    try {
      return await run.until(ended);
    } catch (error) {
      return failedBy(error, count);
    } finally {
      this.running = undefined;
    }
  }

  private async begin(run: Run, cell: ToCompile, count: number): Promise<Ended> {
    const { code } = cell;
    const compiled = run.wait(await this.compile(cell));
    if (!compiled) throw new Error(messages().compiler.ended);
    const { diagnostics, output, map, moves, sideModules } = compiled;
    takeModules(sideModules);
    if (diagnostics.length > 0) return failedToCompile(diagnostics, count, code);
    // A module, or a cell that is meant for a page.
    if (!output || !map) return { status: 'ok' };
    const [value] = (await runScript(run, output, named(map, moves, { code, count }))) ?? [];
    return { status: 'ok', value };
  }

  /** Ends the running cell here, and its code at its next `await`. */
  breakOff(): void {
    evictPartialModules();
    this.running?.breakOff();
  }
}

let next: (() => void) | undefined;

const { port1, port2 } = new MessageChannel();
port2.on('message', () => {
  const work = next;
  next = undefined;
  work?.();
});
port2.unref();

/**
 * Calls a function soon, by nobody: what is broken off by force takes all that has called it with it. Node's
 * loop over its immediates would stay halfway, and throw for ever where another one had run before; from a
 * port the messages come one by one. Where it is called again before, only the last function is.
 */
function callApart(work: () => void): void {
  next = bound(work);
  port1.postMessage(undefined);
}
