import * as tf from '@tensorflow/tfjs';
import { type Text, text } from 'digits/language';
import { type NativeBackend, nativeBackend, type TensorId } from './backend';
import { checkInputs, type InputKind } from './check-inputs';
import { GraphText, type Ref } from './graph-text';
import { recordFunction, type TensorFunction } from './record-function';
import { addConstants, capturesOf, refOf, replay } from './replay';
import type { Session } from './session';
import { dtypeOf, floatsOf, SessionState } from './state';
import { NotRecordableError } from './tape/tape';
import { addLoop, type Iteration } from './while-loop';

/**
 * A function of tensors as a graph of TensorFlow, like `tf.function` in Python: one call from
 * JavaScript for all that it computes, and for as many runs of it as there are inputs.
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
  private readonly backend: NativeBackend;
  private readonly graph: GraphText;
  private readonly state: SessionState;
  private readonly session: Session;
  private readonly examples: readonly InputKind[];
  private readonly feeds: readonly Ref[];
  private readonly outputs: readonly Ref[];
  private readonly assigned: readonly tf.Variable[];

  /**
   * Runs the function a few times, to see that it does the same each time, and leaves the variables
   * as they were. A tensor that it uses beside inputs and variables is taken as it is now.
   *
   * @param fn is given a tensor for each example and returns at least one; of any shapes, float32,
   * int32 or bool. It runs here, and never again.
   * @param examples at least one input, of the shapes and types that the graph is to take.
   * @throws NotRecordableError where the function reads values back into JavaScript, makes other
   * numbers or does something else at each call, where TensorFlow refuses the graph, or on another
   * engine than the native.
   * @throws RangeError without an example, and where the function returns nothing.
   */
  constructor(fn: TensorFunction, examples: readonly tf.Tensor[]) {
    const backend = nativeBackend();
    if (!backend) throw new NotRecordableError(NATIVE);
    if (examples.length === 0) throw new RangeError(text(NO_EXAMPLE));
    this.backend = backend;
    this.examples = examples.map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
    const { tape, kinds, variables } = recordFunction(backend, fn, examples);
    if (kinds.length === 0) throw new RangeError(text(NO_OUTPUT));
    const graph = new GraphText(backend.binding);
    this.graph = graph;
    this.state = new SessionState(backend, graph);
    const changed = variables.filter(({ before, after }) => before !== after);
    this.assigned = changed.map(({ variable }) => variable);
    this.feeds = examples.map(({ shape, dtype }) =>
      graph.placeholder([-1, ...shape], backend.getDTypeInteger(dtype)),
    );
    const runs = graph.length(this.feeds[0] as Ref, this.dtype(examples[0] as tf.Tensor));
    this.outputs = addLoop(graph, backend.binding, 'runs', runs, kinds, [], iteration => {
      const { index, turn, enter } = iteration;
      const refs = addConstants(graph, tape, new Set());
      examples.forEach((example, i) => {
        const fed = enter(this.feeds[i] as Ref, this.dtype(example));
        refs.set(tape.inputs[i] as TensorId, graph.pick(fed, index, this.dtype(example)));
      });
      for (const { variable, before } of variables)
        refs.set(before, this.read(variable, iteration));
      for (const [id, tensor] of capturesOf(tape)) refs.set(id, this.constant(tensor, iteration));
      const made = replay(graph, tape, refs);
      const assigns = changed.map(({ variable, before, after }) => {
        const handle = this.handle(variable, iteration);
        const earlier = [refOf(made, before), turn];
        return graph.assign(handle, refOf(made, after), this.dtype(variable), earlier);
      });
      const results = kinds.map(({ dtype }, i) =>
        graph.stack([refOf(made, tape.outputs[i] as TensorId)], dtype),
      );
      return { outputs: results, after: assigns, state: [] };
    });
    this.session = this.state.load();
  }

  /**
   * Runs the function, run after run, each on the next slice of the inputs.
   *
   * Each run copies the outputs of those before it: nothing for losses, much for pictures.
   *
   * @param inputs `[runs, ...shape]`, for each example one of its shape and type; of 0 runs too.
   * @returns the outputs of all runs, `[runs, ...shape]`; the caller disposes of them.
   * @throws RangeError where the inputs are others than the examples, or differ in their runs.
   */
  scan(...inputs: tf.Tensor[]): tf.Tensor[] {
    checkInputs(this.examples, inputs, true);
    this.state.push(this.session);
    const ids = this.backend.getInputTensorIds(inputs);
    const own = this.feeds.map((feed, i) => [feed, ids[i] as TensorId] as const);
    const made = this.session.run(this.state.feeds(own), this.outputs);
    return made.map(metadata => this.backend.createOutputTensor(metadata));
  }

  /**
   * Runs the function once.
   *
   * @param inputs one for each example, of its shape and type.
   * @returns the outputs; the caller disposes of them.
   * @throws RangeError where the inputs are others than the examples.
   */
  call(...inputs: tf.Tensor[]): tf.Tensor[] {
    checkInputs(this.examples, inputs, false);
    return tf.tidy(() => this.scan(...inputs.map(x => x.expandDims(0))).map(y => y.squeeze([0])));
  }

  /** Gives the variables that the function assigns to the values that they have in the graph. */
  pull(): void {
    this.state.pull(this.session, this.assigned);
  }

  /** Frees the graph; what it has assigned since the last {@link pull} is lost. */
  dispose(): void {
    this.session.dispose();
    this.state.dispose();
  }

  private read(variable: tf.Variable, iteration: Iteration): Ref {
    const { graph } = this;
    return graph.read(this.handle(variable, iteration), this.dtype(variable), [iteration.turn]);
  }

  private constant(tensor: tf.TensorInfo, { enter }: Iteration): Ref {
    const { backend, graph, state } = this;
    const value = enter(state.constant(tensor), dtypeOf(backend, tensor));
    return floatsOf(backend, graph, tensor, value);
  }

  private handle(tensor: tf.TensorInfo, { enter }: Iteration): Ref {
    const [handle] = this.state.hold(tensor) as [Ref];
    return enter(handle, this.backend.binding.TF_RESOURCE);
  }

  private dtype(tensor: tf.TensorInfo): number {
    return this.backend.getDTypeInteger(tensor.dtype);
  }
}

const NATIVE: Text = {
  zh: '计算图只能在原生引擎上运行',
  en: 'only the native engine runs graphs',
};

const NO_EXAMPLE: Text = {
  zh: '至少要给出一个示例输入，计算图才知道输入的形状和类型。',
  en: 'Expected at least one example, which tells the graph the shape and the type of an input.',
};

const NO_OUTPUT: Text = {
  zh: '函数至少要返回一个张量，收到的是空数组。',
  en: 'Expected the function to return at least one tensor but received an empty array.',
};
