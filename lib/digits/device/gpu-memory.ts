import { messages } from '../language';

/** The GPU's memory is taken, most often by another process. */
export class GpuMemoryError extends Error {
  override readonly name = 'GpuMemoryError';

  constructor(cause: Error) {
    super(messages().device.gpuMemory(cause.message), { cause });
  }
}

const SIGNS =
  /CUBLAS_STATUS_(NOT_INITIALIZED|ALLOC_FAILED)|failed to create cublas handle|without BLAS support|Blas \w*GEMM\w* launch failed|CUDNN_STATUS_NOT_INITIALIZED|CUDA_ERROR_OUT_OF_MEMORY|Dst tensor is not initialized|OOM when allocating|RESOURCE_EXHAUSTED/i;

/** Words of TensorFlow's about the processor's memory, not the GPU's. */
const ON_CPU = /device:CPU:|allocator cpu/;

/** Returns whether TensorFlow says with these words that the GPU has no memory for it. */
export const tellsOfTakenMemory = (words: string): boolean =>
  SIGNS.test(words) && !ON_CPU.test(words);
