import type * as tf from '@tensorflow/tfjs';
import type { TensorId } from '../backend';
import { NotRecordableError } from '../errors';
import type { Tape } from '../trace/tape';
import { ALIAS } from '../trace/tape-writer';
import type { GraphText, Ref } from './graph-text';

/** Node outputs of a graph, by tensor of the recording. */
export type Refs = Map<TensorId, Ref>;

/**
 * Adds the ops of a recording to a graph. Repeated calls share the nodes of constants.
 *
 * @param externals refs that replace tensors of the recording
 * @param used tensors that need a node
 * @param capture adds a node with a tensor's current value
 * @returns a ref for each external, used or computed tensor
 * @throws NotRecordableError if TensorFlow.js does not know a used tensor
 */
export function replay(
  graph: GraphText,
  tape: Tape,
  externals: Refs,
  used: ReadonlySet<TensorId>,
  capture: (tensor: tf.TensorInfo) => Ref,
): Refs {
  const refs = new Map(externals);
  for (const { id, shape, dtype, values } of tape.constants) {
    refs.set(id, graph.constant(shape, dtype, values));
  }
  const computed = new Set(tape.ops.flatMap(({ outputs }) => outputs));
  for (const id of used) {
    if (refs.has(id) || computed.has(id)) continue;
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
