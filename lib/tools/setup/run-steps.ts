import { LiveLine } from '../project/live-line.mjs';
import { messages } from '../project/messages';
import type { Step } from './steps/step';

/** Runs the steps that are not done, one after the other, up to the first that fails; says a line a step. */
export async function runSteps<On>(steps: readonly Step<On>[], site: On): Promise<void> {
  const { titled, alreadyThere } = messages().setup;
  for (const step of steps) {
    const { title } = step;
    if (await step.isDone(site)) {
      console.log(`✔ ${titled(title, alreadyThere)}`);
      continue;
    }
    const line = new LiveLine(title);
    try {
      const result = await step.run(site, said => {
        line.progress = said;
      });
      line.end(`✔ ${titled(title, result)}`);
    } catch (error) {
      line.end(`✖ ${title}`);
      throw error;
    }
  }
}
