import { join } from 'node:path';
import { readText, writeWhole } from '../../project/files';
import { jupyterFolder } from '../../project/jupyter';
import { messages } from '../../project/messages';
import { isShared, projectRoot } from '../../project/paths';
import type { Step } from './step';

/** Returns where the kernel is registered: in the Python environment or, if that is somebody else's, for our own Node. */
export const kernelFile = (prefix: string) =>
  join(isShared ? jupyterFolder : join(prefix, 'share/jupyter'), 'kernels/tslab/kernel.json');

/**
 * Returns the kernel's specification, as JSON. Every path is absolute, since Jupyter starts the kernel in
 * the notebook's folder.
 */
export function kernelSpec(): string {
  const spec = {
    argv: [
      process.execPath,
      // A cell that is broken off leaves Node's count of what runs in what behind, which nothing uses.
      '--no-force-async-hooks-checks',
      // A quarter of the usual room for the new objects of the cells, which takes no time.
      '--max-semi-space-size=4',
      join(projectRoot, 'lib', 'kernel', 'main.cjs'),
      '{connection_file}',
    ],
    display_name: 'TypeScript (tslab)',
    language: 'typescript',
    interrupt_mode: 'message',
    env: memoryHabits,
  };
  return `${JSON.stringify(spec, undefined, 2)}\n`;
}

const memoryHabits = {
  // Gives large pieces of memory back to the system as soon as they are freed: glibc would keep them, for
  // each thread apart. Without it, in the same time, the lesson's peak is 35 MB higher.
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '4194304',
  MALLOC_TRIM_THRESHOLD_: '4194304',
};

/** Registers the TypeScript kernel in the Python environment. */
export const kernelStep: Step = {
  title: () => messages().setup.kernel,
  isDone: ({ python }) => isShared || readText(kernelFile(python.prefix)) === kernelSpec(),
  async run({ python }) {
    const file = kernelFile(python.prefix);
    writeWhole(file, kernelSpec());
    return file;
  },
  state: ({ python }) => kernelFile(python.prefix),
};
