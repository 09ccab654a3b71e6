import * as tf from '@tensorflow/tfjs';
import { NotRecordableError } from '../../errors';
import type { OpAttr, TensorId, Values } from '../../graph/backend';
import { CountingBackend } from '../../graph/counting-backend';
import {
  DTYPES,
  type Tape,
  type TapeConstant,
  type TapeOp,
  type TensorKind,
} from '../../graph/tape/tape';
import { withValues } from '../../with-values';
import type { StepRecorder } from '../recorded/record-step';
import { Builder } from './ir';
import { lowerKernel } from './lower';

/** Stands for tensors that are recorded and not computed, so that to record a step takes no longer for large tensors. */
class Recorded extends CountingBackend {
  readsBack = false;

  make(shape: readonly number[], dtype: tf.DataType): tf.Tensor {
    return tf.engine().makeTensorFromDataId(this.hold(), [...shape], dtype, this);
  }

  override readSync(): never {
    this.readsBack = true;
    throw new NotRecordableError({ code: 'reads-back' });
  }

  /** An error here would come as a rejected promise, after the record is made. */
  override async read(): Promise<Float32Array> {
    this.readsBack = true;
    return new Float32Array();
  }
}

/**
 * Runs a function of tensors and records each kernel that TensorFlow.js's engine would run for it, whichever
 * backend would compute it. All numbers count as float32.
 */
function record(inputs: readonly tf.TensorInfo[], run: () => readonly tf.TensorInfo[]): Tape {
  const backend = tf.backend();
  const { readSync, incRef } = backend;
  const recorded = new Recorded();
  const ids = new Map<tf.DataId, TensorId>();
  const kinds = new Map<TensorId, TensorKind>();
  const constants: TapeConstant[] = [];
  const ops: TapeOp[] = [];
  const add = ({ shape, dtype }: tf.TensorInfo) => {
    kinds.set(kinds.size, { shape: [...shape], dtype: DTYPES.indexOf(dtype) });
    return kinds.size - 1;
  };
  const make = (info: tf.TensorInfo) => {
    const id = add(info);
    ids.set(info.dataId, id);
    return id;
  };
  const idOf = (info: tf.TensorInfo): TensorId => {
    const { dataId, shape, dtype } = info;
    const known = ids.get(dataId);
    if (known !== undefined) {
      if (String(kinds.get(known)?.shape) === String(shape)) return known;
      const id = add(info);
      ops.push({ op: 'Reshape', attrs: attrsOf(['x'], { shape }), inputs: [known], outputs: [id] });
      return id;
    }
    const id = make(info);
    const values = readSync.call(backend, dataId) as Values;
    constants.push({ id, shape: [...shape], dtype: DTYPES.indexOf(dtype), values: values.slice() });
    return id;
  };
  const recording =
    (op: string): tf.KernelFunc =>
    ({ inputs: given, attrs = {} }) => {
      const named = Object.entries(given).filter(([, info]) => info);
      if (op === 'Identity') {
        const { dataId, shape, dtype } = given.x as tf.TensorInfo;
        backend.incRef(dataId);
        return { dataId, shape, dtype };
      }
      const infos = named.map(([, info]) => info as tf.TensorInfo);
      const inputs = infos.map(idOf);
      const scratch = new Builder();
      const shapes = infos.map(({ shape, dtype }) => scratch.make(shape, dtype));
      const names = named.map(([name]) => name);
      const lowered = lowerKernel(op, names, shapes, attrs, scratch);
      const made = [lowered].flat().map(({ shape, dtype }) => recorded.make(shape, dtype));
      ops.push({ op, attrs: attrsOf(names, attrs), inputs, outputs: made.map(make) });
      return Array.isArray(lowered) ? made : (made[0] as tf.Tensor);
    };
  const inputIds = inputs.map(info => (ids.has(info.dataId) ? idOf(info) : make(info)));
  const reading: Partial<tf.KernelBackend> = {
    readSync: () => recorded.readSync(),
    read: () => recorded.read(),
    // A variable may be given what is recorded.
    incRef: dataId =>
      recorded.refCount(dataId) > 0 ? recorded.incRef(dataId) : incRef.call(backend, dataId),
  };
  const outputs = tf.getKernelsForBackend(tf.getBackend()).reduce(
    (inner, kernel) => () =>
      withValues(kernel, { kernelFunc: recording(kernel.kernelName) }, inner),
    () => withValues(backend, reading, () => run().map(idOf)),
  )();
  // The function may have caught the error.
  if (recorded.readsBack) recorded.readSync();
  return { inputs: inputIds, ops, constants, outputs, tensors: new Map(), kinds };
}

const attrsOf = (names: readonly string[], attrs: object): OpAttr[] => [
  { name: 'names', type: 0, value: names },
  { name: 'attrs', type: 0, value: attrs },
];

/** Records the kernels of a step. */
export const kernelRecorder: StepRecorder = {
  record,
  simplify: tape => tape,
  withOwnOps: (_, work) => work(),
};
