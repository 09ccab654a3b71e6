import { at } from '../../array';
import { Attributes, type Binding, type TensorId } from '../backend';
import { kindOf, type Tape, type TapeOp } from '../tape/tape';
import { ALIAS } from '../tape/writer';

/** Classes up to which our op computes the softmax in less time than TensorFlow's own starts. */
const MAX_CLASSES = 64;

/**
 * Lets the cross-entropy of a softmax begin at the logits and return its slopes by logit. A step of the lesson
 * waits for two ops less: 4 % of its time (AMD EPYC).
 */
export function fuseSoftmax(tape: Tape, binding: Binding): Tape {
  const makers = new Map(tape.ops.flatMap(op => op.outputs.map(id => [id, op] as const)));
  const usersOf = (id: TensorId) => tape.ops.filter(({ inputs }) => inputs.includes(id));
  const changed = new Map<TapeOp, TapeOp>();
  for (const op of tape.ops) {
    const [probabilities = 0, ...others] = op.inputs;
    const softmax = makers.get(probabilities);
    const columns = kindOf(tape.kinds, probabilities).shape.at(-1) ?? 0;
    const isEntropy = ['SparseCrossEntropy', 'DenseCrossEntropy'].includes(op.op);
    if (!isEntropy || softmax?.op !== 'Softmax' || columns > MAX_CLASSES) continue;
    // The slopes times one number a row, and then the slopes by logit.
    const scaled = usersOf(at(op.outputs, 1));
    const gradients = scaled.flatMap(({ outputs }) => usersOf(at(outputs, 0)));
    const areScaled = scaled.every(
      ({ op: name, inputs }) =>
        name === 'Mul' && inputs.some(id => kindOf(tape.kinds, id).shape.at(-1) === 1),
    );
    const isChain = gradients.every(
      ({ op: name, inputs }) => name === 'SoftmaxGradient' && inputs[1] === probabilities,
    );
    if (!areScaled || !isChain || columns === 1) continue;
    const attrs = [new Attributes(binding).bool('from_logits', true)];
    changed.set(op, { ...op, attrs, inputs: [at(softmax.inputs, 0), ...others] });
    for (const each of gradients)
      changed.set(each, { ...each, op: ALIAS, inputs: [at(each.inputs, 0)] });
  }
  return { ...tape, ops: tape.ops.map(op => changed.get(op) ?? op) };
}
