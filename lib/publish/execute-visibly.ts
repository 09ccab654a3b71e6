/** Shows an execution in the terminal: a line per stage with the time and the result. */
import { messages } from 'command/output/messages';
import { execute, type RunOptions } from './execute';
import { isCode, type Notebook, PLOTLY } from './notebook';
import { type Stage, stagesOf } from './source';

/** Progress of a stage. `figures` holds the first line of each figure's text; an updated figure counts once. */
const startStage = (title: string) => ({
  ...{ title, seconds: 0, printed: '', figures: new Map<string, string>() },
});

/** Executes and prints a line per finished stage. Terminals also show the latest output of the running stage. */
export async function executeWithProgress(
  notebook: Notebook,
  options: Omit<RunOptions, 'onEvent'>,
): Promise<Notebook> {
  const { isTTY, columns } = process.stdout;
  const clearLine = isTTY ? '\r\x1b[2K' : '';
  const stages = stagesOf(notebook);
  const codeStages = notebook.cells.map((cell, index) => isCode(cell) && stages[index]?.number);
  console.log(`\n${notebook.metadata.title}`);
  let stage: ReturnType<typeof startStage> | undefined;
  return execute(notebook, {
    ...options,
    onEvent: event => {
      if (event.cell === null) return;
      const { number, title } = stages[event.cell] as Stage;
      stage ??= startStage(number === 0 ? messages().publish.preparation : title);
      if (event.event === 'stream') stage.printed += event.text;
      if (event.event === 'done') stage.seconds += event.seconds;
      if (event.event === 'display' && PLOTLY in event.data) {
        const [text = ''] = String(event.data['text/plain'] ?? '').split('\n');
        stage.figures.set(event.id ?? `#${stage.figures.size}`, `[${text}]`);
      }
      // The last line a terminal would show.
      const lines = stage.printed.split(/[\r\n]+/).filter(line => line.trim() !== '');
      const lastLine = lines.at(-1) ?? '';
      if (event.event === 'done' && (!event.ok || codeStages.lastIndexOf(number) === event.cell)) {
        const results = [`${stage.seconds.toFixed(1)} s`, lastLine, ...stage.figures.values()];
        console.log(
          `${clearLine}${event.ok ? '✔' : '✖'} ${[stage.title, ...results.filter(Boolean)].join('  ')}`,
        );
        stage = undefined;
      } else if (isTTY) {
        process.stdout.write(clearLine + `  ${stage.title}  ${lastLine}`.slice(0, columns - 1));
      }
    },
  });
}
