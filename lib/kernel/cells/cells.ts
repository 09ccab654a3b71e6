/** Runs cells, and answers what the front asks. */
import { MessageChannel } from 'node:worker_threads';
import type { Diagnostic } from '../compiler/checker';
import type { Compiler } from '../compiler/compiler';
import { endGroups } from '../console';
import { failedToCompile } from '../errors/failed';
import { type Output, shownValue } from '../output-buffer';
import { Run } from '../script/run';
import type { Answer, Failed, Question } from '../worker-messages';
import { marksOf } from './marks';
import { evictPartialModules, refreshFor, takeModules } from './modules';
import { bound } from './origin';
import { failedBy, named, runScript } from './scripts';

type Execute = Extract<Question, { type: 'execute' }>;

/** How a cell ended: with a value, if it has one, or with an error. */
type Ended = { readonly status: 'ok'; readonly value?: unknown } | Failed;

export class Cells {
  private running: Run | undefined;

  constructor(
    private readonly output: Output,
    private readonly compiler: Compiler,
  ) {}

  /** Answers in any case: a client would wait for ever. */
  async answer(question: Question): Promise<Answer> {
    try {
      if (question.type === 'execute') return await this.execute(question);
      return await this.compiler.call('answer', question);
    } catch (error) {
      return failedBy(error, 0);
    }
  }

  private async execute({ code, count, silent, expressions = {} }: Execute): Promise<Answer> {
    this.output.begin();
    endGroups();
    const ended = await this.run(code, count);
    if (ended.status === 'error') return ended;
    const content = silent ? undefined : shownValue(ended.value);
    if (content) this.output.send({ type: 'result', content });
    const values: Record<string, Answer> = {};
    for (const [name, expression] of Object.entries(expressions)) {
      values[name] = await this.valueOf(expression, count);
    }
    return { status: 'ok', user_expressions: values };
  }

  private async valueOf(expression: string, count: number): Promise<Answer> {
    const ended = await this.run(`(${expression})`, count);
    if (ended.status === 'error') return ended;
    const shown = shownValue(ended.value);
    return { status: 'ok', ...(shown ?? { data: { 'text/plain': 'undefined' }, metadata: {} }) };
  }

  /** Runs a cell to its end; it may be broken off before. */
  private async run(code: string, count: number): Promise<Ended> {
    // Also what was read ahead: a package has changed.
    if (refreshFor(code)) this.compiler.end();
    const run = new Run();
    this.running = run;
    // A cell that is broken off by force never tells that it has ended, and takes all that has called it
    // with it: so it is called by nobody.
    const ended = new Promise<Ended>((resolve, reject) => {
      callApart(() => {
        if (!run.isOff) this.begin(run, code, count).then(resolve, reject);
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

  private async begin(run: Run, code: string, count: number): Promise<Ended> {
    const fault = (diagnostics: readonly Diagnostic[]): Ended =>
      diagnostics.length > 0 ? failedToCompile(diagnostics, count, code) : { status: 'ok' };
    const { module, hasJsx, isForPage } = marksOf(code);
    if (module) return fault(await this.compiler.call('addModule', module, code, hasJsx));
    // As in tslab, nothing runs that is meant for a page.
    if (isForPage) return fault([]);
    const compiled = run.wait(await this.compiler.compile(code));
    const { diagnostics, declaration, output, map, moves, sideModules } = compiled;
    if (declaration) this.compiler.declare(declaration);
    takeModules(sideModules);
    if (!output || !map) return fault(diagnostics);
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
