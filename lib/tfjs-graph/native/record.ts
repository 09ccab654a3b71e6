/** Records functions by the ops that the native backend executes. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import {
  Attributes,
  type Binding,
  type NativeBackend,
  type OpAttr,
  type TensorId,
} from '../backend';
import { NotRecordableError } from '../errors';
import { simplify } from '../passes/simplify';
import type { Recorder } from '../trace/recording';
import { kindOf, type Tape, type TapeConstant, type TapeOp, type TensorKind } from '../trace/tape';
import { withPatches } from '../with-values';

/** Returns the recorder of TensorFlow's ops. */
export const nativeRecorder =
  (backend: NativeBackend): Recorder =>
  (inputs, run) =>
    simplify(record(backend, inputs, run), backend.binding);

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
function record(
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
