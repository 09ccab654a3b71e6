/** The kernel's worker in a page of its own, without JupyterLab. */
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import sirv from 'sirv';
import type { FromBrowserCells, ToChecker } from '../../../lib/kernel/browser/checker-messages';
import type { PageChecker } from '../../../lib/kernel/browser/page/checker';
import type { Answer, Failed, FromCells, Question } from '../../../lib/kernel/worker-messages';
import { projectRoot } from '../../../lib/tools/project/paths';
import { browserScript } from '../../../lib/tools/site/browser-script';
import { writeKernel } from '../../../lib/tools/site/kernel';

/** What a question came to. */
export interface Outcome {
  readonly answer: Answer;
  /** What was printed meanwhile, on both streams, and the value. */
  readonly printed: string;
  /** The same, and the error. */
  readonly shown: string;
  /** All that was shown meanwhile. */
  readonly said: readonly FromCells[];
  readonly displays: readonly Extract<FromCells, { type: 'display' }>[];
  /** From the question, or from the interrupt, to the answer. */
  readonly milliseconds: number;
}

/** What a page of Playwright and one of Puppeteer have in common. */
export interface AnyPage {
  goto(address: string): Promise<unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: their types differ in what they infer.
  evaluate(run: any, argument?: any): Promise<any>;
}

/** What the page keeps between two questions. */
interface PageState {
  worker: Worker;
  checker: PageChecker;
  said: FromCells[];
  waiting: Map<number, (answer: Answer) => void>;
  questions: number;
  /** Stands until the next interrupt. */
  address: string;
}

/** Asks the worker in a page. */
export class WorkerPage {
  private constructor(private readonly page: AnyPage) {}

  /**
   * @param address of the worker's script.
   * @param typescript whether it is there, comes when it is asked, or cannot be loaded.
   */
  static async open(
    page: AnyPage,
    address: string,
    typescript: 'loaded' | 'later' | 'never' = 'never',
  ): Promise<WorkerPage> {
    await page.goto(new URL('.', address).href);
    await page.evaluate(
      async ([address, script]: [string, string]) => {
        const { PageChecker } = await import(new URL('page-checker.js', address).href);
        const worker = new Worker(address, { type: 'module' });
        const checker: PageChecker = new PageChecker(new URL(script, address).href);
        const watched = URL.createObjectURL(new Blob());
        worker.postMessage({ type: 'watch', address: watched });
        const state: PageState = {
          ...{ worker, checker, said: [], waiting: new Map(), questions: 0 },
          address: watched,
        };
        Object.assign(window, { state });
        await new Promise<void>((resolve, reject) => {
          worker.onerror = event => reject(new Error(event.message || 'the worker did not start'));
          worker.onmessage = async ({ data }: MessageEvent<FromBrowserCells>) => {
            if (data.type === 'ready') resolve();
            else if (data.type === 'check') {
              const checked = await checker.check(data.code, data.isUnread);
              worker.postMessage({ type: 'checked', id: data.id, checked });
            } else if (data.type === 'answer') state.waiting.get(data.id)?.(data.content);
            else state.said.push(data);
          };
        });
      },
      [address, typescript === 'never' ? 'nowhere.js' : 'checker.js'],
    );
    const worker = new WorkerPage(page);
    if (typescript === 'loaded') await worker.askChecker({ type: 'is-complete', code: '' });
    return worker;
  }

  /**
   * @param interruptAfter milliseconds until the cell is interrupted; never unless given.
   */
  async ask(question: Question, interruptAfter?: number): Promise<Outcome> {
    const outcome = await this.page.evaluate(
      async ([question, interruptAfter]: [Question, number | undefined]) => {
        const { state } = window as unknown as { state: PageState };
        state.said = [];
        const id = state.questions++;
        let start = performance.now();
        const answer = await new Promise<Answer>(resolve => {
          state.waiting.set(id, resolve);
          state.worker.postMessage({ ...question, id });
          if (typeof interruptAfter !== 'number') return;
          setTimeout(() => {
            start = performance.now();
            URL.revokeObjectURL(state.address);
            state.address = URL.createObjectURL(new Blob());
            state.worker.postMessage({ type: 'interrupt' });
            state.worker.postMessage({ type: 'watch', address: state.address });
          }, interruptAfter);
        });
        const milliseconds = performance.now() - start;
        return { answer, said: state.said, milliseconds };
      },
      [question, interruptAfter],
    );
    const said: FromCells[] = outcome.said;
    const read = said.map(message => {
      if (message.type === 'stream') return message.text;
      return message.type === 'result' ? `${message.content.data['text/plain']}\n` : '';
    });
    const displays = said.filter(message => message.type === 'display') as Outcome['displays'];
    const printed = read.join('');
    const { traceback = [] } = outcome.answer as Partial<Failed>;
    return { ...outcome, printed, shown: printed + traceback.join('\n'), displays };
  }

  /** Asks TypeScript, which comes for that if it is not there yet. */
  askChecker<Reply>(question: ToChecker): Promise<Reply | undefined> {
    return this.page.evaluate((question: ToChecker) => {
      const { state } = window as unknown as { state: PageState };
      return state.checker.ask(question);
    }, question);
  }

  /** Tells the checker that nothing computes. */
  rest(): Promise<void> {
    return this.page.evaluate(() =>
      (window as unknown as { state: PageState }).state.checker.resume(),
    );
  }

  /** How many cells it has run. */
  cells = 0;

  /** Runs a cell. */
  run(code: string, interruptAfter?: number): Promise<Outcome> {
    const count = ++this.cells;
    return this.ask({ type: 'execute', code, count, run: count }, interruptAfter);
  }

  /** Runs a cell, and returns all that it shows, in a text that does not depend on its number. */
  async transcript(code: string): Promise<string> {
    const { shown } = await this.run(code);
    return stripVTControlCharacters(shown)
      .trimEnd()
      .replaceAll(`cell [${this.cells}]`, 'cell [here]')
      .replaceAll(/cell \[\d+\]/g, 'cell [above]');
  }
}

let served: Promise<string> | undefined;

/** Builds the kernel once for this process, and serves it; returns the address of the worker's script. */
export function kernelFiles(): Promise<string> {
  served ??= (async () => {
    const folder = join(projectRoot, 'build', 'test-browser-kernel', String(process.pid));
    await writeKernel(folder);
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const checker = join(projectRoot, 'lib', 'kernel', 'browser', 'page', 'checker.ts');
    writeFileSync(
      join(folder, 'static', 'page-checker.js'),
      browserScript(checker, { format: 'esm' }),
    );
    writeFileSync(join(folder, 'static', 'index.html'), '<!doctype html><p>');
    const server = createServer(sirv(join(folder, 'static'), { dev: true }));
    await once(server.listen(0, '127.0.0.1').unref(), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/worker.js`;
  })();
  return served;
}
