export {
  type BadInput,
  type Cause,
  InputError,
  type NotFinite,
  NotFiniteError,
  NotRecordableError,
  type NotTrainable,
  NotWasmError,
  TrainingError,
} from './errors';
export { keepBytes } from './graph/byte-kernels';
export {
  type ByteArray,
  bytesOf,
  divide,
  isPending,
  range,
  samplesOf,
  type TensorOf,
} from './graph/byte-tensor';
export { GraphFunction } from './graph/function';
export type { TensorFunction } from './graph/recording';
export type { Callbacks } from './train/callbacks';
export type { Tensors } from './train/data';
export { type EvaluateOptions, evaluate, requireFinite } from './train/evaluate';
export { type FitOptions, fit } from './train/fit';
export { likelyCause } from './train/likely-cause';
export { statefulLayer } from './train/stateful';
export { innerModel } from './train/trainer';
export { completeWasm } from './train/wasm-kernels/complete-wasm';
