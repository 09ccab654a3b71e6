/** Shows a run in the terminal: a line a stage, with its time and its result. */
import { messages } from '../project/messages';
import { execute, type RunOptions } from './execute';
import { isCode, type Notebook, PLOTLY } from './notebook';
import { type Stage, stagesOf } from './source';

/** What a stage has come to: its figures by the first line of their words; one that changes counts once. */
const begun = (title: string) => ({
  ...{ title, seconds: 0, printed: '', figures: new Map<string, string>() },
});

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
  const ofCode = notebook.cells.map((cell, at) => isCode(cell) && stages[at]?.number);
  console.log(`\n${notebook.metadata.title}`);
  let run: ReturnType<typeof begun> | undefined;
  return execute(notebook, {
    ...options,
    onEvent: event => {
      if (event.cell === null) return;
      const { number, title } = stages[event.cell] as Stage;
      run ??= begun(number === 0 ? messages().publish.preparation : title);
      if (event.event === 'stream') run.printed += event.text;
      if (event.event === 'done') run.seconds += event.seconds;
      if (event.event === 'display' && PLOTLY in event.data) {
        const [words = ''] = String(event.data['text/plain'] ?? '').split('\n');
        run.figures.set(event.id ?? `#${run.figures.size}`, `[${words}]`);
      }
      // What a terminal would show last.
      const lines = run.printed.split(/[\r\n]+/).filter(line => line.trim() !== '');
      const lastLine = lines.at(-1) ?? '';
      if (event.event === 'done' && (!event.ok || ofCode.lastIndexOf(number) === event.cell)) {
        const results = [`${run.seconds.toFixed(1)} s`, lastLine, ...run.figures.values()];
        console.log(
          `${begin}${event.ok ? '✔' : '✖'} ${[run.title, ...results.filter(Boolean)].join('  ')}`,
        );
        run = undefined;
      } else if (isTTY) {
        process.stdout.write(begin + `  ${run.title}  ${lastLine}`.slice(0, columns - 1));
      }
    },
  });
}
