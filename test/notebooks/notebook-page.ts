/** The notebooks of a page, driven by the app that shows them: JupyterLab or Jupyter Notebook 7, installed or on the site. */
import { type Output, textOf } from '../../lib/publish/notebook';
import type { EnginePage } from '../engines';

/** A cell on a page; text cells have neither a count nor outputs. */
export interface Cell {
  readonly isCode: boolean;
  readonly source: string;
  readonly count: number | null;
  readonly outputs: Output[];
}

declare global {
  interface Window {
    /** The part of JupyterLab that tests use. */
    jupyterapp: {
      commands: { execute(id: string, args?: object): Promise<unknown> };
      serviceManager: {
        contents: { get(path: string, options: object): Promise<{ content: unknown }> };
        sessions: { startNew(options: object): Promise<unknown> };
        workspaces: { save(id: string, workspace: object): Promise<void> };
      };
      shell: {
        currentWidget: {
          context: {
            path: string;
            isReady: boolean;
            model: { dirty: boolean };
            rename(name: string): Promise<void>;
          };
          sessionContext: {
            session?: {
              kernel?: {
                id: string;
                status: string;
                restart(): Promise<void>;
                requestComplete(at: {
                  code: string;
                  cursor_pos: number;
                }): Promise<{ content: { matches: string[] } }>;
              };
            };
          };
          content: {
            activeCellIndex: number;
            notebookConfig: object;
            scrollToItem(index: number): Promise<void>;
            widgets: {
              prompt: string;
              model: {
                type: string;
                executionCount?: number | null;
                outputs?: { toJSON(): Output[] };
                sharedModel: { getSource(): string; setSource(text: string): void };
              };
            }[];
          };
        };
      };
    };
  }
}

/** Milliseconds between two looks. By default, Playwright looks at each frame, which costs a sixth of a core. */
const polling = 100;

/** A notebook that is open in an app of Jupyter's, in whichever engine. */
export class NotebookPage<Driver extends EnginePage = EnginePage> {
  constructor(readonly page: Driver) {}

  /** Waits until the page shows the notebook at a path, and the kernel is idle. */
  async shows(path: string, timeout = 60_000): Promise<void> {
    // JupyterLab may first show the document of another tab.
    await this.page.waitForFunction(
      path => window.jupyterapp?.shell.currentWidget?.context?.path === path,
      path,
      { timeout, polling },
    );
    await this.ready();
  }

  async ready(): Promise<void> {
    // A new notebook has one empty cell until the content arrives.
    await this.page.waitForFunction(
      () =>
        window.jupyterapp?.shell.currentWidget?.context?.isReady &&
        document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell'),
      undefined,
      { timeout: 60_000, polling },
    );
    await this.idle();
  }

  async idle(timeout = 60_000): Promise<void> {
    await this.page.waitForFunction(
      () => {
        const panel = window.jupyterapp.shell.currentWidget;
        if (!panel) return false; // for a moment, while the app opens
        const waiting = panel.content.widgets.some(({ prompt }) => prompt === '*');
        return !waiting && panel.sessionContext.session?.kernel?.status === 'idle';
      },
      undefined,
      { timeout, polling },
    );
  }

  /** Runs a command of JupyterLab, and waits for the end. */
  async command(id: string, args: object = {}): Promise<void> {
    await this.page.evaluate(
      ([id, args]) =>
        window.jupyterapp.commands.execute(id as string, args as object).then(() => {}),
      [id, args] as const,
    );
  }

  /** Runs and returns all cells. */
  async runAll(): Promise<Cell[]> {
    // Drivers give up on a call that takes minutes.
    await this.page.evaluate(() => {
      const { dataset } = document.body;
      dataset.runs = 'true';
      void window.jupyterapp.commands
        .execute('runmenu:run-all')
        .catch(() => {})
        .then(() => delete dataset.runs);
    });
    const timeout = 420_000;
    try {
      const isDone = () => !document.body.dataset.runs;
      await this.page.waitForFunction(isDone, undefined, { timeout, polling });
    } catch (error) {
      throw new Error(`${(error as Error).message}\nUnfinished: ${await this.unfinished()}`);
    }
    await this.idle(240_000);
    return this.cells();
  }

  /** Returns the source of the first cell that runs or waits. */
  private unfinished = (): Promise<string | undefined> =>
    this.page.evaluate(() =>
      window.jupyterapp.shell.currentWidget.content.widgets
        .find(({ prompt }) => prompt === '*')
        ?.model.sharedModel.getSource(),
    );

  /** Runs the first cell that contains `words`. */
  async runCell(words: string): Promise<void> {
    await this.select(words);
    await this.command('notebook:run-cell');
  }

  /** Runs the cells above the first cell that contains `words`, and returns all cells. */
  async runAbove(words: string): Promise<Cell[]> {
    await this.select(words);
    await this.command('notebook:run-all-above');
    await this.idle(240_000);
    return this.cells();
  }

  /** Activates the first cell that contains `words`; returns the index. */
  select(words: string): Promise<number> {
    return this.page.evaluate(async words => {
      const { content } = window.jupyterapp.shell.currentWidget;
      const index = content.widgets.findIndex(({ model }) =>
        model.sharedModel.getSource().includes(words),
      );
      if (index < 0) throw new Error(`no cell holds ${words}`);
      content.activeCellIndex = index;
      await content.scrollToItem(index);
      return index;
    }, words);
  }

  /** All cells of the notebook on show. */
  private all(): Promise<Cell[]> {
    return this.page.evaluate(() =>
      window.jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => ({
        isCode: model.type === 'code',
        source: model.sharedModel.getSource(),
        count: model.executionCount ?? null,
        outputs: model.outputs?.toJSON() ?? [],
      })),
    );
  }

  /** The code cells of the notebook on show. */
  cells = async () => (await this.all()).filter(({ isCode }) => isCode);

  /** The source of the cell at a place. */
  source = async (at: number) => (await this.all())[at]?.source ?? '';

  /** Inserts and starts a cell at the end of the notebook; returns the index. */
  begin(code: string): Promise<number> {
    return this.page.evaluate(async code => {
      const { commands, shell } = window.jupyterapp;
      const { content } = shell.currentWidget;
      content.activeCellIndex = content.widgets.length - 1;
      await commands.execute('notebook:insert-cell-below');
      await commands.execute('notebook:change-cell-to-code');
      const index = content.activeCellIndex;
      content.widgets[index]?.model.sharedModel.setSource(code);
      void commands.execute('notebook:run-cell');
      return index;
    }, code);
  }

  /** Returns the output of a cell: printed text, value, and error. */
  async shown(at: number) {
    const { outputs = [] } = (await this.all())[at] ?? {};
    const texts = outputs.map(output => {
      if (output.output_type === 'execute_result') return `${output.data['text/plain']}\n`;
      return output.output_type === 'stream' ? textOf(output.text) : '';
    });
    return { text: texts.join(''), error: outputs.find(output => output.output_type === 'error') };
  }

  /** Adds a cell at the end of the notebook, runs the cell, and returns the output. */
  async run(code: string) {
    const index = await this.begin(code);
    await this.idle();
    return this.shown(index);
  }

  async write(at: number, text: string): Promise<void> {
    await this.page.evaluate(
      ([at, text]) =>
        window.jupyterapp.shell.currentWidget.content.widgets[at]?.model.sharedModel.setSource(
          text,
        ),
      [at, text] as const,
    );
  }
}

/** The errors that cells ended with, in a line each. */
export const failuresOf = (cells: readonly Cell[]): string[] =>
  cells.flatMap(({ outputs }) =>
    outputs.flatMap(output =>
      output.output_type === 'error' ? `${output.ename}: ${output.evalue}` : [],
    ),
  );
