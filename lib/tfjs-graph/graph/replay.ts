import type * as tf from '@tensorflow/tfjs';
import type { Text } from 'digits/language';
import type { TensorId } from './backend';
import type { GraphText, Ref } from './graph-text';
import { NotRecordableError, type Tape } from './tape/tape';
import { ALIAS } from './tape/writer';

/** The outputs of a graph's nodes, by the tensor of the recording that each stands for. */
export type Refs = Map<TensorId, Ref>;

/** Adds the constants of a recording to a graph, once for all its replays. */
export function addConstants(graph: GraphText, tape: Tape, without: ReadonlySet<TensorId>): Refs {
  const kept = tape.constants.filter(({ id }) => !without.has(id));
  return new Map(kept.map(c => [c.id, graph.constant(c.shape, c.dtype, c.values)]));
}

/**
 * Adds the ops of a recording to a graph, once more at each call.
 *
 * @param given a ref for each tensor that the ops use but do not make.
 * @returns those and a ref for each tensor that they make.
 */
export function replay(graph: GraphText, tape: Tape, given: Refs): Refs {
  const refs = new Map(given);
  for (const { op, attrs, inputs, outputs } of tape.ops) {
    const sources = inputs.map(id => refOf(refs, id));
    const first = op === ALIAS ? (sources[0] as Ref) : graph.add(op, sources, attrs);
    for (const [i, id] of outputs.entries()) refs.set(id, i === 0 ? first : `${first}:${i}`);
  }
  return refs;
}

/** The ref of a tensor that has one. */
export function refOf(refs: Refs, id: TensorId): Ref {
  const ref = refs.get(id);
  if (ref === undefined) throw new Error(`Expected a node for tensor ${id} but there is none`);
  return ref;
}

/**
 * Tensors that a recording uses, but neither makes nor names among its inputs.
 *
 * @throws NotRecordableError where such a tensor is not one of TensorFlow.js's.
 */
export function capturesOf(tape: Tape): Map<TensorId, tf.TensorInfo> {
  const known = new Set([
    ...tape.inputs,
    ...tape.constants.map(({ id }) => id),
    ...tape.ops.flatMap(({ outputs }) => outputs),
  ]);
  const used = [...tape.ops.flatMap(({ inputs }) => inputs), ...tape.outputs];
  const captured = [...new Set(used)].filter(id => !known.has(id));
  return new Map(
    captured.map(id => {
      const tensor = tape.tensors.get(id);
      if (!tensor) throw new NotRecordableError(UNKNOWN);
      return [id, tensor];
    }),
  );
}

const UNKNOWN: Text = {
  zh: '它用到了不属于 TensorFlow.js 的张量',
  en: 'it uses a tensor that does not belong to TensorFlow.js',
};
