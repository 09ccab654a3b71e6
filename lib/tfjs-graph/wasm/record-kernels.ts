import * as tf from '@tensorflow/tfjs';
import type { OpAttr, TensorId, Values } from '../backend';
import { CountingBackend } from '../bytes/counting-backend';
import { NotRecordableError } from '../errors';
import type { Recorder } from '../trace/recording';
import { DTYPES, type TapeConstant, type TapeOp, type TensorKind } from '../trace/tape';
import { type Patch, withPatches } from '../with-values';
import { Builder } from './ir';
import { lowerKernel } from './lower';

/** The backend of recorded tensors, which have no values, so recording time does not depend on tensor sizes. */
class RecordingBackend extends CountingBackend {
  readsBack = false;

  create(shape: readonly number[], dtype: tf.DataType): tf.Tensor {
    return tf.engine().makeTensorFromDataId(this.hold(), [...shape], dtype, this);
  }

  override readSync(): never {
    this.readsBack = true;
    throw new NotRecordableError({ code: 'reads-back' });
  }

  /** Only notes the read: a rejected promise would arrive after the recording. */
  override async read(): Promise<Float32Array> {
    this.readsBack = true;
    return new Float32Array();
  }
}

/** Records the kernels of any current backend without computing them. */
export const recordKernels: Recorder = (inputs, run) => {
  const backend = tf.backend();
  const { readSync, incRef } = backend;
  const recording = new RecordingBackend();
  const ids = new Map<tf.DataId, TensorId>();
  const kinds = new Map<TensorId, TensorKind>();
  const constants: TapeConstant[] = [];
  const ops: TapeOp[] = [];
  const add = ({ shape, dtype }: tf.TensorInfo) => {
    kinds.set(kinds.size, { shape: [...shape], dtype: DTYPES.indexOf(dtype) });
    return kinds.size - 1;
  };
  const register = (info: tf.TensorInfo) => {
    const id = add(info);
    ids.set(info.dataId, id);
    return id;
  };
  const idOf = (info: tf.TensorInfo): TensorId => {
    const { dataId, shape, dtype } = info;
    const base = ids.get(dataId);
    if (base !== undefined) {
      if (String(kinds.get(base)?.shape) === String(shape)) return base;
      const id = add(info);
      ops.push({ op: 'Reshape', attrs: attrsOf(['x'], { shape }), inputs: [base], outputs: [id] });
      return id;
    }
    const id = register(info);
    const values = readSync.call(backend, dataId) as Values;
    constants.push({ id, shape: [...shape], dtype: DTYPES.indexOf(dtype), values: values.slice() });
    return id;
  };
  const recordKernel =
    (op: string): tf.KernelFunc =>
    ({ inputs: tensors, attrs = {} }) => {
      const namedInfos = Object.entries(tensors).filter(([, info]) => info);
      if (op === 'Identity') {
        const { dataId, shape, dtype } = tensors.x as tf.TensorInfo;
        backend.incRef(dataId);
        return { dataId, shape, dtype };
      }
      const infos = namedInfos.map(([, info]) => info as tf.TensorInfo);
      const inputs = infos.map(idOf);
      const scratch = new Builder();
      const shapes = infos.map(({ shape, dtype }) => scratch.make(shape, dtype));
      const names = namedInfos.map(([name]) => name);
      const lowered = lowerKernel(op, names, shapes, attrs, scratch);
      const results = [lowered].flat().map(({ shape, dtype }) => recording.create(shape, dtype));
      ops.push({ op, attrs: attrsOf(names, attrs), inputs, outputs: results.map(register) });
      return Array.isArray(lowered) ? results : (results[0] as tf.Tensor);
    };
  const inputIds = inputs.map(info => (ids.has(info.dataId) ? idOf(info) : register(info)));
  const overrides: Partial<tf.KernelBackend> = {
    readSync: () => recording.readSync(),
    read: () => recording.read(),
    // Assigning a recorded tensor to a variable increments the reference count.
    incRef: dataId =>
      recording.refCount(dataId) > 0 ? recording.incRef(dataId) : incRef.call(backend, dataId),
  };
  const kernels = tf.getKernelsForBackend(tf.getBackend());
  const patches = kernels.map(
    (kernel): Patch => [kernel, { kernelFunc: recordKernel(kernel.kernelName) }],
  );
  const outputs = withPatches([...patches, [backend, overrides]], () => run().map(idOf));
  // Throw again: the function may have caught the error.
  if (recording.readsBack) recording.readSync();
  return { inputs: inputIds, ops, constants, outputs, tensors: new Map(), kinds };
};

const attrsOf = (names: readonly string[], attrs: object): OpAttr[] => [
  { name: 'names', type: 0, value: names },
  { name: 'attrs', type: 0, value: attrs },
];
