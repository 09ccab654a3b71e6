import type { Text } from 'digits/language';
import type { TensorId } from './backend';
import type { GraphText, Ref } from './graph-text';
import { NotRecordableError, type Tape, type TapeConstant } from './tape/tape';

/**
 * Of the constants that change from call to call, those that a graph can draw by itself: the
 * uniform numbers in [0, 1) from which Dropout makes its mask, `floor(uniform + keepProbability)`.
 *
 * @throws NotRecordableError for any other constant that changes.
 */
export function uniformConstants(tape: Tape, changing: ReadonlySet<TensorId>): TapeConstant[] {
  const constants = tape.constants.filter(({ id }) => changing.has(id));
  for (const { id, values } of constants) {
    const [add, ...others] = usersOf(tape, id);
    const floored = add && usersOf(tape, add.outputs[0]).every(({ op }) => op === 'Floor');
    const uniform = values.every((value: number) => value >= 0 && value < 1);
    if (!uniform || !floored || others.length > 0 || !/^Add(V2)?$/.test(add.op)) {
      throw new NotRecordableError(RANDOM);
    }
  }
  return constants;
}

const usersOf = (tape: Tape, id?: TensorId) =>
  tape.ops.filter(({ inputs }) => inputs.some(input => input === id));

/** Adds a node that draws uniform numbers in [0, 1), others at each run. */
export function randomUniform(
  graph: GraphText,
  { shape, dtype }: TapeConstant,
  int32: number,
): Ref {
  const size = graph.constant([shape.length], int32, Int32Array.from(shape));
  const attrs = [
    graph.type('dtype', dtype),
    graph.type('T', int32),
    graph.int('seed', 0),
    graph.int('seed2', 0),
  ];
  return graph.add('RandomUniform', [size], attrs);
}

const RANDOM: Text = {
  zh: '它在每一步用 JavaScript 生成新的数值（例如随机噪声）',
  en: 'it makes new numbers in JavaScript at each step, such as random noise',
};
