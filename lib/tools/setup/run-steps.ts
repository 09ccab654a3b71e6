/** Shows the steps as they run: as a live list in a terminal, elsewhere by a line a step with its time. */
import { Listr, PRESET_TIMER } from 'listr2';
import type { Language, Text } from '../project/failure.mjs';
import type { Step } from './steps/step';

const inLanguage = (text: string | Text, language: Language) =>
  typeof text === 'string' ? text : text[language];

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Runs the steps that are not done, one after the other, up to the first that fails. */
export async function runSteps<On>(
  steps: readonly Step<On>[],
  site: On,
  language: Language,
): Promise<void> {
  // Some CI systems have a terminal without a width, on which nothing can be drawn.
  const terminal = process.stdout.isTTY && process.stdout.columns > 0;
  const print = (line: string) => terminal || console.log(line);
  const colon = language === 'zh' ? '：' : ': ';
  const already = language === 'zh' ? '已就绪' : 'already there';

  const tasks = steps.map(step => ({
    title: step.title[language],
    task: async (_: unknown, task: { title: string; output: string }) => {
      const title = step.title[language];
      if (await step.isDone(site)) {
        task.title = title + colon + already;
        print(`✔ ${task.title}`);
        return;
      }
      const started = Date.now();
      const took = () => seconds(Date.now() - started);
      let progress = '';
      const ticking = setInterval(() => {
        task.output = `${progress} [${took()}]`;
      }, 200);
      try {
        const result = await step.run(site, text => {
          progress = inLanguage(text, language);
        });
        task.title = title + colon + result[language];
        print(`✔ ${task.title} [${took()}]`);
      } catch (error) {
        print(`✖ ${title} [${took()}]`);
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
