import { at } from '../../array';
import { Attributes, type Binding, type TensorId } from '../backend';
import { kindOf, producersOf, type Tape, type TapeOp, withOps } from '../tape/tape';
import { ALIAS } from '../tape/writer';

/** Maximum of classes for which this package's op beats the mere start of TensorFlow's softmax. */
const MAX_CLASSES = 64;

/**
 * Computes the cross-entropy of a softmax and the gradients from the logits. Saves two sequential ops, 4 % of a step of
 * the lesson (AMD EPYC).
 */
export function fuseSoftmax(tape: Tape, binding: Binding): Tape {
  const producers = producersOf(tape);
  const usersOf = (id: TensorId) => tape.ops.filter(({ inputs }) => inputs.includes(id));
  const replacements = new Map<TapeOp, TapeOp>();
  for (const op of tape.ops) {
    const [probabilities = 0, ...labels] = op.inputs;
    const softmax = producers.get(probabilities);
    const columns = kindOf(tape.kinds, probabilities).shape.at(-1) ?? 0;
    const isEntropy = ['SparseCrossEntropy', 'DenseCrossEntropy'].includes(op.op);
    if (!isEntropy || softmax?.op !== 'Softmax' || columns > MAX_CLASSES) continue;
    // The gradients of the loss are scaled by rows, then passed to the gradient of softmax.
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
    replacements.set(op, { ...op, attrs, inputs: [at(softmax.inputs, 0), ...labels] });
    for (const gradient of gradients) {
      replacements.set(gradient, { ...gradient, op: ALIAS, inputs: [at(gradient.inputs, 0)] });
    }
  }
  return withOps(tape, replacements);
}
