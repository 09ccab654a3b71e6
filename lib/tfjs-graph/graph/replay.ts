import type * as tf from '@tensorflow/tfjs';
import { NotRecordableError } from '../errors';
import type { TensorId } from './backend';
import type { GraphText, Ref } from './graph-text';
import type { Tape } from './tape/tape';
import { ALIAS } from './tape/writer';

/** The outputs of a graph's nodes, by the tensor of the recording that each stands for. */
export type Refs = Map<TensorId, Ref>;

/**
 * Adds the ops of a recording to a graph, once more at each call; its constants are the same nodes.
 *
 * @param given a ref for each tensor in whose place the graph has another one.
 * @param used the tensors that need a node.
 * @param capture adds a node for a tensor that is used as it is now.
 * @returns a ref for each tensor that is given, used or made.
 * @throws NotRecordableError if a tensor that is used is not one of TensorFlow.js's.
 */
export function replay(
  graph: GraphText,
  tape: Tape,
  given: Refs,
  used: ReadonlySet<TensorId>,
  capture: (tensor: tf.TensorInfo) => Ref,
): Refs {
  const refs = new Map(given);
  for (const { id, shape, dtype, values } of tape.constants) {
    if (!refs.has(id)) refs.set(id, graph.constant(shape, dtype, values));
  }
  const made = new Set(tape.ops.flatMap(({ outputs }) => outputs));
  for (const id of used) {
    if (refs.has(id) || made.has(id)) continue;
    const tensor = tape.tensors.get(id);
    if (!tensor) throw new NotRecordableError({ code: 'foreign-tensor' });
    refs.set(id, capture(tensor));
  }
  for (const { op, attrs, inputs, outputs } of tape.ops) {
    const sources = inputs.map(id => refOf(refs, id));
    const [source] = sources;
    const first = op === ALIAS && source !== undefined ? source : graph.add(op, sources, attrs);
    for (const [i, id] of outputs.entries()) refs.set(id, i === 0 ? first : `${first}:${i}`);
  }
  return refs;
}

export function refOf(refs: Refs, id: TensorId): Ref {
  const ref = refs.get(id);
  if (ref === undefined) throw new Error(`Expected a node for tensor ${id} but there is none`);
  return ref;
}
