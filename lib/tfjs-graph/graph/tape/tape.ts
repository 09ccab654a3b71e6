import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { NotRecordableError } from '../../errors';
import { withPatches } from '../../with-values';
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

/** Returns an attribute's value. */
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

/** Returns the op that computes each tensor. */
export const producersOf = ({ ops }: Pick<Tape, 'ops'>): ReadonlyMap<TensorId, TapeOp> =>
  new Map(ops.flatMap(op => op.outputs.map(id => [id, op] as const)));

/** Returns a tape with some ops replaced. */
export const withOps = (tape: Tape, replacements: ReadonlyMap<TapeOp, TapeOp>): Tape => ({
  ...tape,
  ops: tape.ops.map(op => replacements.get(op) ?? op),
});

/** The ops executed by a recorded function, in order. */
export interface Tape {
  /** Input tensors at the start of the function. */
  readonly inputs: readonly TensorId[];
  readonly ops: readonly TapeOp[];
  readonly constants: readonly TapeConstant[];
  readonly outputs: readonly TensorId[];
  /** TensorFlow.js's tensors used by the ops. */
  readonly tensors: ReadonlyMap<TensorId, tf.TensorInfo>;
  readonly kinds: ReadonlyMap<TensorId, TensorKind>;
}

/**
 * Runs a function of tensors and records each op executed by the native backend.
 *
 * The recording is complete: the addon's `executeOp` runs every op, `createTensor` receives every value from
 * JavaScript, and the backend's `readSync` or `read` returns every value to JavaScript.
 *
 * @param inputs tensors and variables with other values in a replay. Other tensors keep their current values.
 * @param run returns the tensors to compute; must be called within a tensor scope
 * @throws NotRecordableError if the function reads a value back into JavaScript, because the recording would freeze
 * decisions based on the value
 */
export function record(
  backend: NativeBackend,
  inputs: readonly tf.TensorInfo[],
  run: () => readonly tf.TensorInfo[],
): Tape {
  // Before installing the recorder: values in JavaScript are inputs, not constants.
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
  const overrides: Partial<Binding> = {
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
  // Inherit from the addon, whose members can be neither spread nor assigned.
  const recorder: Binding = Object.setPrototypeOf(overrides, binding);
  const typed = (attrs: readonly OpAttr[], input: TensorId): OpAttr[] => [
    ...attrs.filter(({ name }) => name !== 'T'),
    attributes.type('T', kindOf(kinds, input).dtype),
  ];
  // Continue: a second recording may succeed, if only the first call reads values. The error keeps the stack.
  const readAndNote = (dataId: tf.DataId) => {
    if (!checking) readsBack ??= new NotRecordableError({ code: 'reads-back' });
    return readSync.call(backend, dataId);
  };
  // TensorFlow.js's gather reads the indices only to check them.
  const gatherWithChecks: tf.KernelFunc = args => {
    // Convert bytes to floats: bytes would be gathered in JavaScript, without a recording.
    backend.getInputTensorIds([args.inputs.x as tf.TensorInfo]);
    checking = true;
    try {
      return kernelFunc(args);
    } finally {
      checking = false;
    }
  };
  const note = (id: TensorId, { dataId, shape, dtype }: tf.TensorInfo) => {
    // Copy the info: a variable's data id changes.
    tensors.set(id, { dataId, shape, dtype });
    if (!kinds.has(id)) kinds.set(id, { shape, dtype: backend.getDTypeInteger(dtype) });
  };
  for (const [i, id] of inputIds.entries()) note(id, at(inputs, i));
  const recording: Partial<NativeBackend> = {
    binding: recorder,
    readSync: readAndNote,
    read: async dataId => readAndNote(dataId),
    getInputTensorIds(infos) {
      const ids = getInputTensorIds.call(backend, infos);
      for (const [i, id] of ids.entries()) note(id, at(infos, i));
      return ids;
    },
  };
  const patches = [
    [gather, { kernelFunc: gatherWithChecks }],
    [backend, recording],
  ] as const;
  const outputs = withPatches(patches, () => backend.getInputTensorIds(run()));
  if (readsBack) throw readsBack;
  return { inputs: inputIds, ops, constants, outputs, tensors, kinds };
}

/** Ops whose type attribute is missing or wrong in TensorFlow.js. Immediate execution ignores the attribute. */
const TYPED_BY_INPUT = new Set(['ExpandDims', 'Mean']);
