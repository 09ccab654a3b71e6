/** Puts the engine's errors into a learner's words. */
import { InputError, NotRecordableError } from 'tfjs-graph';
import { reworded } from '../input/errors';
import { messages } from '../language';
import { platform } from './platform-messages';

/** The GPU's memory is taken, most often by another process. */
export class GpuMemoryError extends Error {
  override readonly name = 'GpuMemoryError';

  constructor(cause: Error) {
    super(messages().device.gpuMemory(cause.message), { cause });
  }
}

const SIGNS =
  /CUBLAS_STATUS_(NOT_INITIALIZED|ALLOC_FAILED)|failed to create cublas handle|without BLAS support|Blas (?:(?!GEMM)\w)*GEMM\w* launch failed|CUDNN_STATUS_NOT_INITIALIZED|CUDA_ERROR_OUT_OF_MEMORY|Dst tensor is not initialized|OOM when allocating|RESOURCE_EXHAUSTED/i;

/** Words of TensorFlow's about the processor's memory, not the GPU's. */
const ON_CPU = /device:CPU:|allocator cpu/;

/** Returns whether TensorFlow says with these words that the GPU has no memory for it. */
export const tellsOfTakenMemory = (words: string): boolean =>
  SIGNS.test(words) && !ON_CPU.test(words);

/** Returns the same error in a learner's words, or a {@link GpuMemoryError} if TensorFlow tells of that. */
function toLearnerError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (tellsOfTakenMemory(error.message)) return new GpuMemoryError(error);
  const message = learnerMessage(error);
  return message === undefined ? error : reworded(error, message);
}

function learnerMessage(error: Error): string | undefined {
  const { device, text } = messages();
  const { divisor, noKernel } = device.engine;
  if (error instanceof InputError && error.data.code === 'divisor')
    return divisor(error.data.received);
  const kernel = /Kernel '(\w+)' not registered for backend 'wasm'/.exec(error.message)?.[1];
  return kernel && noKernel(kernel, text[platform].otherEngine);
}

/** Runs `work`, at once or later, with its errors in a learner's words. */
export function withLearnerErrors<T>(work: () => T): T {
  const fail = (error: unknown): never => {
    throw toLearnerError(error);
  };
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(fail) as T) : result;
  } catch (error) {
    return fail(error);
  }
}

/** Says why a model trains by TensorFlow.js's own steps. */
export function fallbackText(why: Error): string {
  const { message } = why;
  const { reason, data } =
    why instanceof NotRecordableError
      ? why
      : new NotRecordableError({ code: 'graph-refused', message });
  const { code, ...facts } = data;
  return messages().device.fallback(reason, code, Object.values(facts).join());
}
