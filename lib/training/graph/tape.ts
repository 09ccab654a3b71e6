import * as tf from '@tensorflow/tfjs';
import type { Text } from '../../language';
import type { Binding, NativeBackend, OpAttr, TensorId, TensorMetadata, Values } from './native';

/** An op as it was executed. */
export interface TapeOp {
  readonly op: string;
  readonly attrs: readonly OpAttr[];
  readonly inputs: readonly TensorId[];
  readonly outputs: readonly TensorId[];
}

/** The value of an op's attribute. */
export const attrOf = ({ attrs }: TapeOp, name: string): unknown =>
  attrs.find(attr => attr.name === name)?.value;

/** A tensor whose values came from JavaScript while the function ran. */
export interface TapeConstant {
  readonly id: TensorId;
  readonly shape: readonly number[];
  readonly dtype: number;
  readonly values: Values;
}

/** Shape and TensorFlow's number of the type. */
export type TensorKind = Pick<TensorMetadata, 'shape' | 'dtype'>;

/** What a function of tensors did on the native backend, in order. */
export interface Tape {
  /** The tensors that it was given, as they were at its start. */
  readonly inputs: readonly TensorId[];
  readonly ops: readonly TapeOp[];
  readonly constants: readonly TapeConstant[];
  /** The tensors that it returned. */
  readonly outputs: readonly TensorId[];
  /** The tensors of TensorFlow.js that it handed to ops. */
  readonly tensors: ReadonlyMap<TensorId, tf.TensorInfo>;
  /** Of every tensor. */
  readonly kinds: ReadonlyMap<TensorId, TensorKind>;
}

/** The function does what no graph can repeat. */
export class NotRecordableError extends Error {
  override readonly name = 'NotRecordableError';

  /** @param reason what it does. */
  constructor(readonly reason: Text) {
    super(reason.en);
  }
}

/**
 * Runs a function of tensors and records each op that the native backend executes for it.
 *
 * Every op passes through the addon's `executeOp`, and every value from JavaScript through its
 * `createTensor`, so nothing that the function computes on the backend can escape the record.
 *
 * @param inputs tensors that may have other values when the record is replayed, variables included.
 * Any other tensor that the function uses is taken as it is now.
 * @param run returns the tensors to be computed; must be called within `tf.tidy`.
 * @throws NotRecordableError where the function reads a value back into JavaScript: what it does
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
  const { binding } = backend;
  // TensorFlow.js's gather reads its indices, but only to check them.
  const gather = tf.getKernel('GatherV2', 'tensorflow');
  const { kernelFunc } = gather;
  let checking = false;
  const recorder: Binding = Object.assign(plain(binding), {
    createTensor(shape: readonly number[], dtype: number, values: Values) {
      const id = binding.createTensor(shape, dtype, values);
      kinds.set(id, { shape: [...shape], dtype });
      constants.push({ id, shape: [...shape], dtype, values: values.slice() });
      return id;
    },
    executeOp(op: string, attrs: OpAttr[], inputs: TensorId[], count: number) {
      const outputs = binding.executeOp(op, attrs, inputs, count);
      for (const { id, shape, dtype } of outputs) kinds.set(id, { shape, dtype });
      ops.push({
        op,
        attrs: op === 'Mean' ? attrs.map(floatMean) : attrs,
        inputs: [...inputs],
        outputs: outputs.map(({ id }) => id),
      });
      return outputs;
    },
    tensorDataSync(id: TensorId) {
      if (!checking) throw new NotRecordableError(READS);
      return binding.tensorDataSync(id);
    },
  });
  // The backend casts to float32 before it takes a mean, but names the type from before the cast:
  // when an op is executed at once, the tensor itself tells.
  const floatMean = (attr: OpAttr): OpAttr =>
    attr.name === 'T' ? { ...attr, value: binding.TF_FLOAT } : attr;
  gather.kernelFunc = args => {
    checking = true;
    try {
      return kernelFunc(args);
    } finally {
      checking = false;
    }
  };
  const note = (id: TensorId, info: tf.TensorInfo) => {
    tensors.set(id, info);
    if (!kinds.has(id)) {
      kinds.set(id, { shape: info.shape, dtype: backend.getDTypeInteger(info.dtype) });
    }
  };
  for (const [i, id] of inputIds.entries()) note(id, inputs[i] as tf.TensorInfo);
  const { getInputTensorIds } = backend;
  backend.getInputTensorIds = infos => {
    const ids = getInputTensorIds.call(backend, infos);
    for (const [i, id] of ids.entries()) note(id, infos[i] as tf.TensorInfo);
    return ids;
  };
  backend.binding = recorder;
  try {
    const outputs = backend.getInputTensorIds(run());
    return { inputs: inputIds, ops, constants, outputs, tensors, kinds };
  } finally {
    backend.binding = binding;
    backend.getInputTensorIds = getInputTensorIds;
    gather.kernelFunc = kernelFunc;
  }
}

/** The addon's members are on a native object, which cannot be spread. */
function plain(binding: Binding): Binding {
  const names = Object.getOwnPropertyNames(binding) as (keyof Binding)[];
  return Object.fromEntries(names.map(name => [name, binding[name]])) as unknown as Binding;
}

/**
 * The constants that two recordings of one function do not share, in the first and in the second:
 * numbers that JavaScript makes anew at each call, such as the mask of a Dropout layer.
 *
 * @throws NotRecordableError where the recordings differ in anything else.
 */
export function changingConstants(first: Tape, second: Tape): Map<TapeConstant, TapeConstant> {
  const pairs = pairIds(first, second);
  const changing = new Map<TapeConstant, TapeConstant>();
  first.constants.forEach((constant, i) => {
    const other = second.constants[i] as TapeConstant;
    if (!sameValues(constant.values, other.values)) changing.set(constant, other);
  });
  first.ops.forEach((op, i) => {
    const other = second.ops[i];
    const same =
      other?.op === op.op &&
      JSON.stringify(other.attrs) === JSON.stringify(op.attrs) &&
      op.inputs.every((id, k) => (pairs.get(id) ?? id) === other.inputs[k]);
    if (!same) throw new NotRecordableError(DIFFERS);
  });
  return changing;
}

/** Which tensor of the second recording stands for which of the first. */
function pairIds(first: Tape, second: Tape): Map<TensorId, TensorId> {
  const made = (tape: Tape) => [
    ...tape.inputs,
    ...tape.constants.map(({ id }) => id),
    ...tape.ops.flatMap(({ outputs }) => outputs),
  ];
  const [ids, others] = [made(first), made(second)];
  const sameSizes = first.constants.length === second.constants.length;
  if (ids.length !== others.length || !sameSizes) {
    throw new NotRecordableError(DIFFERS);
  }
  return new Map(ids.map((id, i) => [id, others[i] as TensorId]));
}

const sameValues = (a: Values, b: Values) =>
  a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

const READS: Text = {
  zh: '它在计算途中把张量读回 JavaScript',
  en: 'it reads a tensor back into JavaScript on the way',
};

const DIFFERS: Text = {
  zh: '它每一步执行的运算并不相同',
  en: 'it does not execute the same operations at each step',
};
