/** Engines are tried in processes of their own, as a kernel would: a process keeps its first one. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/tools/project/paths';

/** What the one who tests has set, or an engine that this process has started. */
const UNSET = {
  DIGITS_DEVICE: undefined,
  DIGITS_THREADS: undefined,
  CUDA_VISIBLE_DEVICES: undefined,
  TF_FORCE_GPU_ALLOW_GROWTH: undefined,
  TF_NUM_INTRAOP_THREADS: undefined,
  TF_NUM_INTEROP_THREADS: undefined,
};

/** Runs a script that can use `tf` and `digits`, and returns what it printed. */
export async function runScript(script: string, env: NodeJS.ProcessEnv = {}) {
  const code = `
    const tf = require('@tensorflow/tfjs');
    const digits = require('digits');
    (async () => { ${script} })().catch(error => console.log(String(error)));`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', code], {
    cwd: projectRoot,
    env: { ...process.env, ...UNSET, ...env },
  });
  return { stdout: stdout.trim(), stderr };
}

/** Starts an engine, prints the device, and computes. */
export const report = `
  console.log(await digits.useDevice());
  console.log(tf.getBackend(), tf.tensor([3, 4]).square().sum().dataSync()[0]);`;
