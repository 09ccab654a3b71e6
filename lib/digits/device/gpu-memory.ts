import { text } from '../language';

/** The GPU's memory is taken, most often by another process. */
export class GpuMemoryError extends Error {
  override readonly name = 'GpuMemoryError';

  constructor(cause: Error) {
    super(
      text({
        zh:
          'GPU 的显存已被占用，TensorFlow 无法在 GPU 上开始计算。' +
          '按需增长已经开启，所以多半是另一个进程（例如另一个笔记本）占着显存。' +
          '解决办法：关闭那个进程（nvidia-smi 会列出占用者），稍等片刻，重启内核再运行；' +
          '或者设置 DIGITS_DEVICE=cpu 改用 CPU。' +
          `\n原始错误：${cause.message}`,
        en:
          "The GPU's memory is already in use, so TensorFlow cannot compute on it. " +
          'Memory growth is on, so most likely another process, such as another notebook, is holding it. ' +
          'Close that process (nvidia-smi lists who is using the memory), wait a moment, restart the kernel ' +
          'and run again; or set DIGITS_DEVICE=cpu to compute on the CPU. ' +
          `\nTensorFlow said: ${cause.message}`,
      }),
      { cause },
    );
  }
}

const SIGNS =
  /CUBLAS_STATUS_(NOT_INITIALIZED|ALLOC_FAILED)|failed to create cublas handle|without BLAS support|Blas \w*GEMM\w* launch failed|CUDNN_STATUS_NOT_INITIALIZED|CUDA_ERROR_OUT_OF_MEMORY|Dst tensor is not initialized|OOM when allocating|RESOURCE_EXHAUSTED/i;

/** Words of TensorFlow's about the processor's memory, not the GPU's. */
const ON_CPU = /device:CPU:|allocator cpu/;

/** Tells whether TensorFlow says with these words that the GPU has no memory for it. */
export const tellsOfTakenMemory = (words: string): boolean =>
  SIGNS.test(words) && !ON_CPU.test(words);
