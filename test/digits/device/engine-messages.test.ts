import assert from 'node:assert/strict';
import { GpuMemoryError, withLearnerErrors } from '../../../lib/digits/device/engine-messages';

/** What TensorFlow says when another process holds the memory. */
const SIGNS = [
  'failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED',
  'Attempting to perform BLAS operation using StreamExecutor without BLAS support',
  'Blas xGEMM launch failed : a.shape=[1,64,784]',
  'CUDA_ERROR_OUT_OF_MEMORY: out of memory',
  'Dst tensor is not initialized.',
];

describe('an error of TensorFlow', () => {
  it('of the GPU’s memory is explained, and kept as it was', async () => {
    for (const sign of SIGNS) {
      const failing = withLearnerErrors(() => Promise.reject(new Error(sign)));
      const error = await failing.then(assert.fail, (error: Error) => error);
      assert.ok(error instanceof GpuMemoryError);
      assert.match(error.message, /another process.*Close that process.*nvidia-smi.*restart/s);
      assert.ok(error.message.endsWith(sign));
    }
  });
});
