/** A product in parts against the same product whole. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../../lib/digits/device/use';
import { at } from '../../../../lib/tfjs-graph/array';
import {
  type NativeBackend,
  nativeBackend,
  type TensorId,
  tensorIdOf,
} from '../../../../lib/tfjs-graph/graph/backend';
import {
  isSplittable,
  splitColumns,
} from '../../../../lib/tfjs-graph/graph/rewrites/split-columns';
import { simplify } from '../../../../lib/tfjs-graph/graph/tape/simplify';
import { record, type Tape } from '../../../../lib/tfjs-graph/graph/tape/tape';
import { ALIAS } from '../../../../lib/tfjs-graph/graph/tape/writer';
import { describeNative } from '../../../native';

describeNative('splitColumns', () => {
  let backend: NativeBackend;
  before(async () => {
    await useDevice('cpu');
    backend = nativeBackend() as NativeBackend;
  });

  /** What a tape gives for the tensors that it is to make. */
  function execute(tape: Tape, given: Map<TensorId, tf.Tensor>, wanted: readonly TensorId[]) {
    const { binding } = backend;
    const ids = new Map<TensorId, TensorId>();
    for (const [id, tensor] of given) ids.set(id, tensorIdOf(backend, tensor));
    for (const { id, shape, dtype, values } of tape.constants) {
      ids.set(id, binding.createTensor(shape, dtype, values));
    }
    const idOf = (id: TensorId) => ids.get(id) ?? id;
    for (const { op, attrs, inputs, outputs } of tape.ops) {
      const sources = inputs.map(idOf);
      const made =
        op === ALIAS
          ? sources
          : binding.executeOp(op, attrs, sources, outputs.length).map(o => o.id);
      for (const [i, id] of outputs.entries()) ids.set(id, at(made, i));
    }
    return wanted.map(id => Array.from(binding.tensorDataSync(idOf(id))));
  }

  function tapeOf(inputs: readonly tf.Tensor[], run: () => tf.Tensor[]): Tape {
    tf.engine().startScope();
    try {
      record(backend, inputs, run); // hands values in JavaScript over to TensorFlow
      const tape = record(backend, inputs, run);
      return simplify(tape, backend.binding, tape.outputs);
    } finally {
      tf.engine().endScope();
    }
  }

  /** x · W, what flows back to x, and W's gradient. */
  function recorded(x: tf.Tensor2D, w: tf.Tensor2D, dy: tf.Tensor2D) {
    return tapeOf([x, w, dy], () => [x.matMul(w), dy.matMul(w, false, true), x.matMul(dy, true)]);
  }

  const x = () => tf.randomNormal<tf.Rank.R2>([3, 8]);
  const w = () => tf.randomNormal<tf.Rank.R2>([8, 12]);
  const dy = () => tf.randomNormal<tf.Rank.R2>([3, 12]);

  for (const count of [2, 3, 4]) {
    it(`gives the product, its way back and the gradient: ${count} parts`, () => {
      const given = [x(), w(), dy()] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const tape = recorded(...given);
      const kernel = at(tape.inputs, 1);
      const gradient = at(tape.outputs, 2);
      const inner = { ...tape, outputs: tape.outputs.slice(0, 2) };
      assert.ok(isSplittable(inner, { kernel, gradient }));
      const {
        tape: divided,
        kernels,
        gradients,
      } = splitColumns(inner, backend.binding, { kernel, gradient }, count);

      const inputs = new Map(tape.inputs.map((id, i) => [id, given[i] as tf.Tensor]));
      const whole = execute(tape, inputs, tape.outputs);
      const columns = tf.split(given[1], count, 1);
      kernels.forEach((id, i) => {
        inputs.set(id, columns[i] as tf.Tensor);
      });
      inputs.delete(kernel);
      assert.equal(gradients.length, count);
      const [product, back, ...slopes] = execute(divided, inputs, [
        ...divided.outputs,
        ...gradients,
      ]);
      near(product, whole[0]);
      near(back, whole[1]);
      const joined = tf.concat(
        slopes.map(slope => tf.tensor2d(slope, [8, 12 / count])),
        1,
      );
      near(Array.from(joined.dataSync()), whole[2]);
    });
  }

  it('leaves a matrix whole that serves for something else too', () => {
    const given = [x(), w()] as const;
    const tape = tapeOf(given, () => [given[0].matMul(given[1]), given[1].square()]);
    assert.ok(!isSplittable(tape, { kernel: at(tape.inputs, 1) }));
  });

  it('leaves a matrix whole whose gradient is used once more', () => {
    const tape = recorded(x(), w(), dy());
    const kernel = at(tape.inputs, 1);
    assert.ok(!isSplittable(tape, { kernel, gradient: tape.outputs[2] }), 'it is an output');
  });
});

function near(actual: number[] = [], expected: number[] = []): void {
  assert.equal(actual.length, expected.length);
  assert.ok(actual.length > 0);
  for (const [i, value] of expected.entries()) {
    assert.ok(
      Math.abs((actual[i] ?? Number.NaN) - value) < 1e-5,
      `${i}: ${actual[i]} for ${value}`,
    );
  }
}
