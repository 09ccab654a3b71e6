/** What a function of tensors does that its graph must do too, or that keeps it from being one. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { at } from '../../../lib/tfjs-graph/array';
import { NotRecordableError } from '../../../lib/tfjs-graph/errors';
import { type NativeBackend, nativeBackend } from '../../../lib/tfjs-graph/graph/backend';
import { divide } from '../../../lib/tfjs-graph/graph/byte-tensor';
import { GraphFunction } from '../../../lib/tfjs-graph/graph/function';
import type { TensorFunction } from '../../../lib/tfjs-graph/graph/recording';
import { changingConstants } from '../../../lib/tfjs-graph/graph/tape/compare';
import { record, type Tape } from '../../../lib/tfjs-graph/graph/tape/tape';
import { describeNative } from '../../native';

/** What the graph of a function gives for an input, made from another input of the same shape. */
function throughGraph(fn: TensorFunction, x: tf.Tensor): unknown[] {
  const graph = new GraphFunction(fn, [tf.zerosLike(x)]);
  try {
    return graph.call(x).map(y => y.arraySync());
  } finally {
    graph.dispose();
  }
}

/** Gives what a function is to do by turns. */
function inTurn<T>(...choices: T[]): () => T {
  let turn = 0;
  return () => at(choices, turn++ % choices.length);
}

const x = () =>
  tf.tensor2d([
    [1, -2, 3],
    [4, 5, -6],
  ]);

describeNative('a recording', () => {
  let backend: NativeBackend;
  before(async () => {
    await useDevice('cpu');
    backend = nativeBackend() as NativeBackend;
  });

  it('adds an axis, to any type', () => {
    const fn = (a: tf.Tensor) => [a, a.toInt(), a.cast('bool')].map(b => b.expandDims(1));
    assert.deepEqual(
      throughGraph(fn, x()),
      fn(x()).map(y => y.arraySync()),
    );
  });

  const refusals: Record<string, [() => TensorFunction, RegExp]> = {
    'returns one of two values by turns': [
      () => {
        const which = inTurn(0, 1);
        return a => [[a.square(), a.neg()][which()] as tf.Tensor];
      },
      /same operations/,
    ],
    'returns more values from call to call': [
      () => {
        const count = inTurn(1, 2);
        return a => [a, a].slice(0, count());
      },
      /same operations/,
    ],
    'makes constants of another shape by turns': [
      () => {
        const shape = inTurn([2, 1], [1, 2]);
        return a => [a.sum().mul(tf.ones(shape()))];
      },
      /same operations/,
    ],
    'reads numbers that JavaScript has just made': [
      () => a => [a.mul(tf.tensor1d([7]).dataSync()[0] ?? 0)],
      /reads a tensor back/,
    ],
    'reads a value, and goes on where it cannot': [
      () => a => {
        try {
          return [a.mul(a.sum().dataSync()[0] ?? 0)];
        } catch {
          return [a];
        }
      },
      /reads a tensor back/,
    ],
    'reads a value later': [
      () => a => {
        a.sum().data();
        return [a];
      },
      /reads a tensor back/,
    ],
  };
  for (const [what, [make, message]] of Object.entries(refusals)) {
    it(`is refused of a function that ${what}`, () => {
      assert.throws(
        () => new GraphFunction(make(), [x()]),
        error => error instanceof NotRecordableError && message.test(error.message),
      );
    });
  }

  it('does not take constants for the same that have another type or shape', () => {
    const tape = (shape: number[], dtype: number): Tape => ({
      inputs: [],
      ops: [],
      constants: [{ id: 0, shape, dtype, values: Int32Array.of(1, 1) }],
      outputs: [0],
      tensors: new Map(),
      kinds: new Map(),
    });
    const { TF_INT32, TF_BOOL } = backend.binding;
    const first = tape([2], TF_INT32);
    assert.equal(changingConstants(first, tape([2], TF_INT32)).size, 0);
    for (const other of [tape([2], TF_BOOL), tape([1, 2], TF_INT32)]) {
      assert.throws(() => changingConstants(first, other), NotRecordableError);
    }
  });

  it('leaves the engine as it was, also where it fails', () => {
    const { binding, getInputTensorIds, readSync, read } = backend;
    const kernel = tf.getKernel('GatherV2', 'tensorflow').kernelFunc;
    assert.throws(() => record(backend, [], () => [tf.scalar(1).dataSync() as never]));
    assert.equal(backend.binding, binding);
    assert.equal(backend.getInputTensorIds, getInputTensorIds);
    assert.equal(backend.readSync, readSync);
    assert.equal(backend.read, read);
    assert.equal(tf.getKernel('GatherV2', 'tensorflow').kernelFunc, kernel);
  });

  it('picks rows by the indices that it is given, of floats and of what holds bytes', () => {
    const rows = [
      [1, 2],
      [3, 4],
      [5, 6],
    ] as const;
    const floats = tf.tensor2d(rows.map(row => [...row]));
    const bytes = divide({ data: Uint8Array.from(rows.flat()), shape: [3, 2] }, 1);
    for (const table of [floats, bytes]) {
      const graph = new GraphFunction(i => [table.gather(i.toInt())], [tf.zeros([2])]);
      assert.deepEqual(graph.call(tf.tensor1d([2, 1]))[0]?.arraySync(), [rows[2], rows[1]]);
      graph.dispose();
    }
  });
});
