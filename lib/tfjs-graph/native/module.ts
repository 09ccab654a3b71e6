import { availableParallelism } from 'node:os';
import type * as tf from '@tensorflow/tfjs';
import type { NativeBackend } from '../backend';
import { bytesOf } from '../bytes/byte-tensor';
import type { RecordedFunction, Scales } from '../trace/recording';
import { kindOf, multiplicationsOf, type Tape } from '../trace/tape';
import { addRandom } from './add-random';
import { GraphText, type Ref } from './graph-text';
import { type Refs, refOf, replay } from './replay';
import { Session } from './session';
import { dtypeOf, SessionState } from './state';
import { carriedBy, type Inputs, type Update, Variables } from './updates';
import { addLoop, type Iteration } from './while-loop';

interface GraphStep<Input> extends RecordedFunction<Input> {
  /** Updates in addition to the assignments. */
  readonly updates: readonly Update<Input>[];
}

interface Runs<Input> {
  readonly count: Ref;
  /** Returns a function for each run of an iteration, which starts the run and returns the run's inputs. */
  inputs(iteration: Iteration): readonly (() => Inputs<Input>)[];
}

/** Recorded functions in one TensorFlow graph with shared variables. */
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
    scales?: Scales,
  ) {
    this.graph = new GraphText(backend.binding);
    this.state = new SessionState(backend, this.graph, scales);
  }

  /** Adds a loop that runs a function, before {@link load}. Returns the outputs of all runs, `[runs, ...shape]` each. */
  add<Input>(recorded: GraphStep<Input>, { count, inputs }: Runs<Input>): Ref[] {
    const { graph, backend, state } = this;
    const assignments = Array.from(
      recorded.assigned,
      ([variable, id]): Update<Input> => ({
        variables: [variable],
        inputs: [id],
        add: ([handle = ''], { ref }, after) => [
          graph.assign(handle, ref(id), dtypeOf(backend, variable), after),
        ],
      }),
    );
    const step = { ...recorded, updates: [...assignments, ...recorded.updates] };
    const { tape, sources } = step;
    const isSplit = [...sources.values()].some(source => 'share' in source && source.share);
    if (hasLargeOps(tape, isSplit)) this.hasLargeOps = true;
    for (const variable of step.updates.flatMap(({ variables }) => variables)) {
      this.changed.add(variable);
    }
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

  /** Gathers samples of a column, as bytes if stored as bytes. */
  samples(tensor: tf.TensorInfo, rows: Ref, enter: Iteration['enter']): Ref {
    // `ResourceGather` would copy the whole tensor; `ReadVariableOp` with `GatherV2` does not.
    const dtype = dtypeOf(this.backend, tensor);
    return this.graph.gather(this.constant(tensor, enter), rows, dtype);
  }

  /** Converts values or samples of a tensor to floats. */
  floats(tensor: tf.TensorInfo, values: Ref): Ref {
    const bytes = bytesOf(tensor);
    if (!bytes) return values;
    const { graph } = this;
    const { TF_FLOAT, TF_UINT8 } = this.backend.binding;
    const cast = [graph.type('SrcT', TF_UINT8), graph.type('DstT', TF_FLOAT)];
    const divisor = graph.constant([], TF_FLOAT, Float32Array.of(bytes.divisor));
    const operands = [graph.add('Cast', [values], cast), divisor];
    return graph.add('RealDiv', operands, [graph.type('T', TF_FLOAT)]);
  }

  /**
   * Loads the graph and copies variables and constants into it. Frees the graph on failure. Throws NotRecordableError
   * if TensorFlow rejects the graph, or no temporary folder is writable.
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

  get session(): Session {
    if (!this.loaded) throw new Error('Expected the graph to be loaded');
    return this.loaded;
  }

  /** Copies values assigned to variables since the last call, or the last {@link pull}, into the graph. */
  push(): void {
    this.state.push(this.session);
  }

  /** Copies the graph's values to all variables that the functions change. */
  pull(): void {
    this.state.pull(this.session, this.changed);
  }

  dispose(): void {
    this.loaded?.dispose();
    this.loaded = undefined;
  }

  /** Returns the value of a loop-invariant tensor. */
  private constant(tensor: tf.TensorInfo, enter: Iteration['enter']): Ref {
    return enter(this.state.valueOf(tensor), dtypeOf(this.backend, tensor));
  }

  private addRun<Input>(
    { tape, sources, random, updates }: GraphStep<Input>,
    enter: Iteration['enter'],
    input: Inputs<Input>,
    variables: Variables<Input>,
  ): Refs {
    const { graph } = this;
    const used = new Set([...tape.ops, ...updates].flatMap(({ inputs }) => inputs));
    for (const id of tape.outputs) used.add(id);
    const externals: Refs = new Map();
    for (const [id, source] of sources) {
      if ('input' in source) {
        if (used.has(id)) externals.set(id, input(source.input));
      } else externals.set(id, variables.read(source.variable, source.share));
    }
    for (const constant of random) {
      externals.set(constant.id, addRandom(graph, constant, this.backend.binding.TF_INT32));
    }
    return replay(graph, tape, externals, used, tensor =>
      this.floats(tensor, this.constant(tensor, enter)),
    );
  }
}

/**
 * Maximum of parallel iterations of a loop: TensorFlow's default, and the limit for loops with updates, where samples
 * gathered further ahead would displace the weights from the processor's cache.
 */
const [PARALLEL, PARALLEL_UPDATES] = [10, 2];

/** Minimal number of multiplications for which intra-op threads make a whole graph faster. */
const LARGE = 2 ** 24;

/**
 * Returns whether a recording has large ops that no rewrite has split: TensorFlow's convolutions, or products of
 * matrices. TensorFlow enables intra-op threads only for a whole graph. They slow down small ops (LSTM ×1.2, Conv1D
 * ×1.3, the lesson ×1.6) but speed up TensorFlow's large convolutions (keras-io's mnist_convnet ×0.7).
 */
const hasLargeOps = (tape: Tape, isSplit: boolean): boolean =>
  tape.ops.some(
    op => multiplicationsOf(op, tape) >= LARGE && !(isSplit && op.op.includes('MatMul')),
  );
