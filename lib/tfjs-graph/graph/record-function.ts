import * as tf from '@tensorflow/tfjs';
import type { Text } from 'digits/language';
import type { NativeBackend, TensorId } from './backend';
import { changingConstants } from './tape/compare';
import { simplify } from './tape/simplify';
import { NotRecordableError, record, type Tape, type TensorKind } from './tape/tape';
import { allVariables, copyOf, preservingVariables, separateVariables } from './variables';

/** Tensors in, at least one tensor out; variables may be read and assigned to. */
export type TensorFunction = (...inputs: tf.Tensor[]) => tf.Tensor[];

/** A variable that a function reads or assigns to, as it was before and after. */
export interface Used {
  readonly variable: tf.Variable;
  readonly before: TensorId;
  readonly after: TensorId;
}

/** What a function does, the kinds of its outputs, and the variables that it uses. */
export interface RecordedFunction {
  /** Its first outputs are the function's. */
  readonly tape: Tape;
  readonly kinds: readonly TensorKind[];
  readonly variables: readonly Used[];
}

/**
 * Records a function of tensors twice, and leaves all variables as they were.
 *
 * @throws NotRecordableError where the two recordings show that it cannot be replayed.
 */
export function recordFunction(
  backend: NativeBackend,
  fn: TensorFunction,
  examples: readonly tf.Tensor[],
): RecordedFunction {
  tf.engine().startScope();
  try {
    // A recording tells inputs apart by their data.
    const inputs = examples.map(copyOf);
    const take = () =>
      preservingVariables(() =>
        record(backend, [...inputs, ...allVariables()], () => [
          ...fn(...inputs),
          ...allVariables(),
        ]),
      );
    take(); // what is made once is made here, and values in JavaScript go over to TensorFlow
    separateVariables();
    const variables = allVariables();
    const first = take();
    if (changingConstants(first, take()).size > 0) throw new NotRecordableError(CHANGES);
    const tape = simplify(first, backend.binding, first.outputs);
    const count = tape.outputs.length - variables.length;
    const kinds = tape.outputs.slice(0, count).map(id => tape.kinds.get(id) as TensorKind);
    return { tape, kinds, variables: usedOf(tape, variables) };
  } finally {
    tf.engine().endScope();
  }
}

/** Of the variables, which are the last inputs and outputs of a tape, those that it uses. */
function usedOf(tape: Tape, variables: readonly tf.Variable[]): Used[] {
  const lastOf = (ids: readonly TensorId[]) => ids.slice(ids.length - variables.length);
  const [before, after] = [lastOf(tape.inputs), lastOf(tape.outputs)];
  const all = variables.map((variable, i) => ({
    variable,
    before: before[i] as TensorId,
    after: after[i] as TensorId,
  }));
  const isChanged = ({ before, after }: Used) => before !== after;
  const read = new Set([
    ...tape.outputs.slice(0, tape.outputs.length - variables.length),
    ...all.filter(isChanged).map(({ after }) => after),
    ...tape.ops.flatMap(({ inputs }) => inputs),
  ]);
  return all.filter(used => isChanged(used) || read.has(used.before));
}

const CHANGES: Text = {
  zh: '它在每次调用时用 JavaScript 生成新的数值',
  en: 'it makes new numbers in JavaScript at each call',
};
