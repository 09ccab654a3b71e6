import assert from 'node:assert/strict';
import fc from 'fast-check';
import { at } from '../../../../lib/tfjs-graph/present';
import { MaxPooling } from '../../../../lib/tfjs-graph/train/wasm/max-pooling';
import { Memory } from '../../../../lib/tfjs-graph/train/wasm/memory';
import { type Size, windowOn } from '../../../../lib/tfjs-graph/train/wasm/window';

const size = (max: number): fc.Arbitrary<Size> =>
  fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));

const cases = fc
  .record({
    input: size(7),
    window: size(4),
    strides: size(3),
    padding: fc.constantFrom('same' as const, 'valid' as const),
    channels: fc.integer({ min: 1, max: 3 }),
    samples: fc.integer({ min: 1, max: 3 }),
  })
  .filter(
    ({ input, window, padding }) =>
      padding === 'same' || (window[0] <= input[0] && window[1] <= input[1]),
  )
  .chain(example => {
    const length = example.samples * example.input[0] * example.input[1] * example.channels;
    // Few numbers, so that many are equal.
    const numbers = fc.array(fc.integer({ min: -3, max: 3 }), {
      minLength: length,
      maxLength: length,
    });
    return fc.record({ example: fc.constant(example), numbers });
  });

describe('max pooling in WebAssembly’s memory', () => {
  it('takes the largest number of each window, and hands the gradient to the first of these', () => {
    fc.assert(
      fc.property(cases, ({ example, numbers }) => {
        const { input, channels, samples, padding } = example;
        const window = windowOn(input, example.window, example.strides, padding);
        const memory = new Memory();
        const x = memory.samples(samples, input[0] * input[1] * channels);
        x.write(Float32Array.from(numbers));
        const layer = new MaxPooling(memory, { kind: 'max-pooling', window, channels }, x);
        layer.forward(samples);
        // Each place has a gradient of its own.
        const slopes = Float32Array.from(layer.output.read(), (_, i) => 1 + i);
        layer.delta.write(slopes);
        const below = memory.samples(samples, x.columns);
        below.values.fill(7);
        layer.backward(samples, below);

        const [height, width] = window.output;
        const largest: number[] = [];
        const gradient = numbers.map(() => 0);
        for (let place = 0; place < samples * height * width * channels; place++) {
          const c = place % channels;
          const ox = Math.floor(place / channels) % width;
          const oy = Math.floor(place / channels / width) % height;
          const sample = Math.floor(place / channels / width / height);
          const seen: number[] = [];
          for (let dy = 0; dy < window.size[0]; dy++) {
            for (let dx = 0; dx < window.size[1]; dx++) {
              const y = oy * window.strides[0] - window.before[0] + dy;
              const x = ox * window.strides[1] - window.before[1] + dx;
              if (y < 0 || x < 0 || y >= input[0] || x >= input[1]) continue;
              seen.push(((sample * input[0] + y) * input[1] + x) * channels + c);
            }
          }
          const best = Math.max(...seen.map(i => at(numbers, i)));
          largest.push(best);
          const first = seen.find(i => numbers[i] === best) ?? Number.NaN;
          gradient[first] = at(gradient, first) + at(slopes, place);
        }
        assert.deepEqual([...layer.output.read()], largest);
        assert.deepEqual([...below.read()], gradient);
      }),
    );
  });

  it('hands on what is no number', () => {
    const memory = new Memory();
    const x = memory.samples(1, 4);
    x.write(Float32Array.of(1, Number.NaN, 3, 2));
    const window = windowOn([2, 2], [2, 2], [1, 1], 'valid');
    const layer = new MaxPooling(memory, { kind: 'max-pooling', window, channels: 1 }, x);
    layer.forward(1);
    assert.deepEqual([...layer.output.read()], [Number.NaN]);
  });
});
