/** Shows a run in the terminal: a line a stage, with its time and its result. */

import { itemAt } from 'digits/item-at';
import { text } from 'digits/language';
import { Listr, type ListrTaskWrapper } from 'listr2';
import { execute, type RunEvent, type RunOptions } from './execute';
import { isCode, type MimeBundle, type Notebook, PLOTLY } from './notebook';
import { stagesOf } from './source';

/** A stage while it runs. */
class StageRun {
  private seconds = 0;
  private printed = '';
  private readonly figures = new Map<string, string>();
  /** Called at each change, to show it. */
  onChange = () => {};
  readonly finished: Promise<boolean>;
  /** Ends the stage: true if all its cells went well. */
  finish: (ok: boolean) => void = () => {};

  constructor(
    readonly title: string,
    private remaining: number,
  ) {
    this.finished = new Promise(resolve => {
      this.finish = resolve;
    });
  }

  hear(event: RunEvent): void {
    if (event.event === 'stream') this.printed += event.text;
    if (event.event === 'display') this.note(event.data, event.id ?? `#${this.figures.size}`);
    if (event.event === 'done') {
      this.seconds += event.seconds;
      this.remaining -= 1;
      if (event.status === 'error') this.finish(false);
      else if (this.remaining === 0) this.finish(true);
    }
    this.onChange();
  }

  private note(data: MimeBundle, key: string): void {
    const words = data['text/plain'];
    if (PLOTLY in data && typeof words === 'string') {
      this.figures.set(key, words.split('\n', 1)[0] ?? '');
    }
  }

  /** Returns the line that a terminal would show last. */
  get lastLine(): string {
    const lines = this.printed.split(/[\r\n]+/).filter(line => line.trim() !== '');
    return lines.at(-1) ?? '';
  }

  get summary(): string {
    const results = [this.lastLine, ...[...this.figures.values()].map(words => `[${words}]`)];
    return [`${this.title}  ${this.seconds.toFixed(1)} s`, ...results.filter(Boolean)].join('  ');
  }
}

/**
 * Executes like {@link execute} and shows each stage as it goes: in place where the output is a
 * terminal, else a line once a stage is done.
 */
export async function executeVisibly(notebook: Notebook, options: RunOptions): Promise<Notebook> {
  console.log(`\n${notebook.metadata.title}`);
  const stages = stagesOf(notebook);
  const runs = new Map<number, StageRun>();
  const stagesOfCode = stages.filter((_, at) => isCode(itemAt(notebook.cells, at)));
  for (const { number, title } of stagesOfCode) {
    if (runs.has(number)) continue;
    const cells = stagesOfCode.filter(stage => stage.number === number).length;
    const name = number === 0 ? text({ zh: '准备', en: 'Preparation' }) : title;
    runs.set(number, new StageRun(name, cells));
  }

  const run = execute(notebook, {
    ...options,
    onEvent: event => {
      options.onEvent?.(event);
      if (event.cell !== null) runs.get(stages[event.cell]?.number ?? 0)?.hear(event);
    },
  }).finally(() => {
    for (const stage of runs.values()) stage.finish(false);
  });
  // A failure shows below, at the `return`; until then it must not count as unhandled.
  run.catch(() => {});

  let failed = false;
  const show = async (stage: StageRun, task: ListrTaskWrapper<unknown, never, never>) => {
    if (failed) return task.skip();
    stage.onChange = () => {
      if (process.stdout.isTTY) task.output = stage.lastLine;
    };
    failed = !(await stage.finished);
    if (failed) throw new Error(stage.lastLine || stage.title);
    task.title = stage.summary;
  };
  await new Listr(
    [...runs.values()].map(stage => ({
      title: stage.title,
      task: (_: unknown, task: ListrTaskWrapper<unknown, never, never>) => show(stage, task),
    })),
    {
      exitOnError: false,
      registerSignalListeners: false,
      renderer: process.stdout.isTTY ? 'default' : 'simple',
      rendererOptions: { collapseErrors: true, collapseSkips: true },
    } as never,
  ).run();
  return run;
}
