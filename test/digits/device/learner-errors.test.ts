import assert from 'node:assert/strict';
import { GpuMemoryError } from '../../../lib/digits/device/gpu-memory';
import { explaining } from '../../../lib/digits/device/learner-errors';
import { setLanguage } from '../../../lib/digits/language';

/** What TensorFlow says when another process holds the memory. */
const SIGNS = [
  'failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED',
  'Attempting to perform BLAS operation using StreamExecutor without BLAS support',
  'Blas xGEMM launch failed : a.shape=[1,64,784]',
  'CUDA_ERROR_OUT_OF_MEMORY: out of memory',
  'Dst tensor is not initialized.',
];

describe('GPU memory', () => {
  afterEach(() => setLanguage('en'));

  for (const sign of SIGNS) {
    it(`explains "${sign}"`, async () => {
      const failing = explaining(() => Promise.reject(new Error(sign)));
      await assert.rejects(failing, (error: Error) => {
        assert.ok(error instanceof GpuMemoryError);
        assert.match(error.message, /another process.*holding it/);
        assert.match(error.message, /Close that process.*nvidia-smi.*restart the kernel/);
        assert.ok(error.message.endsWith(sign), 'keeps the original');
        return true;
      });
    });
  }

  it('explains in Chinese in a Chinese lesson', async () => {
    setLanguage('zh');
    const failing = explaining(() => {
      throw new Error(SIGNS[0]);
    });
    await assert.rejects(failing, /GPU 的显存已被占用.*关闭那个进程/);
  });

  it('lets other errors and results pass', async () => {
    const other = new Error('another trouble');
    await assert.rejects(
      explaining(() => Promise.reject(other)),
      error => error === other,
    );
    assert.equal(await explaining(() => 7), 7);
  });
});
