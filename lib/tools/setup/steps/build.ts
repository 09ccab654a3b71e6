import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messages } from '../../project/messages';
import { projectRoot } from '../../project/paths';
import type { Step } from './step';

const program = join(projectRoot, 'lib', 'kernel', 'build.cjs');
const { isStale }: { isStale(): boolean } = require(program);

let building: Promise<unknown> | undefined;

/** Starts to build beside the other steps, if a source has changed. */
export function startBuild(): Promise<unknown> {
  building ??= isStale() ? promisify(execFile)(process.execPath, [program]) : Promise.resolve();
  // Its step says what went wrong.
  building.catch(() => {});
  return building;
}

/** Makes JavaScript of the packages that the notebooks import, and of the kernel. */
export const buildStep: Step = {
  get title() {
    return messages().setup.code;
  },
  isDone: () => !isStale(),
  async run() {
    await startBuild();
    return 'lib/*/dist';
  },
};
