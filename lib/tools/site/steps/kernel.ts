import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildStep, extensionsFolder } from '../build-step';

/** The kernel that runs the cells in the browser, with the data. */
export const kernelStep: BuildStep = {
  title: { zh: '浏览器里的内核', en: 'The kernel in the browser' },
  async run(build) {
    const module = join(__dirname, '..', 'kernel.ts');
    if (!existsSync(module)) return { zh: '尚未提供', en: 'not there yet' };
    const { writeKernel } = await import(module);
    await writeKernel(join(extensionsFolder(build), 'digits-kernel'));
    return { zh: '完成', en: 'done' };
  },
};
