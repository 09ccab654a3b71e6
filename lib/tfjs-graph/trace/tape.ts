import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { OpAttr, TensorId, Values } from '../backend';

export interface TapeOp {
  readonly op: string;
  readonly attrs: readonly OpAttr[];
  readonly inputs: readonly TensorId[];
  readonly outputs: readonly TensorId[];
}

export const attrOf = ({ attrs }: TapeOp, name: string): unknown =>
  attrs.find(attr => attr.name === name)?.value;

/** Returns whether an operand of a matrix product is transposed. */
export const isTransposed = (op: TapeOp, side: 'a' | 'b'): boolean =>
  attrOf(op, `transpose_${side}`) === true;

/** Returns operands and result of a matrix product. */
export const factorsOf = ({ inputs, outputs }: TapeOp) => ({
  left: at(inputs, 0),
  right: at(inputs, 1),
  product: at(outputs, 0),
});

/** Returns the number of multiplications of a matrix product or a convolution; 0 for other ops. */
export function multiplicationsOf(op: TapeOp, { kinds }: Pick<Tape, 'kinds'>): number {
  const isProduct = /^(Batch)?MatMul/.test(op.op);
  if (!isProduct && !/^(Conv[23]D|DepthwiseConv2dNative)$/.test(op.op)) return 0;
  const { left, right, product } = factorsOf(op);
  const transposed = isTransposed(op, 'a') || attrOf(op, 'adj_x') === true;
  const shapeOf = (id: TensorId) => kindOf(kinds, id).shape;
  const inner = isProduct
    ? [shapeOf(left).at(transposed ? -2 : -1) ?? 0]
    : // The last two axes of depthwise filters are the output channels.
      shapeOf(right).slice(0, op.op.startsWith('Conv') ? -1 : -2);
  return tf.util.sizeFromShape([...shapeOf(product), ...inner]);
}

/** A tensor created from JavaScript values during the recording. */
export interface TapeConstant {
  readonly id: TensorId;
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: Values;
}

export const bytesIn = ({ buffer, byteOffset, byteLength }: Values): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** The data types. A recording for WebAssembly uses the indices as type numbers. */
export const DTYPES: readonly tf.DataType[] = ['float32', 'int32', 'bool'];

/** Shape and TensorFlow's type number. */
export type TensorKind = Pick<TapeConstant, 'shape' | 'dtype'>;

export function kindOf(kinds: Tape['kinds'], id: TensorId): TensorKind {
  const kind = kinds.get(id);
  if (!kind) throw new Error(`Expected tensor ${id} on the tape`);
  return kind;
}

export const producersOf = ({ ops }: Pick<Tape, 'ops'>): ReadonlyMap<TensorId, TapeOp> =>
  new Map(ops.flatMap(op => op.outputs.map(id => [id, op] as const)));

export const withOps = (tape: Tape, replacements: ReadonlyMap<TapeOp, TapeOp>): Tape => ({
  ...tape,
  ops: tape.ops.map(op => replacements.get(op) ?? op),
});

/** The ops executed by a recorded function, in order. */
export interface Tape {
  readonly inputs: readonly TensorId[];
  readonly ops: readonly TapeOp[];
  readonly constants: readonly TapeConstant[];
  readonly outputs: readonly TensorId[];
  /** TensorFlow.js's tensors used by the ops. */
  readonly tensors: ReadonlyMap<TensorId, tf.TensorInfo>;
  readonly kinds: ReadonlyMap<TensorId, TensorKind>;
}
