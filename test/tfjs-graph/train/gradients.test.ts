/**
 * The gradients that a recorded step computes, against finite differences.
 *
 * A step of SGD at a rate of 1 changes each weight by minus its gradient. The loss is computed once
 * more here, by the textbook and in float64, so that central differences are exact to about 1e-8 and
 * what is left is the rounding of float32.
 */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../lib/digits/device/use';
import { fit } from '../../../lib/digits/training/fit';
import { at } from '../../../lib/tfjs-graph/array';
import { describeNative } from '../../native';

/** A layer: the filters of a convolution go over 2 × 2 pixels. */
interface Layer {
  readonly kind: 'dense' | 'convolution';
  readonly units: number;
  readonly activation: keyof typeof activations;
}

interface Network {
  /** Features, or rows, columns and channels. */
  readonly input: number[];
  readonly layers: readonly Layer[];
  readonly loss: keyof typeof losses;
  readonly samples: number;
  readonly seed: number;
}

const [STEP, WITHIN] = [1e-4, 2e-6];

/** Smooth ones only: a difference across a corner is no derivative. */
const activations = {
  linear: (z: number) => z,
  sigmoid: (z: number) => 1 / (1 + Math.exp(-z)),
  softplus: (z: number) => Math.log1p(Math.exp(z)),
  tanh: Math.tanh,
};

/** The loss of a sample's outputs, before softmax where there is one. */
const losses = {
  meanSquaredError: (outputs: number[], target: number) =>
    outputs.reduce((sum, output) => sum + (output - target) ** 2, 0) / outputs.length,
  sparseCategoricalCrossentropy: (logits: number[], label: number) =>
    Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0)) - (logits[label] ?? Number.NaN),
};

const layer = (kind: Layer['kind']): fc.Arbitrary<Layer> =>
  fc.record({
    kind: fc.constant(kind),
    units: fc.integer({ min: 2, max: 5 }),
    activation: fc.constantFrom('sigmoid', 'softplus', 'tanh'),
  });

const networkOf = (input: fc.Arbitrary<number[]>, first: Layer['kind']): fc.Arbitrary<Network> =>
  fc.record({
    input,
    layers: fc
      .tuple(
        layer(first),
        fc.array(layer('dense'), { maxLength: 1 }),
        layer('dense').map(output => ({ ...output, activation: 'linear' as const })),
      )
      .map(([head, middle, output]) => [head, ...middle, output]),
    loss: fc.constantFrom(...(Object.keys(losses) as (keyof typeof losses)[])),
    samples: fc.integer({ min: 1, max: 4 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });

function build({ input, layers, loss }: Network): tf.Sequential {
  const model = tf.sequential();
  layers.forEach(({ kind, units, activation }, i) => {
    const output = i === layers.length - 1 && loss === 'sparseCategoricalCrossentropy';
    const inputShape = i === 0 ? input : undefined;
    if (kind === 'convolution') {
      model.add(
        tf.layers.conv2d({ filters: units, kernelSize: 2, activation, inputShape } as never),
      );
      model.add(tf.layers.flatten());
    } else {
      const name = output ? 'softmax' : activation;
      model.add(tf.layers.dense({ units, activation: name, inputShape } as never));
    }
  });
  model.compile({ optimizer: tf.train.sgd(1), loss });
  return model;
}

/** Numbers between -1 and 1. */
const random = (shape: number[], seed: number) => tf.randomUniform(shape, -1, 1, 'float32', seed);

/** The mean loss of samples, by the textbook. `weights` alternate between kernels and biases. */
function lossOf(network: Network, weights: number[][], xs: number[][], ys: number[]): number {
  const all = xs.map((x, sample) => {
    let values = x;
    network.layers.forEach(({ kind, units, activation }, i) => {
      const [kernel, bias] = [weights[2 * i] ?? [], weights[2 * i + 1] ?? []];
      const patches = kind === 'dense' ? [values] : patchesOf(values, network.input);
      values = patches.flatMap(patch => product(patch, kernel, bias, units));
      values = values.map(activations[activation]);
    });
    return losses[network.loss](values, ys[sample] ?? Number.NaN);
  });
  return all.reduce((a, b) => a + b) / all.length;
}

/** `kernel` has a row for each of the inputs, and a column for each unit. */
const product = (inputs: number[], kernel: number[], bias: number[], units: number): number[] =>
  Array.from({ length: units }, (_, unit) =>
    inputs.reduce(
      (sum, value, row) => sum + value * (kernel[row * units + unit] ?? Number.NaN),
      bias[unit] ?? Number.NaN,
    ),
  );

/** The 2 × 2 pixels at each place of a picture, with all their channels. */
function patchesOf(picture: number[], [rows = 0, columns = 0, channels = 0]: number[]): number[][] {
  const pixel = (row: number, column: number) =>
    picture.slice((row * columns + column) * channels, (row * columns + column + 1) * channels);
  return Array.from({ length: (rows - 1) * (columns - 1) }, (_, i) => {
    const [row, column] = [Math.floor(i / (columns - 1)), i % (columns - 1)];
    return [0, 1].flatMap(r => [0, 1].flatMap(c => pixel(row + r, column + c)));
  });
}

/** The derivative of `loss` with respect to an element of `weights`. */
function slope(loss: () => number, weights: number[], i: number): number {
  const value = at(weights, i);
  const lossAt = (changed: number) => {
    weights[i] = changed;
    return loss();
  };
  const difference = lossAt(value + STEP) - lossAt(value - STEP);
  weights[i] = value;
  return difference / (2 * STEP);
}

/** Takes a recorded step, and compares what it did with the slopes of the loss. */
async function check(network: Network): Promise<void> {
  const { loss, samples, seed, input } = network;
  const model = build(network);
  const classes = network.layers.at(-1)?.units ?? 0;
  // Divided by the inputs of a unit, they keep all values small: no probability comes near 0 or 1.
  const initial = model.getWeights().map(({ shape, size }, i) => {
    const inputs = shape.length > 1 ? size / (shape.at(-1) as number) : 2;
    return random(shape, seed + i).div(inputs);
  });
  model.setWeights(initial);
  const x = random([samples, ...input], seed + 100);
  const sparse = loss === 'sparseCategoricalCrossentropy';
  const y = sparse
    ? tf.randomUniform([samples], 0, classes, 'int32', seed + 101)
    : random([samples, 1], seed + 101);
  const targets = sparse ? y : y.tile([1, classes]);
  const before = initial.map(weight => Array.from(weight.dataSync()));
  const pictures = Array.from({ length: samples }, (_, i) =>
    Array.from(x.slice([i], [1]).dataSync()),
  );
  const labels = Array.from(y.dataSync());
  let said = '';
  const write = (text: string) => {
    said += text;
  };
  const { history } = await fit(model, x, targets, { batchSize: samples, verbose: 0, write });
  assert.equal(said, '', 'recorded, not fallen back');

  const lossNow = () => lossOf(network, before, pictures, labels);
  assertNear(history.loss?.[0] ?? Number.NaN, lossNow(), 'loss');
  model.getWeights().forEach((weight, k) => {
    const weights = at(before, k);
    weight.dataSync().forEach((after, i) => {
      const update = after - at(weights, i);
      assertNear(update, -slope(lossNow, weights, i), `update of weight ${k}[${i}]`);
    });
  });
  model.dispose();
}

function assertNear(actual: number, expected: number, what: string): void {
  const error = Math.abs(actual - expected) / (1 + Math.abs(expected));
  assert.ok(error <= WITHIN, `${what}: ${actual}, by differences ${expected}`);
}

/** Runs `check` on random networks, and frees what it made. */
const holdsFor = (networks: fc.Arbitrary<Network>, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(networks, async network => {
      tf.engine().startScope();
      try {
        await check(network);
      } finally {
        tf.engine().endScope();
      }
    }),
    { numRuns },
  );

describeNative('the gradients of a recorded step', function () {
  this.timeout(180_000);

  before(() => useDevice('cpu'));

  it('are those of finite differences: stacks of Dense layers', () =>
    holdsFor(networkOf(fc.tuple(fc.integer({ min: 2, max: 5 })), 'dense'), 50));

  it('are those of finite differences: convolutions', () => {
    const side = fc.integer({ min: 3, max: 5 });
    return holdsFor(
      networkOf(fc.tuple(side, side, fc.integer({ min: 1, max: 2 })), 'convolution'),
      30,
    );
  });
});
