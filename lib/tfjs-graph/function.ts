import * as tf from '@tensorflow/tfjs';
import { at } from './array';
import { nativeBackend } from './backend';
import { InputError } from './errors';
import { nativeFunction } from './native/native-function';
import type { TensorFunction } from './trace/recording';
import { compiledFunction } from './wasm/compiled-function';

/**
 * Compiles a function of tensors into a graph, like `tf.function` in Python. One call from JavaScript computes the
 * whole function for any number of inputs. With the native backend, TensorFlow runs the graph. With other backends,
 * the function is compiled to WebAssembly, where intermediate values are float32: integers are exact up to 2^24.
 * The graph keeps its engine after a change of backend. Inputs and variables may belong to any backend; outputs
 * belong to the current backend.
 *
 * The graph holds copies of the variables. Each call copies values assigned by JavaScript into the graph; `pull`
 * copies values assigned by the graph back.
 *
 * @example
 * const sum = tf.variable(tf.scalar(0));
 * const add = new GraphFunction(x => (sum.assign(sum.add(x)), [sum]), [tf.scalar(0)]);
 * add.scan(tf.tensor1d([1, 2, 3]))[0].arraySync(); // [1, 3, 6]
 * add.pull();
 * sum.dataSync()[0]; // 6
 * add.dispose();
 */
export class GraphFunction {
  private graph: Graph | undefined;
  private readonly examples: readonly InputKind[];

  /**
   * Calls the function a few times to verify that its operations are repeatable, then restores the variables. Work of
   * the first call only, such as creating variables, is ignored. Other tensors keep their current values. Dropout
   * masks and the results of `tf.randomNormal`, `tf.randomUniform` and `tf.truncatedNormal` without a seed (float32,
   * at least three numbers) are sampled again in each run.
   *
   * @param fn receives a tensor for each example and returns at least one tensor, of any shape, float32, int32 or
   * bool. Called only by the constructor.
   * @param examples at least one input with the shapes and types of the graph's inputs
   * @throws NotRecordableError if the function reads values back into JavaScript or changes its numbers or operations
   * between calls, if TensorFlow rejects the graph, or if the WebAssembly compiler lacks an operation
   * @throws InputError without examples or outputs
   */
  constructor(fn: TensorFunction, examples: readonly tf.Tensor[]) {
    if (examples.length === 0) throw new InputError({ code: 'no-example' });
    this.examples = examples.map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
    const backend = nativeBackend();
    this.graph = backend ? nativeFunction(backend, fn, examples) : compiledFunction(fn, examples);
  }

  /**
   * Runs the function sequentially on each slice of the inputs. With the native backend, each run copies all previous
   * outputs: negligible for losses, expensive for images.
   *
   * @param inputs `[runs, ...shape]` for each example's shape and type; `runs` may be 0
   * @returns the outputs of all runs, `[runs, ...shape]`, to be disposed of by the caller
   * @throws InputError if the inputs differ from the examples, or in their number of runs
   */
  scan(...inputs: tf.Tensor[]): tf.Tensor[] {
    checkInputs(this.examples, inputs, true);
    this.loaded.module.push();
    return this.loaded.scan(inputs);
  }

  /**
   * Runs the function once.
   *
   * @param inputs one tensor for each example, with the same shape and type
   * @returns the outputs, to be disposed of by the caller
   * @throws InputError if the inputs differ from the examples
   */
  call(...inputs: tf.Tensor[]): tf.Tensor[] {
    checkInputs(this.examples, inputs, false);
    return tf.tidy(() => this.scan(...inputs.map(x => x.expandDims(0))).map(y => y.squeeze([0])));
  }

  /** Copies the graph's values to the variables that the function assigns. */
  pull(): void {
    this.loaded.module.pull();
  }

  /** Frees the graph. Values assigned since the last {@link pull} are lost. */
  dispose(): void {
    if (this.graph && 'dispose' in this.graph.module) this.graph.module.dispose();
    this.graph = undefined;
  }

  private get loaded(): Graph {
    if (!this.graph) throw new Error('Expected a graph that is not disposed of');
    return this.graph;
  }
}

type Graph = ReturnType<typeof nativeFunction | typeof compiledFunction>;

type InputKind = Pick<tf.TensorInfo, 'shape' | 'dtype'>;

/** Checks the number, shapes and types of inputs, which have a first axis for runs if `stacked`. Throws InputError. */
function checkInputs(
  expected: readonly InputKind[],
  inputs: readonly InputKind[],
  stacked: boolean,
): void {
  const [count, received] = [expected.length, inputs.length];
  if (received !== count) throw new InputError({ code: 'input-count', expected: count, received });
  inputs.forEach(({ shape, dtype }, i) => {
    const like = at(expected, i);
    const sizes = stacked ? [shape[0] ?? 'runs', ...like.shape] : like.shape;
    if (kindText(dtype, shape) === kindText(like.dtype, sizes)) return;
    throw new InputError({
      code: 'input-kind',
      place: i + 1,
      expected: kindText(like.dtype, stacked ? ['runs', ...like.shape] : like.shape),
      received: kindText(dtype, shape),
    });
  });
  const runs = inputs.map(({ shape }) => shape[0] ?? 0);
  if (stacked && new Set(runs).size > 1)
    throw new InputError({ code: 'input-runs', received: runs });
}

const kindText = (dtype: tf.DataType, sizes: readonly unknown[]) =>
  `${dtype} [${sizes.join(', ')}]`;
