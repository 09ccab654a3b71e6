import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { InputError, NotRecordableError } from '../errors';
import { withValues } from '../with-values';
import type { TensorId, Values } from './backend';
import type { RecordedFunction, Source } from './module';
import { withNormalization } from './normalization';
import { drawnConstants, notingSeeds, type Seed } from './random';
import type { Tape, TapeConstant } from './tape/tape';

/** Tensors in, at least one tensor out; variables may be read and assigned to. */
export type TensorFunction = (...inputs: tf.Tensor[]) => tf.Tensor[];

/** Records what functions do on an engine. */
export interface Recorder {
  /**
   * @param inputs tensors that may have other values when the record is replayed, variables included.
   * @param run returns the tensors to be computed; called within a scope of tensors.
   * @throws NotRecordableError if it reads values back into JavaScript.
   */
  record(inputs: readonly tf.TensorInfo[], run: () => readonly tf.TensorInfo[]): Tape;
  /** Brings a record into the form that computes fastest. */
  simplify(tape: Tape): Tape;
}

/** Its sources are the inputs, by their places, and the variables that it reads, as it finds them. */
interface Recording extends Omit<RecordedFunction<number>, 'drawn'> {
  /** Constants that JavaScript makes anew at each call: as recorded first, and as recorded again. */
  readonly changing: ReadonlyMap<TapeConstant, TapeConstant>;
  readonly seeds: readonly Seed[];
  readonly trial: Trial;
}

/** A recording as it is made, and its constants that change, by their place: as recorded again. */
interface Trial {
  readonly whole: Tape;
  readonly changes: ReadonlyMap<number, TapeConstant>;
}

interface Trials {
  /** Makes the inputs of the first recording, and of the second, each with data of its own. */
  readonly examples: (trial: 'first' | 'second') => tf.Tensor[];
  /** Runs the second recording, if something beside the inputs is to differ. */
  readonly differently?: <T>(work: () => T) => T;
  /** The function as recorded on samples of another number: if its ops are the same, so is what changes. */
  readonly like?: Trial | undefined;
}

/**
 * Records a function of tensors, twice unless it is like a recording, and leaves all variables as they were.
 *
 * @throws NotRecordableError if the two recordings show that it cannot be replayed.
 */
export function recordFunction(
  recorder: Recorder,
  fn: TensorFunction,
  { examples, differently = work => work(), like }: Trials,
): Recording {
  let second: Tape | undefined;
  const again = () => {
    second ??= differently(() => recordOnce(recorder, fn, () => examples('second')).tape);
    return second;
  };
  return againIfNeeded(() => {
    const first = recordOnce(recorder, fn, () => examples('first'));
    const whole = first.tape;
    const changes =
      like && haveSameOps(whole, like.whole) ? like.changes : changingConstants(whole, again());
    const changing = new Map([...changes].map(([i, other]) => [at(whole.constants, i), other]));
    const { seeds } = first;
    return { ...withoutVariables(first, recorder), seeds, changing, trial: { whole, changes } };
  });
}

/**
 * Records a function on copies of examples, with the random numbers that each run is to draw.
 *
 * @throws NotRecordableError if it cannot be replayed.
 * @throws InputError if it returns nothing.
 */
export function recordOnExamples(
  recorder: Recorder,
  fn: TensorFunction,
  examples: readonly tf.Tensor[],
): RecordedFunction<number> {
  const recorded = recordFunction(recorder, fn, { examples: () => examples.map(copyOf) });
  const { tape, seeds, changing } = recorded;
  if (tape.outputs.length === 0) throw new InputError({ code: 'no-output' });
  return { ...recorded, drawn: drawnConstants(seeds, changing.keys()) };
}

/**
 * Runs `work` once more if it fails: the first run of a function may do more than the next, as it
 * makes what is made once, such as an optimizer's slots, and hands over what was still in JavaScript.
 */
function againIfNeeded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof NotRecordableError)) throw error;
    return work();
  }
}

/** Records a function together with all variables, which are its last inputs and outputs. */
const recordOnce = (
  recorder: Recorder,
  fn: TensorFunction,
  makeExamples: () => tf.Tensor[],
): { tape: Tape; seeds: readonly Seed[]; variables: readonly tf.Variable[] } =>
  preservingVariables(() => {
    separateVariables();
    const seeds: Seed[] = [];
    // `tf.tidy` takes no other results.
    tf.engine().startScope();
    try {
      const examples = makeExamples();
      const variables = allVariables();
      const run = () => [...withNormalization(() => fn(...examples)), ...variables];
      const record = () => recorder.record([...examples, ...variables], run);
      return { tape: notingSeeds(seeds, record), seeds, variables };
    } catch (error) {
      // TensorFlow.js keeps what it saves for gradients, and frees it only behind the function.
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
 * Finds the constants that two recordings of one function do not share, by their place, as in the second:
 * numbers that JavaScript makes anew at each call, such as the mask of a Dropout layer.
 *
 * @throws NotRecordableError if the recordings differ in anything else.
 */
function changingConstants(first: Tape, second: Tape): Trial['changes'] {
  if (withoutNumbers(first) !== withoutNumbers(second)) {
    throw new NotRecordableError({ code: 'other-operations' });
  }
  const others = second.constants.map((constant, i) => [i, constant] as const);
  return new Map(
    others.filter(([i, { values }]) => !areSame(at(first.constants, i).values, values)),
  );
}

/** Writes all of a recording but the numbers of its constants, each of its tensors by its place in it. */
function withoutNumbers({ inputs, constants, ops, outputs }: Tape): string {
  const made = [...inputs, ...constants.map(({ id }) => id), ...ops.flatMap(op => op.outputs)];
  const places = new Map(made.map((id, place) => [id, { place }]));
  const placed = (ids: readonly TensorId[]) => ids.map(id => places.get(id) ?? id);
  return JSON.stringify([
    inputs.length,
    constants.map(({ shape, dtype }) => [shape, dtype]),
    ops.map(each => [each.op, each.attrs, placed(each.inputs), each.outputs.length]),
    placed(outputs),
  ]);
}

// Not by Node's buffers, which a page lacks.
const areSame = (a: Values, b: Values) =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

/** Tells the function's own inputs and outputs from the variables, and leaves out what nothing needs. */
function withoutVariables({ tape, variables }: ReturnType<typeof recordOnce>, recorder: Recorder) {
  const inputs = tape.inputs.slice(0, tape.inputs.length - variables.length);
  const outputs = tape.outputs.slice(0, tape.outputs.length - variables.length);
  const before = new Map(variables.map((each, i) => [each, at(tape.inputs, inputs.length + i)]));
  const after = variables.map((each, i) => [each, at(tape.outputs, outputs.length + i)] as const);
  const assigned = new Map(after.filter(([variable, id]) => before.get(variable) !== id));
  const wanted = [...outputs, ...assigned.values()];
  const needed = onlyFor(recorder.simplify({ ...tape, outputs }), wanted);
  const used = new Set([...wanted, ...needed.ops.flatMap(op => op.inputs)]);
  const sources = new Map<TensorId, Source<number>>(inputs.map((id, input) => [id, { input }]));
  for (const [variable, id] of before) if (used.has(id)) sources.set(id, { variable });
  return { tape: needed, sources, assigned };
}

/** Leaves out of a tape what these tensors do not need. */
function onlyFor(tape: Tape, wanted: Iterable<TensorId>): Tape {
  const needed = new Set(wanted);
  const ops = [...tape.ops].reverse().filter(({ inputs, outputs }) => {
    const serves = outputs.some(id => needed.has(id));
    if (serves) for (const id of inputs) needed.add(id);
    return serves;
  });
  const constants = tape.constants.filter(({ id }) => needed.has(id));
  return { ...tape, ops: ops.reverse(), constants };
}

const allVariables = (): tf.Variable[] => Object.values(tf.engine().registeredVariables);

/**
 * Gives each variable data of its own: `a.setWeights(b.getWeights())` lets two share theirs, and a
 * recording tells variables apart by their data.
 */
function separateVariables(): void {
  const seen = new Set<tf.DataId>();
  for (const variable of allVariables()) {
    if (seen.has(variable.dataId)) {
      const copy = copyOf(variable);
      variable.assign(copy);
      copy.dispose();
    }
    seen.add(variable.dataId);
  }
}

/** Copies a tensor, to data of its own. */
export const copyOf = (tensor: tf.Tensor): tf.Tensor =>
  tf.tensor(tensor.dataSync().slice(), tensor.shape, tensor.dtype);

/** Runs `work`, and undoes what it did to variables. */
export function preservingVariables<T>(work: () => T): T {
  const saved = new Map<tf.Variable, tf.Tensor>();
  const { assign } = tf.Variable.prototype;
  // Also catches variables that are made while it runs, before their first change.
  const saving = function (this: tf.Variable, value: tf.Tensor) {
    if (!saved.has(this)) saved.set(this, tf.keep(this.clone()));
    assign.call(this, value);
  };
  try {
    return withValues(tf.Variable.prototype, { assign: saving }, work);
  } finally {
    for (const [variable, before] of saved) {
      variable.assign(before);
      before.dispose();
    }
  }
}
