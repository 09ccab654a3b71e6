/** A GPU, if available: the lesson trains on the GPU, and limits the GPU memory. */
import assert from 'node:assert/strict';
import { driverVersion, gpuName } from '../../../lib/digits/device/nvidia';
import { runProgram } from './support';

/** The MiB in use on all cards, and the MiB that they have, of the driver's table: a line a card. */
const memoryOf = (cards: string): [used: number, total: number] => {
  const rows = cards
    .trim()
    .split('\n')
    .map(line => line.split(',').map(Number));
  const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0);
  return [sum(0), sum(1)];
};

describe('the lesson on a GPU', () => {
  it('trains there without LD_LIBRARY_PATH, and leaves the most of its memory to others', async function () {
    if (driverVersion() === undefined) {
      console.log('    no NVIDIA driver, so skipped:');
      return this.skip();
    }
    const { stdout, stderr } = await runProgram('lessonOnGpu', { LD_LIBRARY_PATH: undefined });
    const lines = stdout.split('\n');
    assert.equal(lines[0], `Device: GPU, ${(await gpuName()) ?? 'NVIDIA GPU'}`, stdout + stderr);
    const { kind, history, before, after } = JSON.parse(lines.at(-1) ?? '');
    assert.equal(kind, 'gpu');
    assert.ok(
      history.val_loss.every((loss: number) => loss > 0 && loss < 0.3),
      stdout,
    );
    const [[used], [then, total]] = [memoryOf(before), memoryOf(after)];
    const memory = then - used;
    // Without growth TensorFlow takes nearly all.
    assert.ok(memory > 0 && memory < total / 2, `${memory} of ${total} MiB`);
  });
});
