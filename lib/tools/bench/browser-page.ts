/** The lesson on the site, as a page that can be told to open, to run and to train an epoch. */
import type { Page } from 'playwright-core';

/** The lesson, below the site's address. */
const LESSON = 'en/lab/index.html?path=lesson.en.ipynb';

/** The longest that opening or Run All may take, in milliseconds. */
const PATIENCE = 300_000;

interface Future {
  onIOPub: (message: { content: { text?: string } }) => void;
  readonly done: Promise<{ content: { status: string; evalue?: string } }>;
}

interface PageWindow {
  readonly jupyterapp?: {
    readonly commands: { execute(id: string): Promise<unknown> };
    readonly shell: {
      readonly currentWidget?: {
        readonly sessionContext?: {
          readonly session?: {
            readonly kernel?: { status: string; requestExecute(content: object): Future };
          };
        };
        readonly content: {
          readonly widgets: {
            readonly model: { readonly outputs?: { toJSON(): Record<string, unknown>[] } };
          }[];
        };
      };
    };
  };
}
declare const window: PageWindow;

/**
 * Opens the lesson.
 *
 * @returns the seconds until its first cell is shown, and until its kernel is idle.
 */
export async function openLesson(
  page: Page,
  site: string,
): Promise<{ cell: number; kernel: number }> {
  const began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  await page.goto(site + LESSON, { waitUntil: 'commit' });
  await page.locator('.jp-Notebook .jp-Cell').first().waitFor({ timeout: PATIENCE });
  const cell = elapsed();
  await page.waitForFunction(
    () => {
      const panel = window.jupyterapp?.shell.currentWidget;
      return panel?.sessionContext?.session?.kernel?.status === 'idle';
    },
    undefined,
    { timeout: PATIENCE },
  );
  return { cell, kernel: elapsed() };
}

/**
 * Runs all cells.
 *
 * @returns the seconds that it took.
 * @throws Error where a cell ended in one.
 */
export async function runAll(page: Page): Promise<number> {
  const began = performance.now();
  const error = await within(
    page.evaluate(async () => {
      await window.jupyterapp?.commands.execute('runmenu:run-all');
      const { widgets = [] } = window.jupyterapp?.shell.currentWidget?.content ?? {};
      const outputs = widgets.flatMap(({ model }) => model.outputs?.toJSON() ?? []);
      const failed = outputs.find(({ output_type }) => output_type === 'error');
      return failed && `${failed.ename}: ${failed.evalue}`;
    }),
  );
  if (error !== undefined)
    throw new Error(`Expected Run All to succeed but a cell ended: ${error}`);
  return (performance.now() - began) / 1000;
}

/** What the notebook's kernel runs, on what the lesson has left in its variables. */
// The second of two, as the native row counts its epochs: the first one has the making ready of both.
const EPOCH = `
let began = 0;
let time = 0;
const onEpochEnd = () => {
  time = performance.now() - began;
  began = performance.now();
};
await digits.fit(model, xTrain, yTrain, {
  batchSize: 64, epochs: 2, validationSplit: 0.2, verbose: 0, callbacks: { onEpochEnd },
});
console.log(time);`;

/**
 * Trains the lesson's model for two more epochs.
 *
 * @returns the seconds that the second took, by the kernel's clock.
 * @throws Error where it failed.
 */
export async function trainEpoch(page: Page): Promise<number> {
  const printed = await within(
    page.evaluate(async code => {
      const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
      if (!kernel) return 'there is no kernel';
      const future = kernel.requestExecute({ code });
      let text = '';
      future.onIOPub = ({ content }) => {
        text += content.text ?? '';
      };
      const { content } = await future.done;
      return content.status === 'ok' ? text : (content.evalue ?? content.status);
    }, EPOCH),
  );
  const seconds = Number(printed) / 1000;
  if (!(seconds > 0)) throw new Error(`Expected the time of an epoch but received: ${printed}`);
  return seconds;
}

/** Waits for what the page does, but not for ever. */
async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(
      () => fail(new Error(`Expected an answer within ${PATIENCE / 1000} s`)),
      PATIENCE,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
