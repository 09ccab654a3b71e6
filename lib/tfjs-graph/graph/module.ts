import { availableParallelism } from 'node:os';
import type * as tf from '@tensorflow/tfjs';
import type { NativeBackend, TensorId } from './backend';
import { bytesOf } from './byte-tensor';
import { GraphText, type Ref } from './graph-text';
import { type Drawn, draw } from './random';
import { type Refs, refOf, replay } from './replay';
import { Session } from './session';
import { dtypeOf, SessionState, type Share } from './state';
import { kindOf, multiplicationsOf, type Tape } from './tape/tape';
import { carriedBy, type Inputs, type Update, Variables } from './updates';
import { addLoop, type Iteration } from './while-loop';

/** The origin of a tensor that a recording uses but does not make. */
export type Source<Input> =
  | { readonly input: Input }
  | { readonly variable: tf.Variable; readonly share?: Share | undefined };

/** A function as recorded, with the origins of the tensors that it uses and does not make. */
export interface RecordedFunction<Input> {
  readonly tape: Tape;
  readonly sources: ReadonlyMap<TensorId, Source<Input>>;
  /** Constants in whose place each run draws random numbers. */
  readonly drawn: readonly Drawn[];
  /** The variables that it assigns to, as it leaves them. */
  readonly assigned: ReadonlyMap<tf.Variable, TensorId>;
}

interface GraphStep<Input> extends RecordedFunction<Input> {
  /** Beside the assignments. */
  readonly updates: readonly Update<Input>[];
}

interface Runs<Input> {
  /** The number of iterations. */
  readonly count: Ref;
  /** Begins the runs of an iteration, in order, and returns the function that adds the inputs of each. */
  inputs(iteration: Iteration): readonly (() => Inputs<Input>)[];
}

/**
 * Recorded functions as one graph of TensorFlow, loaded once. The variables that they use live in
 * it, and all of them see the same ones.
 */
export class GraphModule {
  readonly graph: GraphText;
  private readonly state: SessionState;
  private readonly changed = new Set<tf.Variable>();
  private loops = 0;
  private hasLargeOps = false;
  private loaded: Session | undefined;

  constructor(
    private readonly backend: NativeBackend,
    private readonly cores = availableParallelism(),
  ) {
    this.graph = new GraphText(backend.binding);
    this.state = new SessionState(backend, this.graph);
  }

  /**
   * Adds a function, as a loop of its runs. To be called before {@link load}.
   *
   * @returns the outputs of all runs, `[runs, ...shape]` each.
   */
  add<Input>(given: GraphStep<Input>, { count, inputs }: Runs<Input>): Ref[] {
    const { graph, backend, state } = this;
    const assignments = Array.from(
      given.assigned,
      ([variable, id]): Update<Input> => ({
        kind: 'assign',
        variables: [variable],
        inputs: [id],
        add: ([handle = ''], after, { ref }) =>
          graph.assign(handle, ref(id), dtypeOf(backend, variable), after),
      }),
    );
    const step = { ...given, updates: [...assignments, ...given.updates] };
    const { tape, sources } = step;
    const divided = [...sources.values()].some(each => 'share' in each && each.share);
    if (hasLargeOps(tape, divided)) this.hasLargeOps = true;
    for (const { variables } of step.updates) for (const each of variables) this.changed.add(each);
    const outputs = tape.outputs.map(id => ({ id, ...kindOf(tape.kinds, id) }));
    const { updates } = step;
    const carried = carriedBy(updates, { backend, graph, state });
    return addLoop(graph, backend.binding, {
      frame: `runs${this.loops++}`,
      count,
      kinds: outputs,
      parallel: updates.length > 0 ? PARALLEL_UPDATES : PARALLEL,
      carried,
      body: iteration => {
        const handles = carried.map(({ handle }) => handle);
        const context = { backend, graph, state, iteration, updates, carried: handles };
        const variables = new Variables<Input>(context);
        const runs = inputs(iteration).map(begin => {
          const input = begin();
          const refs = this.addRun(step, iteration.enter, input, variables);
          variables.update({ ref: id => refOf(refs, id), input });
          return refs;
        });
        return {
          after: variables.after(),
          carried: variables.carried(),
          outputs: outputs.map(({ id, dtype }) =>
            graph.stack(
              runs.map(refs => refOf(refs, id)),
              dtype,
            ),
          ),
        };
      },
    });
  }

  /** Sets the factor between a float32 variable and its counterpart in the graph. To be called before {@link add}. */
  scale(variable: tf.Variable, factor: number): void {
    this.state.scale(variable, factor);
  }

  /** Picks samples of a tensor that stays as it is; as bytes if it holds bytes. */
  samples(tensor: tf.TensorInfo, rows: Ref, enter: Iteration['enter']): Ref {
    // `ResourceGather` would copy the whole tensor first; `ReadVariableOp` and `GatherV2` do not.
    const dtype = dtypeOf(this.backend, tensor);
    return this.graph.pick(this.constant(tensor, enter), rows, dtype);
  }

  /** Returns the floats of a tensor, given its values or samples in the graph. */
  floats(tensor: tf.TensorInfo, given: Ref): Ref {
    const bytes = bytesOf(tensor);
    if (!bytes) return given;
    const { graph } = this;
    const { TF_FLOAT, TF_UINT8 } = this.backend.binding;
    const cast = [graph.type('SrcT', TF_UINT8), graph.type('DstT', TF_FLOAT)];
    const divisor = graph.constant([], TF_FLOAT, Float32Array.of(bytes.divisor));
    const operands = [graph.add('Cast', [given], cast), divisor];
    return graph.add('RealDiv', operands, [graph.type('T', TF_FLOAT)]);
  }

  /**
   * Loads the graph, and hands it the variables and constants. It frees what it holds if either
   * fails.
   *
   * @throws NotRecordableError if TensorFlow refuses the graph, or no folder takes it.
   */
  load(): void {
    this.loaded = Session.load(this.backend, this.graph, this.hasLargeOps ? this.cores : undefined);
    try {
      this.push();
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Runs the graph, once it is loaded. */
  get session(): Session {
    if (!this.loaded) throw new Error('Expected the graph to be loaded');
    return this.loaded;
  }

  /** Hands the graph what was assigned to variables since the last call, or {@link pull}. */
  push(): void {
    this.state.push(this.session);
  }

  /** Assigns to the variables that the functions change the values that they have in the graph. */
  pull(): void {
    this.state.pull(this.session, this.changed);
  }

  dispose(): void {
    this.loaded?.dispose();
    this.loaded = undefined;
  }

  /** Returns the value of a tensor that stays as it is, in a loop. */
  private constant(tensor: tf.TensorInfo, enter: Iteration['enter']): Ref {
    return enter(this.state.valueOf(tensor), dtypeOf(this.backend, tensor));
  }

  private addRun<Input>(
    { tape, sources, drawn, updates }: GraphStep<Input>,
    enter: Iteration['enter'],
    input: Inputs<Input>,
    variables: Variables<Input>,
  ): Refs {
    const { graph } = this;
    const used = new Set([...tape.ops, ...updates].flatMap(({ inputs }) => inputs));
    for (const id of tape.outputs) used.add(id);
    const given: Refs = new Map();
    for (const [id, source] of sources) {
      if ('input' in source) {
        if (used.has(id)) given.set(id, input(source.input));
      } else given.set(id, variables.read(source.variable, source.share));
    }
    for (const constant of drawn) {
      given.set(constant.id, draw(graph, constant, this.backend.binding.TF_INT32));
    }
    return replay(graph, tape, given, used, tensor =>
      this.floats(tensor, this.constant(tensor, enter)),
    );
  }
}

/**
 * Iterations of a loop that TensorFlow may run at the same time: its default, and where each iteration waits for the
 * previous one. There, samples that were picked further ahead would take the place of the weights in the caches.
 */
const [PARALLEL, PARALLEL_UPDATES] = [10, 2];

/** Multiplications from which on an op gains by being divided, with all that is small beside it. */
const LARGE = 2 ** 24;

/**
 * Says whether a recording has ops that are large, and that no pass has divided into parts: TensorFlow's own
 * convolutions and, where no matrix is divided, products. TensorFlow computes an op on one core unless
 * all ops of its graph may be divided among several. Those of an LSTM take 1.2 times as long then, those of
 * a convolution over a sequence 1.3 times, and the lesson's 1.6 times; those of keras-io's mnist_convnet, by
 * TensorFlow's convolutions, 0.7 times.
 *
 * @param divided whether matrices are divided.
 */
const hasLargeOps = (tape: Tape, divided: boolean): boolean =>
  tape.ops.some(
    op => multiplicationsOf(op, tape) >= LARGE && !(divided && op.op.includes('MatMul')),
  );
