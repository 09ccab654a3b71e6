/** The steps of the native engine, which some machines do without. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from '../../project/failure.mjs';
import { writeWhole } from '../../project/files';
import { messages } from '../../project/messages';
import { projectRoot } from '../../project/paths';
import type { Site, Step } from './step';

/** Written if a step has failed on a machine on which nobody had tried it: why. */
export const gaveUpFile = join(projectRoot, 'build', 'setup', 'no-native-engine.txt');

/** Tells whether the native engine is wanted here, and nothing says that it cannot be made. */
export const wantsNative = ({ machine }: Site): boolean =>
  machine.native && (machine.tried || !existsSync(gaveUpFile));

/** Leaves a step out if WebAssembly serves: without a wheel, and when an untried machine fails. */
export const orWebAssembly = (step: Step): Step => ({
  get title() {
    return step.title;
  },
  isDone: site => !wantsNative(site) || step.isDone(site),
  async run(site, report) {
    try {
      return await step.run(site, report);
    } catch (error) {
      if (site.machine.tried) throw error;
      writeWhole(gaveUpFile, `${textOf(error) ?? String(error)}\n`);
      return messages().setup.webAssemblyServes(gaveUpFile);
    }
  },
});
