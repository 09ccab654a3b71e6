import './register';

export { type BadInput, InputError, NotRecordableError } from './errors';
export { GraphFunction } from './function';
export {
  type ByteArray,
  bytesOf,
  isPending,
  range,
  samplesOf,
  type TensorOf,
} from './graph/byte-tensor';
export { divide } from './graph/divide';
export type { TensorFunction } from './graph/recording';
export { type Acceleration, accelerate, setAcceleration } from './train/accelerate';
export { nextTurn } from './train/event-loop';
export { onFallback } from './train/fallback';
export { setParts } from './train/settings';
export { registerMissingKernels } from './train/wasm-kernels/register-missing-kernels';
export type {} from './types';
