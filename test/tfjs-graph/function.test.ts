import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../lib/digits/device/use';
import { at } from '../../lib/tfjs-graph/array';
import { divide } from '../../lib/tfjs-graph/bytes/divide';
import { NotRecordableError } from '../../lib/tfjs-graph/errors';
import { GraphFunction } from '../../lib/tfjs-graph/function';
import type { TensorFunction } from '../../lib/tfjs-graph/trace/recording';
import { describeNative, itNative } from '../native';
import { assertClose, assertSameWeights } from './train/against-stock';
import { counts } from './train/counts';

const valuesOf = (tensors: readonly tf.Tensor[]) => tensors.map(tensor => tensor.arraySync());

/** Returns a generator and a discriminator, and a step of both optimizers with the losses of both. */
function buildGan(noise: number, pixels: number) {
  const stack = (inputs: number, outputs: number) =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 16, activation: 'relu', inputShape: [inputs] }),
        tf.layers.dense({ units: outputs, activation: outputs > 1 ? 'sigmoid' : 'linear' }),
      ],
    });
  const models = [stack(noise, pixels), stack(pixels, 1)] as const;
  const [generator, discriminator] = models;
  const lossOf = (samples: tf.Tensor, isReal: 0 | 1) => {
    const logits = discriminator.apply(samples) as tf.Tensor;
    return tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, isReal), logits) as tf.Scalar;
  };
  const generated = (input: tf.Tensor) => generator.apply(input) as tf.Tensor;
  const learn = (model: tf.LayersModel, optimizer: tf.Optimizer, loss: () => tf.Scalar) => {
    const weights = model.trainableWeights.map(weight => weight.read() as tf.Variable);
    return optimizer.minimize(loss, true, weights) as tf.Scalar;
  };
  const [first, second] = [tf.train.adam(), tf.train.adam()];
  const step = (real: tf.Tensor, noise1: tf.Tensor, noise2: tf.Tensor) => [
    learn(discriminator, first, () => lossOf(real, 1).add(lossOf(generated(noise1), 0))),
    learn(generator, second, () => lossOf(generated(noise2), 1)),
  ];
  return { models, step };
}

const tests = (device: 'cpu' | 'wasm') => () => {
  before(() => useDevice(device));
  after(() => useDevice('cpu'));

  const graphs: { dispose(): void }[] = [];
  /** Creates the graph of a function of scalars, or of given examples. */
  function graphOf(fn: TensorFunction, examples: tf.Tensor[] = [tf.scalar(0)]): GraphFunction {
    const graph = new GraphFunction(fn, examples);
    graphs.push(graph);
    return graph;
  }
  const variable = (value: number): tf.Variable => {
    const variable = tf.variable(tf.scalar(value));
    graphs.push(variable);
    return variable;
  };
  afterEach(() => {
    for (const graph of graphs.splice(0)) graph.dispose();
  });

  it('computes what the function computes, several outputs and types, and the input itself', () => {
    const fn: TensorFunction = x => [
      ...[x, x.toInt(), x.greater(0), x.reshape([3, 2])],
      ...[x.matMul(x.transpose()).relu(), x.sum(0), x.argMax(1), x.expandDims(1)],
    ];
    const matrix = tf.tensor2d([1, -2, 3, 4, 5, -6], [2, 3]);
    const graph = graphOf(fn, [tf.zeros([2, 3])]);
    assert.deepEqual(valuesOf(graph.call(matrix)), valuesOf(fn(matrix)));
  });

  it('makes as many runs as there are slices of the inputs, in one call', () => {
    const graph = graphOf(x => [x.square(), x.sum()], [tf.zeros([2])]);
    const rows = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    assert.deepEqual(valuesOf(graph.scan(rows)), [rows.square().arraySync(), [3, 7]]);
    assert.deepEqual(valuesOf(graph.scan(tf.zeros([0, 2]))), [[], []]);
  });

  it('takes and returns whole numbers and conditions, and what is the same at each run', () => {
    const fn = (x: tf.Tensor, isOn: tf.Tensor) => [
      ...[x.add(tf.scalar(2, 'int32')), x.floorDiv(tf.scalar(2, 'int32')), isOn.logicalNot()],
      ...[tf.where(isOn, x, x.neg()), x.argMax(), x.mul(0.5).cast('bool')],
      ...[tf.tensor1d([7, 8], 'int32'), tf.scalar(true), tf.zeros([1])],
    ];
    const inputs = [tf.tensor1d([3, -5, 0], 'int32'), tf.tensor1d([true, false, true])] as const;
    const outputs = graphOf(fn as TensorFunction, [...inputs]).call(...inputs);
    assert.deepEqual(
      outputs.map(({ dtype }) => dtype),
      ['int32', 'int32', 'bool', 'int32', 'int32', 'bool', 'int32', 'bool', 'float32'],
    );
    assert.deepEqual(
      outputs.map(tensor => [...tensor.dataSync()]),
      [[5, -3, 2], [1, -3, 0], [0, 1, 0], [3, 5, 0], [0], [1, 1, 0], [7, 8], [1], [0]],
    );
  });

  it('takes gradients, and the predictions of a model, whose Dropout is off', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 3, inputShape: [2], kernelInitializer: 'ones' }),
        tf.layers.dropout({ rate: 0.5 }),
      ],
    });
    const fn: TensorFunction = x => [
      ...tf.grads((a, b) => a.square().mul(b))([x, x.add(1)]),
      model.predict(x) as tf.Tensor,
    ];
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    assert.deepEqual(valuesOf(graphOf(fn, [tf.zeros([2, 2])]).call(x)), valuesOf(fn(x)));
    model.dispose();
  });

  it('takes any chain of reshapes, casts and products as the function does', () => {
    const steps: Record<string, (x: tf.Tensor) => tf.Tensor> = {
      flat: x => x.reshape([-1]),
      square: x => x.reshape([4, 4]),
      batch: x => x.reshape([1, 4, 4]),
      cast: x => x.cast('float32'),
      left: x =>
        tf
          .eye(4)
          .mul(2)
          .matMul(x.reshape([4, 4]) as tf.Tensor2D),
      right: x => x.reshape([1, 4, 4]).matMul(tf.ones([1, 4, 4]), false, true),
      relu: x => x.relu(),
      half: x => x.div(2),
    };
    const names = fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(names, chain => {
        const fn: TensorFunction = x => [
          chain.reduce((value, name) => (steps[name] as (x: tf.Tensor) => tf.Tensor)(value), x),
        ];
        const graph = new GraphFunction(fn, [tf.zeros([4, 4])]);
        const x = tf.randomNormal([4, 4], 0, 1, 'float32', 7);
        const [[ours], [theirs]] = [graph.call(x), fn(x)] as [[tf.Tensor], [tf.Tensor]];
        graph.dispose();
        assert.deepEqual(ours.shape, theirs.shape);
        // Sums may be taken in another order: cancelled terms have errors as large as the largest value's.
        const expected = Array.from(theirs.dataSync());
        const within = 1e-5 * Math.max(1, ...expected.map(Math.abs));
        ours.dataSync().forEach((value, i) => {
          assert.ok(Math.abs(value - at(expected, i)) <= within, `${value} for ${expected[i]}`);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('keeps what it uses, floats or bytes, when its owner disposes of that', () => {
    const floats = tf.tensor1d([1, 2]);
    const bytes = divide({ data: Uint8Array.of(0, 51), shape: [2] }, 255);
    const graph = graphOf(x => [x.mul(floats).add(bytes.mul(5))], [tf.zeros([2])]);
    const first = valuesOf(graph.call(tf.ones([2])));
    tf.dispose([floats, bytes]);
    assert.deepEqual(valuesOf(graph.call(tf.ones([2]))), first);
    assert.deepEqual(first, [[1, 3]]);
  });

  it('picks rows by the indices that it is given, of floats and of what holds bytes', () => {
    const data = [1, 2, 3, 4, 5, 6];
    const bytes = divide({ data: Uint8Array.from(data), shape: [3, 2] }, 1);
    for (const table of [tf.tensor2d(data, [3, 2]), bytes]) {
      const graph = graphOf(i => [table.gather(i.toInt())], [tf.zeros([2])]);
      const picked = valuesOf(graph.call(tf.tensor1d([2, 1])));
      assert.deepEqual(picked.flat(2), [5, 6, 3, 4]);
    }
  });

  const dropped = (shape: number[]) =>
    tf.layers.dropout({ rate: 0.5 }).apply(tf.ones(shape), { training: true }) as tf.Tensor;
  it('draws a single number anew at each run', () => {
    const graph = graphOf(x => [x.add(dropped([1]))]);
    const [samples] = graph.scan(tf.zeros([40])) as [tf.Tensor];
    assert.deepEqual([...new Set(samples.dataSync())].sort(), [0, 2]);
  });

  const random: Record<string, [draw: () => tf.Tensor, mean: number, deviation: number]> = {
    'tf.randomNormal': [() => tf.randomNormal([9, 50], 3, 0.5), 3, 0.5],
    'tf.randomUniform': [() => tf.randomUniform([9, 50], -1, 5), 2, Math.sqrt(3)],
    'tf.truncatedNormal': [() => tf.truncatedNormal([9, 50], -1, 2), -1, 1.76],
    'a Dropout layer': [() => dropped([9, 50]), 1, 1],
  };
  for (const [name, [draw, mean, deviation]] of Object.entries(random)) {
    it(`draws anew at each run what ${name} gives, of its mean and deviation`, () => {
      const graph = graphOf(x => [draw().add(x), draw()]);
      const [first, second] = graph.scan(tf.zeros([20])) as [tf.Tensor, tf.Tensor];
      const runs = [first, second].flatMap(output =>
        tf.unstack(output).map(run => String(run.dataSync())),
      );
      assert.equal(new Set(runs).size, 40, 'no two alike');
      for (const output of [first, second]) {
        const { mean: m, variance } = tf.moments(output);
        assert.ok(Math.abs((m.dataSync()[0] ?? 9) - mean) < deviation / 20, `mean ${m}`);
        const actual = Math.sqrt(variance.dataSync()[0] ?? 9);
        assert.ok(Math.abs(actual / deviation - 1) < 0.05, `deviation ${actual}`);
      }
    });
  }

  it('calls the function as often as its record needs, and leaves variables as they were', () => {
    const sum = variable(1);
    let calls = 0;
    const counted: TensorFunction = x => {
      calls++;
      sum.assign(sum.add(x));
      return [sum];
    };
    const graph = graphOf(counted, [tf.scalar(5)]);
    assert.deepEqual(valuesOf([sum, ...graph.call(tf.scalar(2))]), [1, 3]);
    // WebAssembly records kernels without computing, so a separate run computes.
    assert.equal(calls, device === 'cpu' ? 2 : 3);
  });

  it('lets the first call make what is made once, of what it reads', () => {
    const weight = variable(3);
    let [calls, scale] = [0, 0];
    const sums: tf.Variable[] = [];
    const graph = graphOf(x => {
      calls++;
      scale ||= weight.mul(2).dataSync()[0] ?? 0;
      sums[0] ??= variable(100);
      sums[0].assign(sums[0].add(x.mul(scale)));
      return sums;
    });
    assert.deepEqual(valuesOf(graph.scan(tf.tensor1d([1, 2]))), [[106, 118]]);
    assert.deepEqual([calls, ...valuesOf(sums)], [3, 100]);
  });

  describe('with variables', () => {
    it('lets each run see what the one before has assigned, and pull brings it back', () => {
      const total = variable(100);
      const graph = graphOf(x => {
        total.assign(total.mul(2).add(x));
        return [total];
      });
      assert.equal(total.arraySync(), 100, 'as it was before the recording');
      assert.deepEqual(valuesOf(graph.scan(tf.tensor1d([1, 2, 3]))), [[201, 404, 811]]);
      assert.equal(total.arraySync(), 100, 'not yet brought back');
      graph.pull();
      assert.equal(total.arraySync(), 811);
      total.assign(tf.scalar(1));
      assert.deepEqual(valuesOf(graph.call(tf.scalar(0))), [2], 'what JavaScript assigned');
    });

    it('assigns an input, and what is the same at each call', () => {
      const [a, b, c] = [variable(1), variable(2), variable(3)];
      const outside = tf.scalar(7);
      const graph = graphOf(x => {
        a.assign(x as tf.Scalar);
        b.assign(outside);
        c.assign(tf.scalar(8));
        return [x, a.add(b)];
      });
      assert.deepEqual(valuesOf([a, b, c]), [1, 2, 3], 'as they were before the recording');
      graph.scan(tf.tensor1d([3, 4]));
      graph.pull();
      assert.deepEqual(valuesOf([a, b, c]), [4, 7, 8]);
    });

    it('finds what is assigned in between, whole numbers and conditions too', () => {
      const [a, count] = [variable(1), tf.variable(tf.scalar(5, 'int32'))];
      const isOn = tf.variable(tf.tensor1d([true, false]));
      graphs.push(count, isOn);
      const graph = graphOf(x => {
        a.assign(a.add(x));
        const between = a.mul(10);
        a.assign(a.mul(2));
        count.assign(count.add(tf.scalar(1, 'int32')));
        isOn.assign(isOn.logicalNot());
        return [between, a, count];
      });
      const runs = valuesOf(graph.scan(tf.tensor1d([1, 2])));
      assert.deepEqual(runs.flat(), [20, 60, 4, 12, 6, 7]);
      graph.call(tf.scalar(0));
      graph.pull();
      assert.deepEqual(valuesOf([a, count]), [24, 8]);
      assert.deepEqual([count.dtype, isOn.dtype, ...isOn.dataSync()], ['int32', 'bool', 0, 1]);
    });

    it('transposes one in its place', () => {
      const matrix = tf.variable(tf.tensor2d([1, 2, 3, 4], [2, 2]));
      graphs.push(matrix);
      const graph = graphOf(x => {
        matrix.assign(matrix.transpose());
        return [x];
      });
      graph.scan(tf.zeros([3]));
      graph.pull();
      assert.deepEqual(matrix.dataSync(), Float32Array.of(1, 3, 2, 4));
    });

    it('takes 16 steps of two optimizers as JavaScript does: a GAN', () => {
      const [steps, batchSize, size] = [16, 4, 32];
      const [graphed, plain] = [buildGan(size, 784), buildGan(size, 784)];
      plain.models.forEach((model, i) => {
        model.setWeights(graphed.models[i]?.getWeights() ?? []);
      });
      const noise = () => tf.randomNormal([steps, batchSize, size], 0, 1, 'float32', 7);
      const real = tf.randomUniform([steps, batchSize, 784], -4, 1, 'float32', 5).relu();
      const inputs = [real, noise(), noise().neg()] as const;
      const graph = graphOf(
        graphed.step as TensorFunction,
        inputs.map(input => tf.zeros(input.shape.slice(1))),
      );
      const results = graph.scan(...inputs);
      graph.pull();
      const slices = inputs.map(input => tf.unstack(input));
      const expected = Array.from({ length: steps }, (_, i) =>
        tf.tidy(() =>
          plain
            .step(...(slices.map(slice => slice[i]) as [tf.Tensor, tf.Tensor, tf.Tensor]))
            .map(loss => loss.dataSync()[0] as number),
        ),
      );
      results.forEach((values, loss) => {
        const losses = expected.map(step => step[loss] as number);
        assertClose(values.dataSync(), losses, 1e-4, `loss ${loss} of step`, 0.01);
      });
      graphed.models.forEach((model, i) => {
        assertSameWeights(model, plain.models[i] as tf.LayersModel, 1e-5);
      });
    });

    it('exchanges them, and tells apart those that share their data', () => {
      const [a, b] = [variable(1), variable(2)];
      const exchanging = graphOf(x => {
        const copy = a.clone();
        a.assign(b);
        b.assign(copy);
        return [x];
      });
      exchanging.scan(tf.zeros([3]));
      exchanging.pull();
      assert.deepEqual(valuesOf([a, b]), [2, 1]);
      b.assign(a);
      const adding = graphOf(x => {
        a.assign(a.add(x));
        return [a, b];
      });
      assert.deepEqual(valuesOf(adding.scan(tf.tensor1d([1, 1]))), [
        [3, 4],
        [2, 2],
      ]);
    });

    it('takes those that are examples', () => {
      const [a, zero] = [variable(3), tf.scalar(0)];
      const fn = (x: tf.Tensor, y: tf.Tensor, z: tf.Tensor) => [x.sub(y).mul(z).add(a)];
      const graph = graphOf(fn as TensorFunction, [zero, zero, a]);
      assert.deepEqual(valuesOf(graph.call(tf.scalar(10), tf.scalar(4), tf.scalar(2))), [15]);
    });
  });

  /** Returns a function that alternates between actions. */
  function inTurn<T>(...choices: T[]): () => T {
    let turn = 0;
    return () => at(choices, turn++ % choices.length);
  }
  const numbers = /generates new numbers/;
  const operations = /same operations/;
  const reading = /reads a tensor back/;
  const oneOf = <T>(use: (drawn: T) => TensorFunction, ...choices: T[]): TensorFunction => {
    const action = inTurn(...choices);
    return (...inputs) => use(action())(...inputs);
  };
  const refusals: Record<string, [TensorFunction, RegExp]> = {
    'makes other numbers each time': [x => [x.add(Math.random())], numbers],
    'draws whole numbers': [x => [x.add(tf.randomUniform([2], 0, 9, 'int32'))], numbers],
    'makes numbers of its own': [
      oneOf(by => x => [x.sum().add(tf.tensor1d([by, 2 * by, Math.random()]))], 1, 7),
      numbers,
    ],
    'returns one of two values by turns': [
      oneOf(isOdd => x => [isOdd ? x.square() : x.neg()], true, false),
      operations,
    ],
    'makes constants of another shape by turns': [
      oneOf(shape => x => [x.sum().mul(tf.ones(shape))], [2, 1], [1, 2]),
      operations,
    ],
    'reads numbers that JavaScript has just made': [
      x => [x.mul(tf.tensor1d([7]).dataSync()[0] ?? 0)],
      reading,
    ],
    'reads a value, and goes on if it cannot': [
      x => {
        try {
          return [x.mul(x.sum().dataSync()[0] ?? 0)];
        } catch {
          return [x];
        }
      },
      reading,
    ],
    'reads a value later': [
      x => {
        x.sum().data();
        return [x];
      },
      reading,
    ],
  };
  for (const [what, [fn, message]] of Object.entries(refusals)) {
    it(`refuses a function that ${what}`, () => {
      assert.throws(
        () => new GraphFunction(fn, [tf.ones([2])]),
        error => error instanceof NotRecordableError && message.test(error.message),
      );
    });
  }

  it('computes nothing more once it is disposed of', () => {
    const graph = graphOf(x => [x.square()], [tf.zeros([2])]);
    graph.dispose();
    graph.dispose();
    assert.throws(() => graph.call(tf.zeros([2])), /not disposed of/);
  });

  it('leaves nothing behind', () => {
    const weight = variable(3);
    const [offset, example] = [tf.tensor1d([3, 4]), tf.zeros([2])];
    const pixels = divide({ data: Uint8Array.of(5, 6), shape: [2] }, 1);
    const run = () => {
      const graph = new GraphFunction(
        x => {
          weight.assign(weight.add(1));
          return [x.mul(weight).add(offset).add(pixels)];
        },
        [example],
      );
      tf.dispose(graph.call(example));
      graph.pull();
      graph.dispose();
    };
    run();
    const countsBefore = counts();
    run();
    assert.deepEqual(counts(), countsBefore);
  });

  it('refuses examples, outputs and inputs that do not fit', () => {
    const refuses = (work: () => unknown, message: string) =>
      assert.throws(work, { name: 'InputError', message });
    const unlike = (input: number, example: string, received: string) =>
      `Expected input ${input} to be ${example}, like its example, but received ${received}.`;
    const [matrix, integer] = [tf.zeros([2, 3]), tf.scalar(0, 'int32')];
    const graph = graphOf((x, i) => [x.sum().add(i as tf.Tensor)], [matrix, integer]);
    const runs = (count: number) => tf.zeros([count, 2, 3]);
    const integers = (...shape: number[]) => tf.zeros(shape, 'int32');
    refuses(() => graph.scan(runs(4)), 'Expected 2 inputs, one for each example, but received 1.');
    refuses(
      () => graph.scan(matrix, integers(2)),
      unlike(1, 'float32 [runs, 2, 3]', 'float32 [2, 3]'),
    );
    refuses(() => graph.scan(runs(1), integers()), unlike(2, 'int32 [runs]', 'int32 []'));
    refuses(() => graph.call(runs(1), integer), unlike(1, 'float32 [2, 3]', 'float32 [1, 2, 3]'));
    refuses(() => graph.call(matrix, tf.scalar(1)), unlike(2, 'int32 []', 'float32 []'));
    refuses(
      () => graph.scan(runs(3), integers(5)),
      'Expected the first axes of all inputs to have the same length, one slice per run, but received 3, 5.',
    );
    refuses(
      () => new GraphFunction(() => [tf.scalar(1)], []),
      'Expected at least one example, to tell the graph the shape and type of an input.',
    );
    refuses(
      () => new GraphFunction(() => [], [tf.scalar(0)]),
      'Expected the function to return at least one tensor but received an empty array.',
    );
  });
};

describeNative('GraphFunction on the native engine', tests('cpu'));
describe('GraphFunction on WebAssembly', tests('wasm'));

/** Uses an engine's graph after a switch to another engine. */
const tryAcross = async (recorded: 'cpu' | 'wasm', used: readonly string[]) => {
  for (const device of ['wasm', recorded] as const) await useDevice(device);
  const sum = tf.variable(tf.zeros([2]));
  const add: TensorFunction = x => {
    sum.assign(sum.add(x));
    return [sum, x.toInt(), x.greater(2)];
  };
  const graph = new GraphFunction(add, [tf.zeros([2])]);
  const inputs = tf.tensor2d([1, 2, 3, 4], [4, 1]);
  const numbersOf = (tensors: tf.Tensor[]) => tensors.map(tensor => [...tensor.dataSync()]);
  const first = [
    [1, 2, 4, 6],
    [1, 2, 3, 4],
    [0, 0, 1, 1],
  ];
  try {
    for (const name of [...used, tf.getBackend()]) {
      await tf.setBackend(name);
      const countBefore = counts().tensors;
      tf.tidy(() => {
        sum.assign(tf.zeros([1, 2]).reshape([2]));
        assert.deepEqual(numbersOf(graph.scan(inputs.reshape([2, 2]))), first, name);
        graph.pull();
        assert.deepEqual(valuesOf([sum.add(1)]), [[5, 7]], name);
        const next = numbersOf(graph.call(tf.ones([2]).mul(2)));
        assert.deepEqual(next.flat(), [6, 8, 2, 2, 0, 0], name);
      });
      assert.equal(counts().tensors, countBefore);
    }
  } finally {
    graph.dispose();
    tf.dispose([sum, inputs]);
    await useDevice('cpu');
  }
};
it('GraphFunction computes by WebAssembly whichever other engine is in use', async () => {
  await tryAcross('wasm', ['cpu']);
  await useDevice('wasm');
  await tf.setBackend('cpu');
  try {
    const graph = new GraphFunction(x => [x.square()], [tf.zeros([2])]);
    assert.deepEqual(valuesOf(graph.call(tf.tensor1d([1, 2]))), [[1, 4]]);
  } finally {
    await useDevice('cpu');
  }
});
itNative('GraphFunction computes where it was made whichever engine is in use', async () => {
  await tryAcross('cpu', ['wasm', 'cpu']);
  await tryAcross('wasm', ['tensorflow', 'cpu']);
});
