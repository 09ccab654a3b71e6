import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { NotRecordableError } from '../../errors';
import { withValues } from '../../with-values';
import {
  Attributes,
  type Binding,
  type NativeBackend,
  type OpAttr,
  type TensorId,
  type Values,
} from '../backend';

export interface TapeOp {
  readonly op: string;
  readonly attrs: readonly OpAttr[];
  readonly inputs: readonly TensorId[];
  readonly outputs: readonly TensorId[];
}

export const attrOf = ({ attrs }: TapeOp, name: string): unknown =>
  attrs.find(attr => attr.name === name)?.value;

/** Operands and result of a product of matrices. */
export const factorsOf = ({ inputs, outputs }: TapeOp) => ({
  left: at(inputs, 0),
  right: at(inputs, 1),
  product: at(outputs, 0),
});

/** Counts the multiplications of a product of matrices, or of a convolution; 0 for any other op. */
export function multiplicationsOf(op: TapeOp, { kinds }: Pick<Tape, 'kinds'>): number {
  const isProduct = /^(Batch)?MatMul/.test(op.op);
  if (!isProduct && !/^(Conv[23]D|DepthwiseConv2dNative)$/.test(op.op)) return 0;
  const { left, right, product } = factorsOf(op);
  const transposed = attrOf(op, 'transpose_a') === true || attrOf(op, 'adj_x') === true;
  const of = (id: TensorId) => kindOf(kinds, id).shape;
  const inner = isProduct
    ? [of(left).at(transposed ? -2 : -1) ?? 0]
    : // Of a depthwise one, the last two axes say for which channel a filter is.
      of(right).slice(0, op.op.startsWith('Conv') ? -1 : -2);
  return tf.util.sizeFromShape([...of(product), ...inner]);
}

/** A tensor whose values came from JavaScript while the function ran. */
export interface TapeConstant {
  readonly id: TensorId;
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: Values;
}

export const bytesIn = ({ buffer, byteOffset, byteLength }: Values): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Types of numbers; a recording for WebAssembly counts them. */
export const DTYPES: readonly tf.DataType[] = ['float32', 'int32', 'bool'];

/** Shape and TensorFlow's number of the type. */
export type TensorKind = Pick<TapeConstant, 'shape' | 'dtype'>;

export function kindOf(kinds: Tape['kinds'], id: TensorId): TensorKind {
  const kind = kinds.get(id);
  if (!kind) throw new Error(`Expected tensor ${id} on the tape`);
  return kind;
}

/** The ops that a function of tensors ran on the native backend, in order. */
export interface Tape {
  /** The tensors that it was given, as they were at its start. */
  readonly inputs: readonly TensorId[];
  readonly ops: readonly TapeOp[];
  readonly constants: readonly TapeConstant[];
  readonly outputs: readonly TensorId[];
  /** The tensors of TensorFlow.js that it handed to ops. */
  readonly tensors: ReadonlyMap<TensorId, tf.TensorInfo>;
  readonly kinds: ReadonlyMap<TensorId, TensorKind>;
}

/**
 * Runs a function of tensors and records each op that the native backend executes for it.
 *
 * Every op passes through the addon's `executeOp`, every value from JavaScript through its
 * `createTensor`, and every value that JavaScript reads through the backend's `readSync` or `read`,
 * so nothing that the function computes on the backend can escape the record.
 *
 * @param inputs tensors that may have other values when the record is replayed, variables included.
 * Any other tensor that the function uses is taken as it is now.
 * @param run returns the tensors to be computed; must be called within `tf.tidy`.
 * @throws NotRecordableError if the function reads a value back into JavaScript: what it does
 * with the value would be frozen into the record.
 */
export function record(
  backend: NativeBackend,
  inputs: readonly tf.TensorInfo[],
  run: () => readonly tf.TensorInfo[],
): Tape {
  // Before the recorder is in place: values still in JavaScript are inputs, not constants.
  const inputIds = backend.getInputTensorIds(inputs);
  const tensors = new Map<TensorId, tf.TensorInfo>();
  const kinds = new Map<TensorId, TensorKind>();
  const ops: TapeOp[] = [];
  const constants: TapeConstant[] = [];
  const { binding, getInputTensorIds, readSync } = backend;
  const attributes = new Attributes(binding);
  const gather = tf.getKernel('GatherV2', 'tensorflow');
  const { kernelFunc } = gather;
  let checking = false;
  let readsBack: NotRecordableError | undefined;
  const own: Partial<Binding> = {
    createTensor(shape, dtype, values) {
      const id = binding.createTensor(shape, dtype, values);
      kinds.set(id, { shape: [...shape], dtype });
      constants.push({ id, shape: [...shape], dtype, values: values.slice() });
      return id;
    },
    executeOp(op, attrs, inputs, count) {
      const outputs = binding.executeOp(op, attrs, inputs, count);
      for (const { id, shape, dtype } of outputs) kinds.set(id, { shape, dtype });
      ops.push({
        op,
        attrs: TYPED_BY_INPUT.has(op) ? typed(attrs, at(inputs, 0)) : attrs,
        inputs: [...inputs],
        outputs: outputs.map(({ id }) => id),
      });
      return outputs;
    },
  };
  // By its prototype: the addon's members can be neither spread nor assigned to.
  const recorder: Binding = Object.setPrototypeOf(own, binding);
  const typed = (attrs: readonly OpAttr[], input: TensorId): OpAttr[] => [
    ...attrs.filter(({ name }) => name !== 'T'),
    attributes.type('T', kindOf(kinds, input).dtype),
  ];
  // The function goes on: what only its first run reads, the next one has. The error tells where.
  const reading = (dataId: tf.DataId) => {
    if (!checking) readsBack ??= new NotRecordableError({ code: 'reads-back' });
    return readSync.call(backend, dataId);
  };
  // TensorFlow.js's gather reads its indices, but only to check them.
  const checkingGather: tf.KernelFunc = args => {
    // A tensor that holds bytes would pick its samples in JavaScript, where nothing is recorded.
    backend.getInputTensorIds([args.inputs.x as tf.TensorInfo]);
    checking = true;
    try {
      return kernelFunc(args);
    } finally {
      checking = false;
    }
  };
  const note = (id: TensorId, { dataId, shape, dtype }: tf.TensorInfo) => {
    // Not the tensor itself: a variable soon has other data.
    tensors.set(id, { dataId, shape, dtype });
    if (!kinds.has(id)) kinds.set(id, { shape, dtype: backend.getDTypeInteger(dtype) });
  };
  for (const [i, id] of inputIds.entries()) note(id, at(inputs, i));
  const recording: Partial<NativeBackend> = {
    binding: recorder,
    readSync: reading,
    read: async dataId => reading(dataId),
    getInputTensorIds(infos) {
      const ids = getInputTensorIds.call(backend, infos);
      for (const [i, id] of ids.entries()) note(id, at(infos, i));
      return ids;
    },
  };
  const outputs = withValues(gather, { kernelFunc: checkingGather }, () =>
    withValues(backend, recording, () => backend.getInputTensorIds(run())),
  );
  if (readsBack) throw readsBack;
  return { inputs: inputIds, ops, constants, outputs, tensors, kinds };
}

/**
 * Ops of which the backend names no type, or that of a tensor before it was cast: where an op is
 * executed at once, its input itself tells.
 */
const TYPED_BY_INPUT = new Set(['ExpandDims', 'Mean']);
