/** Each kernel that a compiled step knows, against TensorFlow.js's engine in plain JavaScript. */
import { setFlagsFromString } from 'node:v8';
import * as tf from '@tensorflow/tfjs';
import { Builder, fixed, type Tensor } from '../../../lib/tfjs-graph/wasm/ir';
import { lowerKernel } from '../../../lib/tfjs-graph/wasm/lower';
import { Memory } from '../../../lib/tfjs-graph/wasm/memory';
import { loadPrograms } from '../../../lib/tfjs-graph/wasm/program';
import { readData } from '../../texts';
import { assertClose } from '../train/against-stock';

/** Shapes by the names of the inputs, and attributes. */
interface Example {
  readonly inputs: Readonly<Record<string, readonly number[]>> | readonly (readonly number[])[];
  readonly attrs?: Readonly<Record<string, unknown>>;
  /** The range of the numbers; defaults to -2 and 2. */
  readonly between?: readonly [number, number];
  /** Whole numbers. */
  readonly whole?: boolean;
}

const table = readData<Record<string, readonly Example[]>>('tfjs-graph/wasm/kernels.yml');

/** Computes a kernel as a compiled step does. */
function compute(
  isFused: boolean,
  name: string,
  inputs: Record<string, tf.Tensor>,
  attrs: object,
): Float32Array[] {
  const [builder, memory] = [new Builder(), new Memory(isFused)];
  const tensors = Object.values(inputs).map(tensor => ({
    ...fixed(tensor.shape, tensor.dataSync()),
    dtype: tensor.dtype,
  }));
  const results = [lowerKernel(name, Object.keys(inputs), tensors, { ...attrs }, builder)].flat();
  const outputs = (results as Tensor[]).map(result => {
    const output = fixed(result.shape);
    builder.store(output, result);
    return output;
  });
  const [run] = loadPrograms(memory, [builder.steps]);
  // The second run detects leftovers of the first run.
  for (let i = 0; i < 2; i++) run?.();
  return outputs.map(output => memory.floats(output.access.value));
}

describe('the kernels of compiled steps', () => {
  before(() => {
    // Node 20 has fused products behind a flag.
    setFlagsFromString('--experimental-wasm-relaxed-simd');
    return tf.setBackend('cpu');
  });
  after(() => setFlagsFromString('--no-experimental-wasm-relaxed-simd'));

  for (const [names, examples] of Object.entries(table)) {
    for (const name of names.split(' ')) {
      it(name, () => {
        examples.forEach(
          ({ inputs, attrs = {}, between: [least, most] = [-2, 2], whole }, number) => {
            const tensors = Object.fromEntries(
              Object.entries(inputs).map(([key, shape], i) => {
                const values = tf.randomUniform([...shape], least, most, 'float32', number + i + 1);
                return [key, whole ? values.floor() : values];
              }),
            );
            const all = Array.isArray(inputs) ? Object.values(tensors) : tensors;
            const expected = [
              tf.engine().runKernel(name, all as typeof tensors, attrs as tf.NamedAttrMap),
            ].flat();
            for (const isFused of [false, true]) {
              compute(isFused, name, tensors, attrs).forEach((values, i) => {
                const stock = (expected[i] as tf.Tensor).dataSync();
                assertClose(values, stock, 5e-6, `${number}, fused: ${isFused}`);
              });
            }
          },
        );
      });
    }
  }
});
