import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/command/machine/paths';
import type { Language } from '../../../lib/digits/language';
import type { Program } from './programs';

/** Removes variables that the tester or this process's engine may have set. */
const UNSET = {
  DIGITS_DEVICE: undefined,
  DIGITS_THREADS: undefined,
  CUDA_VISIBLE_DEVICES: undefined,
  TF_FORCE_GPU_ALLOW_GROWTH: undefined,
  TF_NUM_INTRAOP_THREADS: undefined,
  TF_NUM_INTEROP_THREADS: undefined,
};

/** Runs a program of `programs.ts`, and returns the output. */
export async function runProgram(
  name: Program,
  env: NodeJS.ProcessEnv = {},
  language: Language = 'en',
): Promise<{ stdout: string; stderr: string }> {
  const args = ['--require', 'tsx/cjs', join(__dirname, 'programs.ts'), name, language];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, ...UNSET, ...env },
  });
  return { stdout: stdout.trim(), stderr };
}

/** The environment of a process that preloads a program of this folder. */
export const loadingFirst = (program: string): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, program))}`,
});

/** The environment of a process with an NVIDIA driver and a simulated GPU. */
export const besideGpu = (gpu: string): NodeJS.ProcessEnv => ({
  ...loadingFirst('surroundings.cjs'),
  DIGITS_TEST_GPU: gpu,
});
