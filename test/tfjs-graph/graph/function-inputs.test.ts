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

  const unlike = (input: number, example: string, received: string) =>
    `Expected input ${input} to be ${example}, like its example, but received ${received}.`;
  const tooFew = 'Expected 2 inputs, one for each example, but received 1.';

  it('are as many as the examples, of their shapes and types, for as many runs', () => {
    const [one, integer] = [tf.zeros([2, 3]), tf.scalar(0, 'int32')];
    const runs = (...shape: number[]) => tf.zeros([...shape, 2, 3]);
    refuses(() => graph.scan(runs(4)), tooFew);
    refuses(() => graph.call(one), tooFew);
    const example = 'float32 [runs, 2, 3]';
    refuses(
      () => graph.scan(tf.zeros([4, 3, 2]), integers(4)),
      unlike(1, example, 'float32 [4, 3, 2]'),
    );
    refuses(() => graph.scan(one, integers(2)), unlike(1, example, 'float32 [2, 3]'));
    refuses(() => graph.scan(runs(1), integers()), unlike(2, 'int32 [runs]', 'int32 []'));
    refuses(() => graph.call(runs(1), integer), unlike(1, 'float32 [2, 3]', 'float32 [1, 2, 3]'));
    refuses(() => graph.call(one, tf.scalar(1)), unlike(2, 'int32 []', 'float32 []'));
    refuses(
      () => graph.scan(runs(3), integers(5)),
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
