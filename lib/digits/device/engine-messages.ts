/** Puts the engine's errors into a learner's words. */
import {
  type BadInput,
  type Cause,
  InputError,
  type NotFinite,
  NotFiniteError,
  type NotRecordableError,
  type NotTrainable,
  TrainingError,
} from 'tfjs-graph';
import { reworded } from '../input/errors';
import { messages } from '../language';
import { platform } from './platform-messages';

/** The GPU's memory is taken, most often by another process. */
export class GpuMemoryError extends Error {
  override readonly name = 'GpuMemoryError';

  constructor(cause: Error) {
    super(messages().device.gpuMemory(cause.message), { cause });
  }
}

const SIGNS =
  /CUBLAS_STATUS_(NOT_INITIALIZED|ALLOC_FAILED)|failed to create cublas handle|without BLAS support|Blas (?:(?!GEMM)\w)*GEMM\w* launch failed|CUDNN_STATUS_NOT_INITIALIZED|CUDA_ERROR_OUT_OF_MEMORY|Dst tensor is not initialized|OOM when allocating|RESOURCE_EXHAUSTED/i;

/** Words of TensorFlow's about the processor's memory, not the GPU's. */
const ON_CPU = /device:CPU:|allocator cpu/;

/** Returns whether TensorFlow says with these words that the GPU has no memory for it. */
export const tellsOfTakenMemory = (words: string): boolean =>
  SIGNS.test(words) && !ON_CPU.test(words);

/** Returns the same error in a learner's words, or a {@link GpuMemoryError} if TensorFlow tells of that. */
function toLearnerError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (tellsOfTakenMemory(error.message)) return new GpuMemoryError(error);
  if (error instanceof NotFiniteError) return reworded(error, notFiniteMessage(error.data));
  let message: string | undefined;
  if (error instanceof TrainingError) message = trainingMessage(error.data);
  if (error instanceof InputError) message = inputMessage(error.data);
  return message === undefined ? error : reworded(error, message);
}

/** Runs `work`, at once or later, with its errors in a learner's words. */
export function withLearnerErrors<T>(work: () => T): T {
  const fail = (error: unknown): never => {
    throw toLearnerError(error);
  };
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(fail) as T) : result;
  } catch (error) {
    return fail(error);
  }
}

/** Says why a model trains by TensorFlow.js's own steps. */
export function fallbackText(why: NotRecordableError): string {
  const { code: _, ...facts } = why.data;
  return messages().device.fallback(why.reason, why.code, Object.values(facts).join());
}

function trainingMessage(data: NotTrainable): string | undefined {
  const { device, input, text } = messages();
  if (data.code === 'busy') return device.engine.busy;
  if (data.code === 'not-compiled') return input.notCompiled;
  if (data.code !== 'no-kernel') return undefined;
  return device.engine.noKernel(data.kernel, text[platform].otherEngine);
}

/** Words what a learner can get wrong; the rest comes of calls that only programs make. */
function inputMessage(data: BadInput): string | undefined {
  const { divisor, optionMeant, optionName, optionValue, noTensor } = messages().device.engine;
  if (data.code === 'divisor') return divisor(data.received);
  if (data.code === 'option-value') return optionValue(data.name, data.expected, data.received);
  if (data.code === 'no-tensor') return noTensor(data.name, data.received);
  if (data.code !== 'option-name') return undefined;
  const meant = likestName(data.name, data.known);
  return meant ? optionMeant(data.name, meant) : optionName(data.name, data.known);
}

/** Finds the name that was meant: the same but for case, underscores and an ending. */
function likestName(name: string, known: readonly string[]): string | undefined {
  const plain = (word: string) => word.replace(/_|e?s$/g, '').toLowerCase();
  return known.find(other => plain(other) === plain(name));
}

function notFiniteMessage(found: NotFinite): string {
  const { notFinite, restored } = messages().device.engine;
  const say: (found: never) => string = notFinite[found.code];
  const after = 'restored' in found ? restored(found.restored) : '';
  return say(found as never) + after + causeMessage(found.cause);
}

/** Beyond this, samples are to blame before any learning rate. */
const ENORMOUS = 1e6;

/** Says the likeliest cause and its cure. */
export function causeMessage(cause: Cause): string {
  const words = messages().device.cause;
  if (cause.code === 'data') return words.data(cause.name, cause.sample, cause.value);
  if (cause.code === 'weights') return words.weights;
  const { rate, range } = cause;
  if (rate !== undefined && rate < 0) return words.negativeRate(rate);
  if (range && Math.max(-range[0], range[1]) > ENORMOUS) return words.enormous(...range);
  const smaller = Math.min(0.001, (rate ?? 1) / 10);
  return words.rate(rate, smaller) + (range ? words.notScaled(...range) : '');
}
