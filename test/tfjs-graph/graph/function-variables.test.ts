/** Variables in the graph of a function, and tensors that share their data. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { GraphFunction } from '../../../lib/tfjs-graph/graph/function';
import { describeNative } from '../../native';

describeNative('variables of a GraphFunction', () => {
  before(() => useDevice('cpu'));

  const variables: tf.Variable[] = [];
  const variable = (value: number) => {
    const made = tf.variable(tf.scalar(value));
    variables.push(made);
    return made;
  };
  const valuesOf = (...tensors: tf.Tensor[]) => tensors.map(tensor => tensor.arraySync());
  afterEach(() => tf.dispose(variables.splice(0)));

  it('are assigned the value of another', () => {
    const [a, b] = [variable(1), variable(2)];
    const graph = new GraphFunction(
      x => {
        b.assign(a);
        return [x.add(b)];
      },
      [tf.scalar(0)],
    );
    assert.deepEqual(valuesOf(a, b), [1, 2], 'as they were before the recording');
    a.assign(tf.scalar(5));
    assert.deepEqual(valuesOf(...graph.scan(tf.tensor1d([10, 20]))), [[15, 25]]);
    graph.pull();
    assert.deepEqual(valuesOf(a, b), [5, 5]);
    graph.dispose();
  });

  it('are assigned the value of another that serves for nothing else', () => {
    const [a, b] = [variable(1), variable(2)];
    const graph = new GraphFunction(
      x => {
        b.assign(a);
        return [x];
      },
      [tf.scalar(0)],
    );
    graph.call(tf.scalar(0));
    graph.pull();
    assert.deepEqual(valuesOf(a, b), [1, 1]);
    graph.dispose();
  });

  it('change places', () => {
    const [a, b] = [variable(1), variable(2)];
    const graph = new GraphFunction(
      x => {
        const before = a.clone();
        a.assign(b);
        b.assign(before);
        return [x];
      },
      [tf.scalar(0)],
    );
    graph.scan(tf.zeros([3]));
    graph.pull();
    assert.deepEqual(valuesOf(a, b), [2, 1]);
    graph.dispose();
  });

  it('are assigned an input', () => {
    const a = variable(1);
    const graph = new GraphFunction(
      x => {
        a.assign(x as tf.Scalar);
        return [a.mul(2)];
      },
      [tf.scalar(0)],
    );
    assert.deepEqual(valuesOf(...graph.scan(tf.tensor1d([3, 4]))), [[6, 8]]);
    graph.pull();
    assert.deepEqual(valuesOf(a), [4]);
    graph.dispose();
  });

  it('are assigned what is the same at each call', () => {
    const [a, b] = [variable(1), variable(2)];
    const outside = tf.scalar(7);
    const graph = new GraphFunction(
      x => {
        a.assign(outside);
        b.assign(tf.scalar(8));
        return [x];
      },
      [tf.scalar(0)],
    );
    graph.call(tf.scalar(0));
    graph.pull();
    assert.deepEqual(valuesOf(a, b), [7, 8]);
    graph.dispose();
  });

  it('may be made at the first call', () => {
    let sum: tf.Variable | undefined;
    const graph = new GraphFunction(
      x => {
        sum ??= variable(100);
        sum.assign(sum.add(x));
        return [sum];
      },
      [tf.scalar(0)],
    );
    assert.deepEqual(valuesOf(...graph.scan(tf.tensor1d([1, 2]))), [[101, 103]]);
    graph.pull();
    assert.deepEqual(sum?.arraySync(), 103);
    graph.dispose();
  });

  it('need not be assigned: then pull does nothing', () => {
    const a = variable(3);
    const graph = new GraphFunction(x => [x.mul(a)], [tf.scalar(0)]);
    assert.deepEqual(valuesOf(...graph.call(tf.scalar(2))), [6]);
    graph.pull();
    assert.deepEqual(valuesOf(a), [3]);
    graph.dispose();
  });

  it('may be examples too, and one tensor may be the example of two inputs', () => {
    const a = variable(3);
    const zero = tf.scalar(0);
    const graph = new GraphFunction(
      (x, y, z) => [
        (x as tf.Tensor)
          .sub(y as tf.Tensor)
          .mul(z as tf.Tensor)
          .add(a),
      ],
      [zero, zero, a],
    );
    const [ten, four, two] = [10, 4, 2].map(value => tf.scalar(value)) as [
      tf.Scalar,
      tf.Scalar,
      tf.Scalar,
    ];
    assert.deepEqual(valuesOf(...graph.call(ten, four, two)), [15]);
    graph.dispose();
  });
});
