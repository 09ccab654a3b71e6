/** Shows the steps as they run: as a live list in a terminal, elsewhere by a line a step with its time. */
import { Listr, PRESET_TIMER } from 'listr2';
import { messages } from '../project/messages';
import type { Step } from './steps/step';

/** Runs the steps that are not done, one after the other, up to the first that fails. */
export async function runSteps<On>(steps: readonly Step<On>[], site: On): Promise<void> {
  // Some CI systems have a terminal without a width, on which nothing can be drawn.
  const terminal = process.stdout.isTTY && process.stdout.columns > 0;
  const print = (line: string) => terminal || console.log(line);
  const { titled, alreadyThere } = messages().setup;

  const tasks = steps.map(step => ({
    title: step.title(),
    task: async (_: unknown, task: { title: string; output: string }) => {
      const { title } = task;
      if (await step.isDone(site)) {
        task.title = titled(title, alreadyThere);
        print(`✔ ${task.title}`);
        return;
      }
      const started = Date.now();
      const took = () => `[${((Date.now() - started) / 1000).toFixed(1)} s]`;
      let progress = '';
      const ticking = setInterval(() => {
        task.output = `${progress} ${took()}`;
      }, 200);
      try {
        const result = await step.run(site, said => {
          progress = said;
        });
        task.title = titled(title, result);
        print(`✔ ${task.title} ${took()}`);
      } catch (error) {
        print(`✖ ${title} ${took()}`);
        throw error;
      } finally {
        clearInterval(ticking);
      }
    },
  }));

  await new Listr(tasks, {
    renderer: terminal ? 'default' : 'silent',
    rendererOptions: { timer: PRESET_TIMER, showErrorMessage: false, collapseErrors: false },
  } as object).run();
}
