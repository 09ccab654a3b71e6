import { at } from '../../array';
import { NotRecordableError } from '../../errors';
import type { TensorId, Values } from '../backend';
import type { Tape, TapeConstant, TensorKind } from './tape';

/**
 * Finds the constants that two recordings of one function do not share, in the first and in the second:
 * numbers that JavaScript makes anew at each call, such as the mask of a Dropout layer.
 *
 * @throws NotRecordableError if the recordings differ in anything else.
 */
export function changingConstants(first: Tape, second: Tape): Map<TapeConstant, TapeConstant> {
  const pairs = pairIds(first, second);
  const changing = new Map<TapeConstant, TapeConstant>();
  first.constants.forEach((constant, i) => {
    const other = at(second.constants, i);
    if (!sameKind(constant, other)) throw new NotRecordableError({ code: 'other-operations' });
    if (!sameValues(constant.values, other.values)) changing.set(constant, other);
  });
  const samePlaces = (ids: readonly TensorId[], others: readonly TensorId[]) =>
    ids.length === others.length && ids.every((id, i) => (pairs.get(id) ?? id) === others[i]);
  const sameOps = first.ops.every((op, i) => {
    const other = second.ops[i];
    return (
      other?.op === op.op &&
      JSON.stringify(other.attrs) === JSON.stringify(op.attrs) &&
      samePlaces(op.inputs, other.inputs)
    );
  });
  if (!sameOps || !samePlaces(first.outputs, second.outputs)) {
    throw new NotRecordableError({ code: 'other-operations' });
  }
  return changing;
}

/** Finds which tensor of the second recording stands for which of the first. */
function pairIds(first: Tape, second: Tape): Map<TensorId, TensorId> {
  const made = (tape: Tape) => [
    ...tape.inputs,
    ...tape.constants.map(({ id }) => id),
    ...tape.ops.flatMap(({ outputs }) => outputs),
  ];
  const [ids, others] = [made(first), made(second)];
  const sameSizes = first.constants.length === second.constants.length;
  if (ids.length !== others.length || !sameSizes) {
    throw new NotRecordableError({ code: 'other-operations' });
  }
  return new Map(ids.map((id, i) => [id, at(others, i)]));
}

const sameKind = (a: TensorKind, b: TensorKind) =>
  a.dtype === b.dtype && String(a.shape) === String(b.shape);

const sameValues = (a: Values, b: Values) =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
