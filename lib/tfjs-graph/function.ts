import * as tf from '@tensorflow/tfjs';
import { at } from './array';
import { InputError } from './errors';
import { nativeBackend } from './graph/backend';
import { nativeFunction } from './graph/native-function';
import type { TensorFunction } from './graph/recording';
import { compiledFunction } from './train/wasm/compiled-function';

/**
 * A function of tensors as a graph, like `tf.function` in Python: one call from JavaScript for all
 * that it computes, and for as many runs of it as there are inputs. On the native engine TensorFlow
 * runs it; for any other it is compiled to WebAssembly, where all numbers are float32 on the way: whole ones
 * are exact up to 2^24. It computes there still when another engine is in use: inputs and variables may be of
 * any, and outputs are of the one in use.
 *
 * The variables that it uses live in the graph. A call takes over what JavaScript has assigned to
 * them since the last one; `pull` brings back what the graph has assigned.
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
   * Runs the function a few times, to see that it does the same each time, and leaves the variables
   * as they were. What only its first run does, such as to make variables, is left out. A tensor that
   * it uses beside inputs and variables is taken as it is now. The mask of a Dropout layer, and what
   * `tf.randomNormal`, `tf.randomUniform` or `tf.truncatedNormal` give without a seed (float32, three
   * numbers or more), are drawn anew at each run.
   *
   * @param fn is given a tensor for each example and returns at least one; of any shapes, float32,
   * int32 or bool. It runs here, and never again.
   * @param examples at least one input, of the shapes and types that the graph is to take.
   * @throws NotRecordableError if the function reads values back into JavaScript, makes other
   * numbers or does something else at each call, where TensorFlow refuses the graph, or WebAssembly
   * does not know an operation.
   * @throws InputError without an example, and where the function returns nothing.
   */
  constructor(fn: TensorFunction, examples: readonly tf.Tensor[]) {
    if (examples.length === 0) throw new InputError({ code: 'no-example' });
    this.examples = examples.map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
    const backend = nativeBackend();
    this.graph = backend ? nativeFunction(backend, fn, examples) : compiledFunction(fn, examples);
  }

  /**
   * Runs the function, run after run, each on the next slice of the inputs.
   *
   * On the native engine each run copies the outputs of those before it: nothing for losses, much for pictures.
   *
   * @param inputs `[runs, ...shape]`, for each example one of its shape and type; of 0 runs too.
   * @returns the outputs of all runs, `[runs, ...shape]`; the caller disposes of them.
   * @throws InputError if the inputs are others than the examples, or differ in their runs.
   */
  scan(...inputs: tf.Tensor[]): tf.Tensor[] {
    checkInputs(this.examples, inputs, true);
    this.loaded.module.push();
    return this.loaded.scan(inputs);
  }

  /**
   * Runs the function once.
   *
   * @param inputs one for each example, of its shape and type.
   * @returns the outputs; the caller disposes of them.
   * @throws InputError if the inputs are others than the examples.
   */
  call(...inputs: tf.Tensor[]): tf.Tensor[] {
    checkInputs(this.examples, inputs, false);
    return tf.tidy(() => this.scan(...inputs.map(x => x.expandDims(0))).map(y => y.squeeze([0])));
  }

  /** Gives the variables that the function assigns to the values that they have in the graph. */
  pull(): void {
    this.loaded.module.pull();
  }

  /** Frees the graph; what it has assigned since the last {@link pull} is lost. */
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

/**
 * Makes sure that there is an input for each that is expected, of its shape and type.
 *
 * @param stacked whether each input holds one for each run, `[runs, ...shape]`.
 * @throws InputError that says what was expected and what came.
 */
function checkInputs(
  expected: readonly InputKind[],
  inputs: readonly InputKind[],
  stacked: boolean,
): void {
  const [wanted, given] = [expected.length, inputs.length];
  if (given !== wanted) {
    throw new InputError({ code: 'input-count', expected: wanted, received: given });
  }
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
  if (stacked && new Set(runs).size > 1) {
    throw new InputError({ code: 'input-runs', received: runs });
  }
}

const kindText = (dtype: tf.DataType, sizes: readonly unknown[]) =>
  `${dtype} [${sizes.join(', ')}]`;
