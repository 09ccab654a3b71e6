import { join } from 'node:path';
import { readText, writeWhole } from 'command/machine/files';
import { isShared, projectRoot } from 'command/machine/paths';
import { readYaml } from 'command/machine/yaml';
import { messages } from 'command/output/messages';
import { jupyterFolder } from '../../jupyter/jupyter';
import type { SetupContext, Step } from './step';
import { venvStep } from './venv';

/** Returns the kernel's registration file, in the Python environment or, if shared, in the user's folder. */
export const kernelFile = (prefix: string) =>
  join(isShared ? jupyterFolder : join(prefix, 'share/jupyter'), 'kernels/tslab/kernel.json');

interface KernelSettings {
  readonly options: readonly string[];
  readonly spec: object;
}

/** Returns the kernel's specification. Paths are absolute: Jupyter starts it in the notebook's folder. */
export function kernelSpec(): string {
  const { options, spec } = readYaml<KernelSettings>(join(__dirname, 'kernel.yml'));
  const program = join(projectRoot, 'lib', 'kernel', 'main.cjs');
  const argv = [process.execPath, ...options, program, '{connection_file}'];
  return `${JSON.stringify({ argv, ...spec }, undefined, 2)}\n`;
}

/** Registers the TypeScript kernel. Returns the registration file. */
export function registerKernel({ python }: SetupContext): string {
  const file = kernelFile(python.prefix);
  writeWhole(file, kernelSpec());
  return file;
}

export const kernelStep: Step = {
  title: () => messages().setup.kernel,
  needs: [venvStep],
  isDone: ({ python }) => isShared || readText(kernelFile(python.prefix)) === kernelSpec(),
  run: async context => registerKernel(context),
  state: ({ python }) => kernelFile(python.prefix),
};
