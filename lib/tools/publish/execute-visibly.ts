/** Shows a run in the terminal: a line a stage, with its time and its result. */
import { messages } from '../project/messages';
import { execute, type RunEvent, type RunOptions } from './execute';
import { isCode, type MimeBundle, type Notebook, PLOTLY } from './notebook';
import { type Stage, stagesOf } from './source';

class StageRun {
  private seconds = 0;
  private printed = '';
  /** The first line of each figure's words, by its name: one that changes counts once. */
  private readonly figures = new Map<string, string>();

  constructor(private readonly title: string) {}

  hear(event: RunEvent): void {
    if (event.event === 'stream') this.printed += event.text;
    if (event.event === 'display') this.note(event.data, event.id ?? `#${this.figures.size}`);
    if (event.event === 'done') this.seconds += event.seconds;
  }

  private note(data: MimeBundle, key: string): void {
    const words = data['text/plain'];
    if (PLOTLY in data && typeof words === 'string')
      this.figures.set(key, words.split('\n')[0] ?? '');
  }

  /** The line that a terminal would show last. */
  private get lastLine(): string {
    const lines = this.printed.split(/[\r\n]+/).filter(line => line.trim() !== '');
    return lines.at(-1) ?? '';
  }

  get progress(): string {
    return `  ${this.title}  ${this.lastLine}`;
  }

  get summary(): string {
    const results = [this.lastLine, ...Array.from(this.figures.values(), words => `[${words}]`)];
    return [`${this.title}  ${this.seconds.toFixed(1)} s`, ...results.filter(Boolean)].join('  ');
  }
}

/**
 * Executes like {@link execute} and shows each stage: a line when it is done, and in a terminal the
 * line that it has just printed.
 */
export async function executeVisibly(
  notebook: Notebook,
  options: Omit<RunOptions, 'onEvent'>,
): Promise<Notebook> {
  const { isTTY, columns } = process.stdout;
  const begin = isTTY ? '\r\x1b[2K' : '';
  const stages = stagesOf(notebook);
  const last = new Map(
    stages.flatMap(({ number }, at) => (isCode(notebook.cells[at] as never) ? [[number, at]] : [])),
  );
  console.log(`\n${notebook.metadata.title}`);
  let run: StageRun | undefined;
  return execute(notebook, {
    ...options,
    onEvent: event => {
      if (event.cell === null || event.event === 'late') return;
      const stage = stages[event.cell] as Stage;
      run ??= new StageRun(stage.number === 0 ? messages().publish.preparation : stage.title);
      run.hear(event);
      const isOver = event.event === 'done' && (!event.ok || event.cell === last.get(stage.number));
      if (isOver) {
        console.log(`${begin}${event.ok ? '✔' : '✖'} ${run.summary}`);
        run = undefined;
      } else if (isTTY) process.stdout.write(begin + run.progress.slice(0, columns - 1));
    },
  });
}
