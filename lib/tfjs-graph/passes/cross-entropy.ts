import { at } from '../array';
import { Attributes, type Binding, type TensorId } from '../backend';
import { kindOf, producersOf, type Tape, type TapeOp, withOps } from '../trace/tape';
import { aliasOf } from '../trace/tape-writer';

/** Maximum of classes for which this package's op beats the mere start of TensorFlow's softmax. */
const MAX_CLASSES = 64;

/**
 * Computes the softmax, the cross-entropy, and the gradients by logits, scaled by a constant, by one op. Saves four
 * ops of a step of the lesson; two of them alone took 4 % of the step (AMD EPYC).
 */
export function fuseSoftmax(tape: Tape, binding: Binding): Tape {
  const attributes = new Attributes(binding);
  const producers = producersOf(tape);
  const usersOf = (id: TensorId) => tape.ops.filter(({ inputs }) => inputs.includes(id));
  const replacements = new Map<TapeOp, TapeOp>();
  const removed = new Set<TapeOp>();
  for (const op of tape.ops) {
    const [probabilities = 0, ...labels] = op.inputs;
    const softmax = producers.get(probabilities);
    const columns = kindOf(tape.kinds, probabilities).shape.at(-1) ?? 0;
    const isEntropy = ['SparseCrossEntropy', 'DenseCrossEntropy'].includes(op.op);
    if (!isEntropy || softmax?.op !== 'Softmax' || columns > MAX_CLASSES) continue;
    // The gradients of the loss are scaled by rows, then passed to the gradient of softmax.
    const scaled = usersOf(at(op.outputs, 1));
    const gradients = scaled.flatMap(({ outputs }) => usersOf(at(outputs, 0)));
    const factor = scaled[0]?.inputs.find(id => id !== op.outputs[1]) ?? 0;
    const [scale, ...others] = new Set(tape.constants.find(({ id }) => id === factor)?.values);
    const areScaled = scaled.every(
      ({ op: name, inputs }) =>
        name === 'Mul' && inputs.some(id => kindOf(tape.kinds, id).shape.at(-1) === 1),
    );
    const isChain = gradients.every(
      ({ op: name, inputs }) => name === 'SoftmaxSlopes' && inputs[1] === probabilities,
    );
    if (!areScaled || !isChain || columns === 1 || usersOf(probabilities)[0] !== op) continue;
    const isConstant = scaled.length === 1 && scale !== undefined && others.length === 0;
    const attrs = [
      attributes.bool('from_logits', true),
      attributes.float('scale', isConstant ? scale : 1),
    ];
    const outputs = [...op.outputs.slice(0, 2), probabilities];
    replacements.set(op, { ...op, attrs, inputs: [at(softmax.inputs, 0), ...labels], outputs });
    removed.add(softmax);
    const aliases = [...(isConstant ? scaled : []), ...gradients];
    const slopes = at(op.outputs, 1);
    for (const alias of aliases) {
      const input = scaled.includes(alias) ? slopes : at(alias.inputs, 0);
      replacements.set(alias, aliasOf(alias, input));
    }
  }
  const ops = tape.ops.filter(op => !removed.has(op));
  return withOps({ ...tape, ops }, replacements);
}
