import { execFile } from 'node:child_process';
import { messages } from '../language';

/** Timeout in milliseconds, because a hanging driver never responds. */
const TRIAL_TIMEOUT = 60_000;

/**
 * Multiplies two matrices on the GPU in a subprocess. TensorFlow ends its process if the GPU has too little
 * memory, and otherwise holds the GPU.
 *
 * @param addon path of TensorFlow.js's native addon.
 * @returns the reason why the GPU is unusable; undefined if it works.
 */
export function tryGpu(addon: string, timeout = TRIAL_TIMEOUT): Promise<string | undefined> {
  const options = {
    env: { ...process.env, TF_FORCE_GPU_ALLOW_GROWTH: 'true', TF_CPP_MIN_LOG_LEVEL: '1' },
    timeout,
    killSignal: 'SIGKILL',
  } as const;
  const program = require.resolve('digits/device/first-product.cjs');
  const why = messages().device.why;
  return new Promise(settle => {
    const broken = (how: string) => settle(why.broken(how));
    execFile(process.execPath, [program, addon], options, (error, stdout, stderr) => {
      if (!error && stdout.trim() === 'GPU') settle(undefined);
      else if (MEMORY_TAKEN.test(stderr)) settle(why.memoryTaken);
      else if (/Cannot dlopen some GPU libraries/.test(stderr)) settle(why.librariesMissing);
      else if (error?.killed) broken(`${timeout / 1000} s`);
      else if (error) broken(complaint(stderr) ?? error.message);
      else settle(notFound(complaint(stderr)));
    });
  });
}

/** Matches TensorFlow's messages about insufficient GPU memory, usually because another process holds it. */
const MEMORY_TAKEN =
  /CUBLAS_STATUS_(NOT_INITIALIZED|ALLOC_FAILED)|without BLAS support|Blas \w{1,40} launch failed|CUDA_ERROR_OUT_OF_MEMORY|Dst tensor is not initialized|OOM when allocating|RESOURCE_EXHAUSTED/;

/** Patterns for the cause in a driver's or crash's output, most specific first. */
const COMPLAINTS = [/CUDA_ERROR_\w+/, /(?<=what\(\): {1,4})\S.*/, /(?<=^\w*Error: ).*/m];

const complaint = (stderr: string): string | undefined =>
  COMPLAINTS.flatMap(pattern => pattern.exec(stderr)?.[0] ?? []).at(0);

/** Returns the message that TensorFlow finds no GPU. */
export function notFound(reason?: string): string {
  const { why } = messages().device;
  const visible = process.env.CUDA_VISIBLE_DEVICES;
  if (visible && (!reason || reason === 'CUDA_ERROR_NO_DEVICE')) {
    return why.noneNamed(visible);
  }
  return why.notFound(reason);
}
