import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { TensorId, Values } from '../backend';
import { InputError, NotRecordableError } from '../errors';
import { withPatches, withValues } from '../with-values';
import { callPatches } from './layer-calls';
import { normalizations } from './normalization';
import { captureSeeds, findDistributions, type RandomConstant, type Seed } from './random';
import type { Tape, TapeConstant } from './tape';

/** A function that returns at least one tensor, and may read and assign variables. */
export type TensorFunction = (...inputs: tf.Tensor[]) => tf.Tensor[];

/** A shard of a matrix: an equal share of the columns, in a separate variable. */
export interface Share {
  readonly index: number;
  readonly count: number;
}

/** The factors from float32 variables to an engine's copies. */
export type Scales = ReadonlyMap<tf.TensorInfo, number>;

/** The origin of a recording's external tensor. */
export type Source<Input> =
  | { readonly input: Input }
  | { readonly variable: tf.Variable; readonly share?: Share | undefined };

export interface RecordedFunction<Input> {
  readonly tape: Tape;
  readonly sources: ReadonlyMap<TensorId, Source<Input>>;
  /** Constants to be replaced by new random numbers in each run. */
  readonly random: readonly RandomConstant[];
  /** The final values of assigned variables. */
  readonly assigned: ReadonlyMap<tf.Variable, TensorId>;
}

/**
 * Records the operations of `run`, simplified.
 *
 * @param inputs tensors and variables with other values in a replay
 * @param run returns the tensors to compute; called within a tensor scope
 * @throws NotRecordableError if `run` reads values back into JavaScript
 */
export type Recorder = (
  inputs: readonly tf.TensorInfo[],
  run: () => readonly tf.TensorInfo[],
) => Tape;

export interface Recording<Input> extends RecordedFunction<Input> {
  /** The tape with unneeded ops, and with the variables as inputs and outputs. */
  readonly whole: Tape;
  /** The second recording's constants that differ, by index in the whole tape. */
  readonly changes: ReadonlyMap<number, TapeConstant>;
}

interface RecordingOptions<Input> {
  /** Creates the inputs of a recording, without shared data. */
  readonly examples: (recording: 'first' | 'second') => tf.Tensor[];
  /** Runs the second recording with other changes than the inputs. */
  readonly perturb?: <T>(work: () => T) => T;
  /** Returns the input for a constant that differs; undefined for random numbers. */
  readonly inputOf?: (first: TapeConstant, second: TapeConstant) => Input | undefined;
  /** A recording with another batch size: if the ops are equal, the same constants change. */
  readonly similar?: Pick<Recording<Input>, 'whole' | 'changes'> | undefined;
}

/**
 * Records a function of tensors and restores all variables. Records twice, unless a similar recording is known, and
 * throws NotRecordableError if the two recordings show that the function cannot be replayed. The sources are indices of
 * inputs, variables, or inputs of `inputOf`.
 */
export function recordFunction<Input = number>(
  recorder: Recorder,
  fn: TensorFunction,
  { examples, perturb = work => work(), inputOf, similar }: RecordingOptions<Input>,
): Recording<Input | number> {
  let second: Tape | undefined;
  const { seeds, ...recording } = retryOnce(() => {
    const first = recordOnce(recorder, fn, () => examples('first'));
    const { tape: whole, seeds } = first;
    const recording = { ...withoutVariables<Input>(first), whole, seeds };
    if (similar && haveSameOps(whole, similar.whole))
      return { ...recording, changes: similar.changes };
    second ??= perturb(() => recordOnce(recorder, fn, () => examples('second')).tape);
    return { ...recording, changes: changingConstants(whole, second) };
  });
  const { tape, whole, changes, sources } = recording;
  const changing = new Map(Array.from(changes, ([i, other]) => [at(whole.constants, i), other]));
  const random: TapeConstant[] = [];
  for (const [constant, other] of changing) {
    const input = inputOf?.(constant, other);
    if (input === undefined) random.push(constant);
    else sources.set(constant.id, { input });
  }
  const constants = tape.constants.filter(constant => !changing.has(constant));
  return {
    ...recording,
    tape: { ...tape, constants },
    random: findDistributions(seeds, random),
  };
}

/**
 * Records a function on copies of examples. Throws NotRecordableError if the function cannot be replayed, and InputError
 * if the function returns no tensors.
 */
export function recordOnExamples(
  recorder: Recorder,
  fn: TensorFunction,
  examples: readonly tf.Tensor[],
): RecordedFunction<number> {
  const recorded = recordFunction(recorder, fn, { examples: () => examples.map(copyOf) });
  if (recorded.tape.outputs.length === 0) throw new InputError({ code: 'no-output' });
  return recorded;
}

/**
 * Retries `work` once after a failure: a function's first call may do additional work, such as creating an optimizer's
 * slots or copying values from JavaScript to the backend.
 */
function retryOnce<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof NotRecordableError)) throw error;
    return work();
  }
}

/** Records a function once. All variables are additional inputs and outputs, in last position. */
const recordOnce = (
  recorder: Recorder,
  fn: TensorFunction,
  createExamples: () => tf.Tensor[],
): { tape: Tape; seeds: readonly Seed[]; variables: readonly tf.Variable[] } =>
  preservingVariables(() => {
    separateVariables();
    const seeds: Seed[] = [];
    // Not `tf.tidy`, which restricts the result type.
    tf.engine().startScope();
    try {
      const examples = createExamples();
      const variables = allVariables();
      const patches = callPatches(normalizations);
      const run = () => [...withPatches(patches, () => fn(...examples)), ...variables];
      const record = () => recorder([...examples, ...variables], run);
      return { tape: captureSeeds(seeds, record), seeds, variables };
    } catch (error) {
      // TensorFlow.js frees tensors saved for gradients only after a successful function.
      tf.dispose(tf.engine().state.activeTape?.flatMap(({ saved = [] }) => saved) ?? []);
      throw error;
    } finally {
      tf.engine().endScope();
    }
  });

const haveSameOps = (a: Tape, b: Tape) =>
  a.constants.length === b.constants.length &&
  String(a.ops.map(({ op }) => op)) === String(b.ops.map(({ op }) => op));

/**
 * Returns the second recording's constants that differ from the first, by index: numbers that JavaScript computes in
 * each call, such as Dropout masks. Throws NotRecordableError if the recordings differ otherwise.
 */
function changingConstants(first: Tape, second: Tape): Recording<unknown>['changes'] {
  if (withoutNumbers(first) !== withoutNumbers(second)) {
    throw new NotRecordableError({ code: 'other-operations' });
  }
  const others = second.constants.map((constant, i) => [i, constant] as const);
  return new Map(
    others.filter(([i, { values }]) => !areSame(at(first.constants, i).values, values)),
  );
}

/** Serializes a tape without the values of constants. Tensor ids become indices in the tape. */
function withoutNumbers({ inputs, constants, ops, outputs }: Tape): string {
  const tensors = [...inputs, ...constants.map(({ id }) => id), ...ops.flatMap(op => op.outputs)];
  const indices = new Map(tensors.map((id, index) => [id, { index }]));
  const indicesOf = (ids: readonly TensorId[]) => ids.map(id => indices.get(id) ?? id);
  return JSON.stringify([
    inputs.length,
    constants.map(({ shape, dtype }) => [shape, dtype]),
    ops.map(op => [op.op, op.attrs, indicesOf(op.inputs), op.outputs.length]),
    indicesOf(outputs),
  ]);
}

// Without Node's buffers, which browsers lack.
const areSame = (a: Values, b: Values) =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/** Separates a function's inputs and outputs from the variables, and removes unneeded ops. */
function withoutVariables<Input>({ tape, variables }: ReturnType<typeof recordOnce>) {
  const inputs = tape.inputs.slice(0, tape.inputs.length - variables.length);
  const outputs = tape.outputs.slice(0, tape.outputs.length - variables.length);
  const initial = new Map(
    variables.map((variable, i) => [variable, at(tape.inputs, inputs.length + i)]),
  );
  const final = variables.map(
    (variable, i) => [variable, at(tape.outputs, outputs.length + i)] as const,
  );
  const assigned = new Map(final.filter(([variable, id]) => initial.get(variable) !== id));
  const results = [...outputs, ...assigned.values()];
  const needed = pruned({ ...tape, outputs }, results);
  const used = new Set([...results, ...needed.ops.flatMap(op => op.inputs)]);
  const sources = new Map<TensorId, Source<Input | number>>(
    inputs.map((id, input) => [id, { input }]),
  );
  for (const [variable, id] of initial) if (used.has(id)) sources.set(id, { variable });
  return { tape: needed, sources, assigned };
}

/** Returns a tape with only the ops and constants for these tensors. */
function pruned(tape: Tape, results: Iterable<TensorId>): Tape {
  const needed = new Set(results);
  const ops = [...tape.ops].reverse().filter(({ inputs, outputs }) => {
    const isNeeded = outputs.some(id => needed.has(id));
    if (isNeeded) for (const id of inputs) needed.add(id);
    return isNeeded;
  });
  const constants = tape.constants.filter(({ id }) => needed.has(id));
  return { ...tape, ops: ops.reverse(), constants };
}

const allVariables = (): tf.Variable[] => Object.values(tf.engine().registeredVariables);

/**
 * Copies data shared by several variables, such as after `a.setWeights(b.getWeights())`: recordings identify variables
 * by their data.
 */
function separateVariables(): void {
  const dataIds = new Set<tf.DataId>();
  for (const variable of allVariables()) {
    if (dataIds.has(variable.dataId)) {
      const copy = copyOf(variable);
      variable.assign(copy);
      copy.dispose();
    }
    dataIds.add(variable.dataId);
  }
}

export const copyOf = (tensor: tf.Tensor): tf.Tensor =>
  tf.tensor(tensor.dataSync().slice(), tensor.shape, tensor.dtype);

export function preservingVariables<T>(work: () => T): T {
  const saved = new Map<tf.Variable, tf.Tensor>();
  const { assign } = tf.Variable.prototype;
  // Includes variables created by `work`, before the first assignment.
  const saveAndAssign = function (this: tf.Variable, value: tf.Tensor) {
    if (!saved.has(this)) saved.set(this, tf.keep(this.clone()));
    assign.call(this, value);
  };
  try {
    return withValues(tf.Variable.prototype, { assign: saveAndAssign }, work);
  } finally {
    for (const [variable, value] of saved) {
      variable.assign(value);
      value.dispose();
    }
  }
}
