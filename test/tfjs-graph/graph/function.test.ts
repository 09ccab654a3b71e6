import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../lib/digits/device/use';
import { NotRecordableError } from '../../../lib/tfjs-graph/errors';
import { divide } from '../../../lib/tfjs-graph/graph/byte-tensor';
import { GraphFunction } from '../../../lib/tfjs-graph/graph/function';
import { describeNative } from '../../native';
import { counts } from '../train/counts';

const values = (tensors: tf.Tensor[]) => tensors.map(tensor => tensor.arraySync());

describeNative('GraphFunction', () => {
  before(() => useDevice('cpu'));

  it('computes what the function computes', () => {
    const fn = (a: tf.Tensor, b: tf.Tensor) => [a.matMul(b).relu(), a.sum(0), b.argMax(1)];
    const [a, b] = [tf.randomNormal([3, 4]), tf.randomNormal([4, 5])];
    const graph = new GraphFunction(fn, [tf.zeros([3, 4]), tf.zeros([4, 5])]);
    assert.deepEqual(values(graph.call(a, b)), values(fn(a, b)));
    graph.dispose();
  });

  it('gives an output as it came where the function returns its input', () => {
    const graph = new GraphFunction(
      (a: tf.Tensor) => [a, a.reshape([2, 1]), a.reshape([2])],
      [tf.zeros([2])],
    );
    assert.deepEqual(values(graph.call(tf.tensor1d([7, 8]))), [
      [7, 8],
      [[7], [8]],
      [7, 8],
    ]);
    graph.dispose();
  });

  it('makes as many runs as there are slices of the inputs, in one call', () => {
    const graph = new GraphFunction((x: tf.Tensor) => [x.square(), x.sum()], [tf.zeros([2])]);
    const x = tf.tensor2d([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    assert.deepEqual(values(graph.scan(x)), [
      [
        [1, 4],
        [9, 16],
        [25, 36],
      ],
      [3, 7, 11],
    ]);
    assert.deepEqual(values(graph.scan(tf.zeros([0, 2]))), [[], []]);
    graph.dispose();
  });

  it('lets each run see what the one before has assigned, and pull brings it back', () => {
    const total = tf.variable(tf.scalar(100));
    const graph = new GraphFunction(
      (x: tf.Tensor) => {
        total.assign(total.mul(2).add(x));
        return [total];
      },
      [tf.scalar(0)],
    );
    assert.equal(total.arraySync(), 100, 'as it was before the recording');
    assert.deepEqual(values(graph.scan(tf.tensor1d([1, 2, 3]))), [[201, 404, 811]]);
    assert.equal(total.arraySync(), 100, 'not yet brought back');
    graph.pull();
    assert.equal(total.arraySync(), 811);
    total.assign(tf.scalar(1));
    assert.deepEqual(values(graph.call(tf.scalar(0))), [2], 'what JavaScript assigned in between');
    graph.dispose();
    total.dispose();
  });

  it('descends a slope: a thousand steps of least squares in one call', () => {
    const w = tf.variable(tf.zeros([2]));
    const graph = new GraphFunction(
      (x: tf.Tensor, y: tf.Tensor) => {
        const error = x.mul(w).sum().sub(y);
        w.assign(w.sub(x.mul(error).mul(0.1)));
        return [error.square()];
      },
      [tf.zeros([2]), tf.scalar(0)],
    );
    const xs = tf.randomNormal([1000, 2]);
    const [losses] = graph.scan(xs, xs.mul([3, -2]).sum(1));
    graph.pull();
    const [a = 0, b = 0] = w.dataSync();
    assert.ok(Math.abs(a - 3) < 1e-3 && Math.abs(b + 2) < 1e-3, `${a}, ${b}`);
    assert.equal(losses?.shape[0], 1000);
    graph.dispose();
    w.dispose();
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
        const fn = (x: tf.Tensor) => [
          chain.reduce((value, name) => (steps[name] as (x: tf.Tensor) => tf.Tensor)(value), x),
        ];
        const graph = new GraphFunction(fn, [tf.zeros([4, 4])]);
        const x = tf.randomNormal([4, 4], 0, 1, 'float32', 7);
        const [ours, theirs] = [graph.call(x), fn(x)];
        graph.dispose();
        assert.deepEqual(ours[0]?.shape, theirs[0]?.shape);
        // Sums may be taken in another order: what cancels out is as far off as the largest value.
        const [expected = [], actual = []] = [theirs, ours].map(([y]) =>
          Array.from(y?.dataSync() ?? []),
        );
        const within = 1e-5 * Math.max(1, ...expected.map(Math.abs));
        const far = expected.filter(
          (value, i) => !(Math.abs(value - (actual[i] ?? Number.NaN)) <= within),
        );
        assert.deepEqual(far, []);
      }),
      { numRuns: 20 },
    );
  });

  it('takes a tensor that holds bytes for what it stands for', () => {
    const pixels = divide({ data: Uint8Array.of(0, 51, 255), shape: [3] }, 255);
    const graph = new GraphFunction((x: tf.Tensor) => [x.mul(pixels)], [tf.zeros([3])]);
    const [product] = graph.call(tf.tensor1d([1, 10, 100])) as [tf.Tensor];
    assert.deepEqual(Array.from(product.dataSync(), Math.round), [0, 2, 100]);
    graph.dispose();
  });

  it('keeps what it uses when its owner disposes of that', () => {
    const floats = tf.tensor1d([1, 2]);
    const bytes = divide({ data: Uint8Array.of(3, 4), shape: [2] }, 1);
    const graph = new GraphFunction((x: tf.Tensor) => [x.mul(floats).add(bytes)], [tf.zeros([2])]);
    const before = values(graph.call(tf.ones([2])));
    tf.dispose([floats, bytes]);
    assert.deepEqual(values(graph.call(tf.ones([2]))), before);
    assert.deepEqual(before, [[4, 6]]);
    graph.dispose();
  });

  it('tells apart variables that share their data', () => {
    const [a, b] = [tf.variable(tf.scalar(1)), tf.variable(tf.scalar(2))];
    b.assign(a);
    const fn = (x: tf.Tensor) => {
      a.assign(a.add(x));
      return [a, b];
    };
    const graph = new GraphFunction(fn, [tf.scalar(0)]);
    assert.deepEqual(values(graph.scan(tf.tensor1d([1, 1]))), [
      [2, 3],
      [1, 1],
    ]);
    graph.dispose();
    tf.dispose([a, b]);
  });

  it('leaves nothing behind', () => {
    const x = tf.ones([2]);
    const run = () => {
      const graph = new GraphFunction((a: tf.Tensor) => [a.add(1)], [x]);
      tf.dispose(graph.call(x));
      graph.dispose();
    };
    run();
    const before = counts();
    run();
    assert.deepEqual(counts(), before);
  });

  const refusals: Record<string, [(x: tf.Tensor) => tf.Tensor[], RegExp]> = {
    'reads values back': [x => [x.mul(x.dataSync()[0] ?? 0)], /reads a tensor back/],
    'makes other numbers each time': [x => [x.add(Math.random())], /generates new numbers/],
    'does something else each time': [
      (() => {
        let odd = false;
        return x => {
          odd = !odd;
          return [odd ? x.square() : x.neg()];
        };
      })(),
      /same operations/,
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

  it('refuses another engine', async () => {
    await tf.setBackend('cpu');
    try {
      assert.throws(() => new GraphFunction(x => [x], [tf.scalar(0)]), /only the native engine/);
    } finally {
      await tf.setBackend('tensorflow');
    }
  });
});
