import './engine/register';

export {
  type BadInput,
  type Cause,
  InputError,
  type NotFinite,
  NotFiniteError,
  NotRecordableError,
  type NotTrainable,
  TrainingError,
} from './errors';
export { GraphFunction } from './function';
export {
  type ByteArray,
  bytesOf,
  divide,
  isPending,
  range,
  samplesOf,
  type TensorOf,
} from './graph/byte-tensor';
export type { TensorFunction } from './graph/recording';
export type { Callbacks } from './train/callbacks';
export { diagnose } from './train/diagnose';
export { type EvaluateOptions, evaluate, requireFinite } from './train/evaluate';
export { nextTurn, type YieldEvery } from './train/event-loop';
export { fit } from './train/fit';
export type { ClassWeight, ClassWeights, FitOptions } from './train/options';
export { lossOf, type NamedTensors, type Tensors } from './train/trainer';
export { registerMissingKernels } from './train/wasm-kernels/register-missing-kernels';
