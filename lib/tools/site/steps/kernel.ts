import { join } from 'node:path';
import { type BuildStep, extensionsFolder } from '../build-step';
import { writeKernel } from '../kernel';

/** The kernel that runs the cells in the browser, with the data. */
export const kernelStep: BuildStep = {
  title: { zh: '浏览器内核生成', en: 'The kernel in the browser' },
  async run(build) {
    await writeKernel(join(extensionsFolder(build), 'digits-kernel'));
    return { zh: '完成', en: 'done' };
  },
};
