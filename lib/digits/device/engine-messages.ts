/** Translates the engine's errors into messages for learners. */
import { InputError, NotRecordableError } from 'tfjs-graph';
import { reworded } from '../input/errors';
import { messages } from '../language';
import { platform } from './platform-messages';

/** Error for insufficient GPU memory, usually because another process holds it. */
export class GpuMemoryError extends Error {
  override readonly name = 'GpuMemoryError';

  constructor(cause: Error) {
    super(messages().device.gpuMemory(cause.message), { cause });
  }
}

const SIGNS =
  /CUBLAS_STATUS_(NOT_INITIALIZED|ALLOC_FAILED)|failed to create cublas handle|without BLAS support|Blas (?:(?!GEMM)\w)*GEMM\w* launch failed|CUDNN_STATUS_NOT_INITIALIZED|CUDA_ERROR_OUT_OF_MEMORY|Dst tensor is not initialized|OOM when allocating|RESOURCE_EXHAUSTED/i;

/** TensorFlow's messages about CPU memory instead of GPU memory. */
const ON_CPU = /device:CPU:|allocator cpu/;

/** Returns whether a TensorFlow message reports insufficient GPU memory. */
export const tellsOfTakenMemory = (words: string): boolean =>
  SIGNS.test(words) && !ON_CPU.test(words);

/** Returns the error with a message for learners, or a {@link GpuMemoryError}. */
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

/** Runs synchronous or asynchronous work and translates its errors. */
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

/** Returns the reason for training with TensorFlow.js's own steps. */
export function fallbackText(why: Error): string {
  const { message } = why;
  const { reason, data } =
    why instanceof NotRecordableError
      ? why
      : new NotRecordableError({ code: 'graph-refused', message });
  const { code, ...facts } = data;
  return messages().device.fallback(reason, code, Object.values(facts).join());
}
