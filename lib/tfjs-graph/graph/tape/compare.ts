import { at } from '../../array';
import { NotRecordableError } from '../../errors';
import type { TensorId, Values } from '../backend';
import type { Tape, TapeConstant } from './tape';

/**
 * Finds the constants that two recordings of one function do not share, in the first and in the second:
 * numbers that JavaScript makes anew at each call, such as the mask of a Dropout layer.
 *
 * @throws NotRecordableError if the recordings differ in anything else.
 */
export function changingConstants(first: Tape, second: Tape): Map<TapeConstant, TapeConstant> {
  if (withoutNumbers(first) !== withoutNumbers(second)) {
    throw new NotRecordableError({ code: 'other-operations' });
  }
  const pairs = first.constants.map((constant, i) => [constant, at(second.constants, i)] as const);
  return new Map(pairs.filter(([one, other]) => !areSame(one.values, other.values)));
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

const areSame = (a: Values, b: Values) =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
