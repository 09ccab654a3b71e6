/** What a GraphFunction says of examples and inputs that do not fit. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { GraphFunction } from '../../../lib/tfjs-graph/graph/function';
import { describeNative } from '../../native';

describeNative('inputs of a GraphFunction', () => {
  let graph: GraphFunction;
  before(async () => {
    await useDevice('cpu');
    const fn = (x: tf.Tensor, i: tf.Tensor) => [x.sum().add(i)];
    graph = new GraphFunction(fn, [tf.zeros([2, 3]), tf.scalar(0, 'int32')]);
  });
  after(() => graph.dispose());

  const refuses = (work: () => unknown, message: string) =>
    assert.throws(work, { name: 'InputError', message });

  const integers = (...shape: number[]) => tf.zeros(shape, 'int32');

  it('are as many as there are examples', () => {
    const said = 'Expected 2 inputs, one for each example, but received 1.';
    refuses(() => graph.scan(tf.zeros([4, 2, 3])), said);
    refuses(() => graph.call(tf.zeros([2, 3])), said);
  });

  it('have the shapes of the examples', () => {
    refuses(
      () => graph.scan(tf.zeros([4, 3, 2]), integers(4)),
      'Expected input 1 to be float32 [runs, 2, 3], like its example, but received float32 [4, 3, 2].',
    );
    refuses(
      () => graph.scan(tf.zeros([2, 3]), integers(2)),
      'Expected input 1 to be float32 [runs, 2, 3], like its example, but received float32 [2, 3].',
    );
    refuses(
      () => graph.scan(tf.zeros([1, 2, 3]), integers()),
      'Expected input 2 to be int32 [runs], like its example, but received int32 [].',
    );
    refuses(
      () => graph.call(tf.zeros([1, 2, 3]), integers()),
      'Expected input 1 to be float32 [2, 3], like its example, but received float32 [1, 2, 3].',
    );
  });

  it('have the types of the examples', () => {
    refuses(
      () => graph.call(tf.zeros([2, 3]), tf.scalar(1)),
      'Expected input 2 to be int32 [], like its example, but received float32 [].',
    );
  });

  it('have as many runs as each other', () => {
    refuses(
      () => graph.scan(tf.zeros([3, 2, 3]), integers(5)),
      'Expected the first axes of all inputs to have the same length, one slice per run, but received 3, 5.',
    );
  });

  it('are one at least, and so are outputs', () => {
    refuses(
      () => new GraphFunction(() => [tf.scalar(1)], []),
      'Expected at least one example, to tell the graph the shape and type of an input.',
    );
    refuses(
      () => new GraphFunction(() => [], [tf.scalar(0)]),
      'Expected the function to return at least one tensor but received an empty array.',
    );
  });

  it('are taken where they fit', () => {
    const x = tf.ones([2, 2, 3]);
    assert.deepEqual(graph.scan(x, tf.tensor1d([0, 4], 'int32'))[0]?.arraySync(), [6, 10]);
    assert.deepEqual(graph.call(tf.ones([2, 3]), tf.scalar(1, 'int32'))[0]?.arraySync(), 7);
  });
});
