import './register';

export {
  type ByteArray,
  bytesOf,
  isPending,
  range,
  samplesOf,
  type TensorOf,
} from './bytes/byte-tensor';
export { divide } from './bytes/divide';
export { type BadInput, InputError, NotRecordableError } from './errors';
export { GraphFunction } from './function';
export type { TensorFunction } from './trace/recording';
export { type Acceleration, accelerate, setAcceleration } from './train/accelerate';
export { nextTurn } from './train/event-loop';
export { onFallback } from './train/fallback';
export { setParts } from './train/settings';
export type {} from './types';
export { registerMissingKernels } from './wasm/register-missing-kernels';
