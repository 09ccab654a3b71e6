/** A client of the browser kernel in a separate page, without JupyterLab. */
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import serveStatic from 'serve-static';
import { projectRoot } from '../../../lib/command/machine/paths';
import type { kernelClass } from '../../../lib/kernel/browser/page/kernel';
import { browserScript } from '../../../lib/lab/browser-script';
import { writeKernel } from '../../../lib/publish/site/kernel';
import { type Content, KernelClient, type RawMessage } from '../client';

/** The common part of the pages of Playwright, Puppeteer and `engines.ts`. */
export interface AnyPage {
  goto(address: string): Promise<unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: the inferred types differ.
  evaluate(run: any, argument?: any): Promise<any>;
}

type PageMessage = RawMessage & { readonly channel: string };

/** Globals of the page. */
interface PageState {
  readonly kernel: InstanceType<ReturnType<typeof kernelClass>>;
  /** Messages that the client has not fetched yet. */
  readonly messages: PageMessage[];
}

/** Milliseconds between two looks for messages. */
const POLL_MS = 10;

export class PageClient extends KernelClient {
  private polling: Promise<void> | undefined;

  private constructor(private readonly page: AnyPage) {
    super();
  }

  /** @param address of the worker's script. */
  static async open(page: AnyPage, address: string): Promise<PageClient> {
    await page.goto(new URL('.', address).href);
    await page.evaluate(async (address: string) => {
      const { kernelClass } = await import(new URL('page-kernel.js', address).href);
      // JupyterLite's base class. The kernel overrides all methods.
      const Kernel = kernelClass(EventTarget, address, () => false);
      const messages: PageMessage[] = [];
      const kernel = new Kernel({
        sendMessage(message: PageMessage) {
          messages.push(message);
        },
      });
      await kernel.ready;
      const state: PageState = { kernel, messages };
      Object.assign(window, { state });
    }, address);
    return new PageClient(page);
  }

  protected deliver(header: RawMessage['header'], content: Content, channel: string): void {
    void this.page.evaluate(
      (message: PageMessage) => {
        void (window as unknown as { state: PageState }).state.kernel.handleMessage(message);
      },
      { header, parent_header: {}, content, channel },
    );
  }

  interrupt(): Promise<unknown> {
    return this.page.evaluate(() => {
      (window as unknown as { state: PageState }).state.kernel.interrupt();
    });
  }

  protected override nextMessage(): Promise<unknown> {
    this.polling ??= this.poll().finally(() => {
      this.polling = undefined;
    });
    return this.polling;
  }

  private async poll(): Promise<void> {
    // As text, since Puppeteer truncates deeply nested values.
    const text: string = await this.page.evaluate(() => {
      const { state } = window as unknown as { state: PageState };
      return JSON.stringify(state.messages.splice(0));
    });
    const messages: PageMessage[] = JSON.parse(text);
    for (const message of messages) {
      this.receive(message, message.channel === 'iopub' ? this.published : this.replies);
    }
    if (messages.length === 0) await wait(POLL_MS);
  }

  /** Waits until TypeScript checks the cells: a question loads TypeScript, whose answer may be late. */
  async untilChecked(): Promise<void> {
    const question = { code: 'Math', cursor_pos: 1 };
    while (!(await this.ask('inspect_request', question).reply).found);
  }
}

let served: Promise<string> | undefined;

/** Builds the kernel once for this process, and serves the build; returns the address of the worker's script. */
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
