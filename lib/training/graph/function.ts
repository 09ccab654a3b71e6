import * as tf from '@tensorflow/tfjs';
import type { Text } from '../../language';
import { GraphText, type Ref } from './graph';
import { addLoop, type Iteration } from './loop';
import { type NativeBackend, nativeBackend, type TensorId } from './native';
import { addConstants, capturesOf, refOf, replay } from './replay';
import { Session } from './session';
import { simplify } from './simplify';
import { dtypeOf, floatsOf, SessionState } from './state';
import { changingConstants, NotRecordableError, record, type Tape, type TensorKind } from './tape';
import { preservingVariables, separateVariables } from './variables';

/** Tensors in, tensors out; variables may be read and assigned to. */
export type TensorFunction = (...inputs: tf.Tensor[]) => tf.Tensor[];

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
  private readonly feeds: readonly Ref[];
  private readonly outputs: readonly Ref[];
  private readonly assigned: readonly tf.Variable[];

  /**
   * Runs the function a few times, to see that it does the same each time, and leaves the variables
   * as they were. A tensor that it uses beside inputs and variables is taken as it is now.
   *
   * @param examples at least one input, of the shapes and types that the graph is to take.
   * @throws NotRecordableError where the function reads values back into JavaScript or makes other
   * numbers at each call, where TensorFlow refuses the graph, or on another engine than the native.
   */
  constructor(fn: TensorFunction, examples: readonly tf.Tensor[]) {
    const backend = nativeBackend();
    if (!backend) throw new NotRecordableError(NATIVE);
    this.backend = backend;
    const { tape, kinds, variables } = recordFunction(backend, fn, examples);
    const graph = new GraphText(backend.binding);
    this.graph = graph;
    this.state = new SessionState(backend, graph);
    const changed = variables.filter(({ before, after }) => before !== after);
    this.assigned = changed.map(({ variable }) => variable);
    this.feeds = examples.map(({ shape, dtype }) =>
      graph.placeholder([-1, ...shape], backend.getDTypeInteger(dtype)),
    );
    const runs = graph.length(this.feeds[0] as Ref, this.dtype(examples[0] as tf.Tensor));
    this.outputs = addLoop(graph, backend.binding, 'runs', runs, kinds, iteration => {
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
      return { outputs: results, after: assigns };
    });
    this.session = Session.load(backend, graph);
    this.state.push(this.session);
  }

  /**
   * Runs the function, run after run, each on the next slice of the inputs.
   *
   * @param inputs `[runs, ...shape]`, for each example one.
   * @returns the outputs of all runs, `[runs, ...shape]`; the caller disposes of them.
   */
  scan(...inputs: tf.Tensor[]): tf.Tensor[] {
    this.state.push(this.session);
    const ids = this.backend.getInputTensorIds(inputs);
    const own = this.feeds.map((feed, i) => [feed, ids[i] as TensorId] as const);
    const made = this.session.run(this.state.feeds(own), this.outputs);
    return made.map(metadata => this.backend.createOutputTensor(metadata));
  }

  /** Runs the function once, on inputs of the examples' shapes. */
  call(...inputs: tf.Tensor[]): tf.Tensor[] {
    return tf.tidy(() => this.scan(...inputs.map(x => x.expandDims(0))).map(y => y.squeeze([0])));
  }

  /** Gives the variables that the function assigns to the values that they have in the graph. */
  pull(): void {
    this.state.pull(this.session, this.assigned);
  }

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

/** A variable that a function reads or assigns to, as it was before and after. */
interface Used {
  readonly variable: tf.Variable;
  readonly before: TensorId;
  readonly after: TensorId;
}

/** What a function does, the kinds of its outputs, and the variables that it uses. */
function recordFunction(
  backend: NativeBackend,
  fn: TensorFunction,
  examples: readonly tf.Tensor[],
): { tape: Tape; kinds: TensorKind[]; variables: Used[] } {
  separateVariables();
  const variables = Object.values(tf.engine().registeredVariables);
  const take = () =>
    record(backend, [...examples, ...variables], () => [...fn(...examples), ...variables]);
  tf.engine().startScope();
  try {
    const tape = preservingVariables(() => {
      take(); // what is made once is made here, and values in JavaScript go over to TensorFlow
      const tape = take();
      if (changingConstants(tape, take()).size > 0) throw new NotRecordableError(CHANGES);
      return simplify(tape, backend.binding, tape.outputs);
    });
    const count = tape.outputs.length - variables.length;
    const outputs = tape.outputs.slice(0, count);
    const read = new Set([...outputs, ...tape.ops.flatMap(({ inputs }) => inputs)]);
    const used = variables.flatMap((variable, i): Used[] => {
      const before = tape.inputs[examples.length + i] as TensorId;
      const after = tape.outputs[count + i] as TensorId;
      return before !== after || read.has(before) ? [{ variable, before, after }] : [];
    });
    const kinds = outputs.map(id => tape.kinds.get(id) as TensorKind);
    return { tape: { ...tape, outputs }, kinds, variables: used };
  } finally {
    tf.engine().endScope();
  }
}

const CHANGES: Text = {
  zh: '它在每次调用时用 JavaScript 生成新的数值',
  en: 'it makes new numbers in JavaScript at each call',
};

const NATIVE: Text = {
  zh: '计算图只能在原生引擎上运行',
  en: 'only the native engine runs graphs',
};
