import { execFile } from 'node:child_process';
import { messages } from '../language';
import { tellsOfTakenMemory } from './engine-messages';

/** The time to wait, in milliseconds: a driver that hangs never answers. */
const TRIAL_TIMEOUT = 60_000;

/**
 * Multiplies two matrices on the GPU, in a process of its own: TensorFlow ends the process where the
 * GPU has no memory for it, and keeps the GPU if it has.
 *
 * @param addon the path of TensorFlow.js's native addon.
 * @returns why the GPU cannot be used; undefined if it computes.
 */
export function tryGpu(addon: string, patience = TRIAL_TIMEOUT): Promise<string | undefined> {
  const options = {
    env: { ...process.env, TF_FORCE_GPU_ALLOW_GROWTH: 'true', TF_CPP_MIN_LOG_LEVEL: '1' },
    timeout: patience,
    killSignal: 'SIGKILL',
  } as const;
  const program = require.resolve('digits/device/first-product.cjs');
  const why = messages().device.why;
  return new Promise(settle => {
    const broken = (how: string) => settle(why.broken(how));
    execFile(process.execPath, [program, addon], options, (error, stdout, stderr) => {
      if (!error && stdout.trim() === 'GPU') settle(undefined);
      else if (tellsOfTakenMemory(stderr)) settle(why.memoryTaken);
      else if (/Cannot dlopen some GPU libraries/.test(stderr)) settle(why.librariesMissing);
      else if (error?.killed) broken(`${patience / 1000} s`);
      else if (error) broken(complaint(stderr) ?? error.message);
      else settle(notFound(complaint(stderr)));
    });
  });
}

/** Matches what a driver or a crash says is wrong, without the words around it; the most telling first. */
const COMPLAINTS = [/CUDA_ERROR_\w+/, /(?<=what\(\): {1,4})\S.*/, /(?<=^\w*Error: ).*/m];

const complaint = (stderr: string): string | undefined =>
  COMPLAINTS.flatMap(pattern => pattern.exec(stderr)?.[0] ?? []).at(0);

/** Says that TensorFlow sees no GPU. */
export function notFound(reason?: string): string {
  const { why } = messages().device;
  const visible = process.env.CUDA_VISIBLE_DEVICES;
  if (visible && (!reason || reason === 'CUDA_ERROR_NO_DEVICE')) {
    return why.noneNamed(visible);
  }
  return why.notFound(reason);
}
