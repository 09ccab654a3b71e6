/** A GPU, where there is one: the lesson trains on it, and takes no more of its memory than it needs. */
import assert from 'node:assert/strict';
import { driverVersion, gpuName } from '../../../lib/digits/device/nvidia';
import { heldBy, memoryOfCards } from './nvidia-smi';
import { runProgram } from './support';

describe('the lesson on a GPU', function () {
  this.timeout(300_000);

  it('trains there without LD_LIBRARY_PATH, and leaves the most of its memory to others', async function () {
    if (driverVersion() === undefined) {
      console.log('    no NVIDIA driver, so skipped:');
      return this.skip();
    }
    const { stdout, stderr } = await runProgram('lessonOnGpu', { LD_LIBRARY_PATH: undefined });
    const lines = stdout.split('\n');
    assert.equal(lines[0], `Device: GPU, ${await gpuName()}`, stdout + stderr);
    const { pid, kind, history, before, apps, after } = JSON.parse(lines.at(-1) ?? '');
    assert.equal(kind, 'gpu');
    assert.ok(
      history.val_loss.every((loss: number) => loss > 0 && loss < 0.3),
      stdout,
    );
    const [{ used }, { total, ...then }] = [memoryOfCards(before), memoryOfCards(after)];
    const held = heldBy(pid, apps) ?? then.used - used;
    // Without growth TensorFlow takes nearly all.
    assert.ok(held > 0 && held < total / 2, `${held} of ${total} MiB`);
  });
});
