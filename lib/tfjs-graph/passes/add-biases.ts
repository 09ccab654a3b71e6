import { at } from '../array';
import { Attributes, type Binding, type TensorId } from '../backend';
import { kindOf, producersOf, type Tape, type TapeOp, withOps } from '../trace/tape';
import { aliasOf } from '../trace/tape-writer';
import { isByteProduct } from './products';

/**
 * Fuses the bias, and a subsequent ReLU, into this package's products, also if the products of bytes are columns of a
 * larger matrix. TensorFlow's addition alone would delay the next layer by 3 to 6 µs in each step of the lesson (AMD
 * EPYC).
 */
export function addBiases(tape: Tape, binding: Binding): Tape {
  const attributes = new Attributes(binding);
  const shapeOf = (id: TensorId) => kindOf(tape.kinds, id).shape;
  const producers = producersOf(tape);
  const uses = [...tape.ops.flatMap(op => op.inputs), ...tape.outputs];
  const isUsedOnce = (id: TensorId) => uses.indexOf(id) === uses.lastIndexOf(id);
  const usersOf = (id: TensorId) => tape.ops.filter(({ inputs }) => inputs.includes(id));

  /** Returns the products concatenated in a tensor; an empty list if the tensor has other parts or uses. */
  const productsOf = (id: TensorId): TapeOp[] => {
    const op = producers.get(id);
    if (!op || !isUsedOnce(id)) return [];
    if (op.op === 'ConcatV2') return op.inputs.slice(0, -1).flatMap(productsOf);
    if (op.op === 'Reshape') return productsOf(at(op.inputs, 0));
    return isByteProduct(op) || op.op === 'SmallMatMul' ? [op] : [];
  };

  const replacements = new Map<TapeOp, TapeOp>();
  for (const op of tape.ops) {
    const [sum = 0, bias = 0] = op.inputs;
    if (op.op !== 'Add' || producers.has(bias)) continue;
    const products = productsOf(sum);
    const columns = shapeOf(sum).at(-1) ?? 0;
    const fits = products.every(
      ({ outputs }) => (shapeOf(at(outputs, 0))[1] ?? 0) * products.length === columns,
    );
    // Only the op of bytes selects a shard's biases.
    const isSupported =
      products.length === 1 || (products.length > 1 && products.every(isByteProduct));
    if (!isSupported || !fits || String(shapeOf(bias)) !== String(columns)) continue;
    const output = at(op.outputs, 0);
    const [user] = usersOf(output);
    const relu = user?.op === 'Relu' && isUsedOnce(output) ? [user] : [];
    for (const [share, product] of products.entries()) {
      const attrs = [attributes.int('N', 1), attributes.bool('relu', relu.length > 0)];
      if (isByteProduct(product)) attrs.push(attributes.int('share', share));
      const inputs = [...product.inputs, bias];
      replacements.set(product, { ...product, inputs, attrs: [...product.attrs, ...attrs] });
    }
    for (const added of [op, ...relu]) replacements.set(added, aliasOf(added, at(added.inputs, 0)));
  }
  return withOps(tape, replacements);
}
