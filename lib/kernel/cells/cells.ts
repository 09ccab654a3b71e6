/** Runs cells by tslab's executor, and answers what the front asks. */
import { MessageChannel } from 'node:worker_threads';
import { createExecutor } from 'tslab/dist/executor';
import { printQuickInfo } from 'tslab/dist/inspect';
import { compiler } from '../compiler/started';
import { Interrupt } from '../errors/failed';
import { shownValue } from '../format-result';
import type { Answer, Question } from '../worker-messages';
import { CellConverter } from './converter';
import { failedBy, failedToCompile } from './failures';
import { forgetHalfLoaded, refreshFor } from './loaded';
import type { captureOutput } from './output';
import { endAtAwait, takeValue } from './run-script';
import { inspected } from './scripts';

type Execute = Extract<Question, { type: 'execute' }>;

export class Cells {
  private readonly converter = new CellConverter();
  /** What tslab's executor tells a console of; it returns whether all went well. */
  private thrown: [unknown] | undefined;
  private breakOffRun: (() => void) | undefined;
  private readonly executor = createExecutor(process.cwd(), this.converter, {
    log() {},
    error: (...said: unknown[]) => {
      // Of a cell that cannot be compiled, the converter knows more.
      if (said.length === 1) this.thrown = [said[0]];
    },
  });

  constructor(private readonly output: ReturnType<typeof captureOutput>) {}

  /** Answers in any case: a client would wait for ever. */
  async answer(question: Question): Promise<Answer> {
    try {
      return await this.find(question);
    } catch (error) {
      return { ...failedBy(error, 0) };
    }
  }

  private async find(question: Question): Promise<Answer> {
    switch (question.type) {
      case 'execute':
        return this.execute(question);
      case 'complete':
        return this.complete(question.code, question.cursor);
      case 'inspect':
        return this.inspect(question.code, question.cursor);
      case 'is-complete':
        return { ...compiler.call('completeness', question.code) };
    }
  }

  private async execute({ code, count, silent, expressions = {} }: Execute): Promise<Answer> {
    this.output.begin();
    const failed = await this.run(code, count);
    if (failed) return failed;
    const value = this.takeValue();
    const content = silent ? undefined : shownValue(value, inspected);
    if (content) this.output.send({ type: 'result', content });
    const values: Record<string, Answer> = {};
    for (const [name, expression] of Object.entries(expressions)) {
      values[name] = await this.valueOf(expression, count);
    }
    return { status: 'ok', user_expressions: values };
  }

  private async valueOf(expression: string, count: number): Promise<Answer> {
    const failed = await this.run(`(${expression})`, count);
    if (failed) return { ...failed };
    const shown = shownValue(this.takeValue(), inspected);
    return { status: 'ok', ...(shown ?? { data: { 'text/plain': 'undefined' }, metadata: {} }) };
  }

  /** Returns how it failed, or undefined. */
  private async run(code: string, count: number): Promise<Answer | undefined> {
    this.thrown = undefined;
    refreshFor(code);
    this.converter.begin(code, count);
    // A cell that is broken off by force never tells that it has ended, and takes all that has called it
    // with it: so it is called by nobody.
    let isOff = false;
    const ended = new Promise<boolean>((resolve, reject) => {
      callApart(() => {
        if (!isOff) this.executor.execute(code).then(resolve, reject);
      });
    });
    const brokenOff = new Promise<Interrupt>(resolve => {
      this.breakOffRun = () => {
        // Also before it has begun.
        isOff = true;
        resolve(new Interrupt());
      };
    });
    const isWell = await Promise.race([ended, brokenOff]).catch(error => {
      this.thrown = [error];
      return false;
    });
    this.breakOffRun = undefined;
    if (isWell instanceof Interrupt) return { ...failedBy(isWell, count) };
    const { diagnostics } = this.converter;
    if (diagnostics.length > 0) return { ...failedToCompile(diagnostics, count, code) };
    return isWell ? undefined : { ...failedBy(this.thrown?.[0], count) };
  }

  /** Takes the value of the last expression of the cell that ran last. */
  private takeValue(): unknown {
    return this.converter.run === undefined ? undefined : takeValue(this.converter.run);
  }

  /** Ends the running cell here, and its code at its next `await`. */
  breakOff(): void {
    forgetHalfLoaded();
    if (!this.breakOffRun) return;
    if (this.converter.run !== undefined) endAtAwait(this.converter.run);
    this.breakOffRun();
    this.executor.interrupt();
  }

  private complete(code: string, cursor: number): Answer {
    const { start, end, candidates } = this.executor.complete(code, cursor);
    return {
      ...{ status: 'ok', matches: candidates, cursor_start: start, cursor_end: end },
      metadata: {},
    };
  }

  private inspect(code: string, cursor: number): Answer {
    const info = this.executor.inspect(code, cursor);
    const data = info ? { 'text/plain': printQuickInfo(info) } : {};
    return { status: 'ok', found: Boolean(info), data, metadata: {} };
  }

  close(): void {
    this.executor.close();
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
  next = work;
  port1.postMessage(undefined);
}
