/** The kernel in a page of its own, without JupyterLab. */
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import serveStatic from 'serve-static';
import type { kernelClass } from '../../../lib/kernel/browser/page/kernel';
import type { Request } from '../../../lib/kernel/jupyter';
import type { Answer, Failed } from '../../../lib/kernel/worker-messages';
import { projectRoot } from '../../../lib/tools/project/paths';
import { browserScript } from '../../../lib/tools/site/browser-script';
import { writeKernel } from '../../../lib/tools/site/kernel';

/** What the kernel publishes. */
export interface Published {
  readonly type: string;
  /** The request to which it belongs. */
  readonly parent: string;
  // biome-ignore lint/suspicious/noExplicitAny: each type has its own fields.
  readonly content: any;
}

type Sent = Record<'header' | 'parent_header', Request['header']> & { content: Answer };

/** What a cell came to. */
export interface Outcome {
  /** Its request. */
  readonly id: string;
  readonly answer: Answer;
  /** What it printed, on both streams, and the value. */
  readonly printed: string;
  /** The same, and the error. */
  readonly shown: string;
  /** All that was published meanwhile, of other cells, too. */
  readonly said: readonly Published[];
}

/** What a page of Playwright and one of Puppeteer have in common. */
export interface AnyPage {
  goto(address: string): Promise<unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: their types differ in what they infer.
  evaluate(run: any, argument?: any): Promise<any>;
}

/** What the page keeps between two requests. */
interface PageState {
  kernel: InstanceType<ReturnType<typeof kernelClass>>;
  said: Published[];
  /** Receives the messages that belong to a request. */
  listeners: Map<string, (message: Published) => void>;
}

/** Asks the kernel in a page. */
export class WorkerPage {
  /** How many cells it has run. */
  cells = 0;
  private requests = 0;

  private constructor(private readonly page: AnyPage) {}

  /** @param address of the worker's script. */
  static async open(page: AnyPage, address: string): Promise<WorkerPage> {
    await page.goto(new URL('.', address).href);
    await page.evaluate(async (address: string) => {
      const page = await import(new URL('page-kernel.js', address).href);
      const state = { said: [], listeners: new Map() } as unknown as PageState;
      // All that JupyterLite's has is overridden.
      const Kernel = page.kernelClass(EventTarget, address, () => false);
      state.kernel = new Kernel({
        sendMessage({ header, parent_header, content }: Sent) {
          const parent = parent_header.msg_id;
          const message = { type: header.msg_type, parent, content };
          state.said.push(message);
          state.listeners.get(parent)?.(message);
        },
      });
      await state.kernel.ready;
      Object.assign(window, { state });
    }, address);
    return new WorkerPage(page);
  }

  /** Sends requests at once, and returns their answers with all messages that were published meanwhile. */
  private async request(type: string, contents: readonly object[], interruptAt?: string) {
    const messages = contents.map(content => ({
      channel: 'shell',
      header: { msg_id: `${++this.requests}`, msg_type: type },
      content,
    }));
    // As text, since Puppeteer cuts off what is deeply nested.
    const result: string = await this.page.evaluate(
      async ([messages, interruptAt]: [Request[], string | undefined]) => {
        const { state } = window as unknown as { state: PageState };
        const before = state.said.length;
        const answers = messages.map(
          message =>
            new Promise<Answer>(resolve => {
              state.listeners.set(message.header.msg_id, ({ type, content }) => {
                if (type.endsWith('_reply')) resolve(content);
                if (type === 'stream' && interruptAt && content.text.includes(interruptAt)) {
                  state.kernel.interrupt();
                }
              });
              void state.kernel.handleMessage(message);
            }),
        );
        const ids = messages.map(({ header }) => header.msg_id);
        const results = {
          ids,
          answers: await Promise.all(answers),
          said: state.said.slice(before),
        };
        return JSON.stringify(results);
      },
      [messages, interruptAt],
    );
    return JSON.parse(result);
  }

  /**
   * Queues cells at once, and returns the answer to each with what it published.
   *
   * @param interruptAt the output at which the kernel is interrupted.
   */
  async runAll(codes: readonly string[], interruptAt?: string): Promise<[Answer, Published[]][]> {
    const contents = codes.map(code => ({ code, store_history: true }));
    const { ids, answers, said } = await this.request('execute_request', contents, interruptAt);
    return ids.map((id: string, i: number) => [
      answers[i],
      said.filter(({ parent }: Published) => parent === id),
    ]);
  }

  /** Asks TypeScript, which comes for that if it is not there yet. */
  async ask(type: string, code = '', cursor_pos = 0): Promise<Published['content']> {
    return (await this.request(`${type}_request`, [{ code, cursor_pos }])).answers[0];
  }

  /** Waits until TypeScript checks the cells: it comes for a question, which it may answer too late. */
  async untilChecked(): Promise<void> {
    while (!(await this.ask('inspect', 'Math', 1)).found);
  }

  /** Runs a cell. */
  async run(code: string): Promise<Outcome> {
    this.cells++;
    const outcome = await this.request('execute_request', [{ code, store_history: true }]);
    const [id, answer] = [outcome.ids[0], outcome.answers[0]];
    const said: Published[] = outcome.said;
    const printed = said
      .filter(({ parent }) => parent === id)
      .map(({ type, content }) => {
        if (type === 'stream') return content.text;
        return type === 'execute_result' ? `${content.data['text/plain']}\n` : '';
      })
      .join('');
    const { traceback = [] } = answer as Partial<Failed>;
    return { id, answer, said, printed, shown: printed + traceback.join('\n') };
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
    const kernel = join(projectRoot, 'lib', 'kernel', 'browser', 'page', 'kernel.ts');
    writeFileSync(
      join(folder, 'static', 'page-kernel.js'),
      browserScript(kernel, { format: 'esm' }),
    );
    writeFileSync(join(folder, 'static', 'index.html'), '<!doctype html><p>');
    const serve = serveStatic(join(folder, 'static'));
    const server = createServer((request, response) =>
      serve(request, response, () => response.writeHead(404).end()),
    );
    await once(server.listen(0, '127.0.0.1').unref(), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/worker.js`;
  })();
  return served;
}
