import type * as tf from '@tensorflow/tfjs';
import { NotRecordableError, NotWasmError, TrainingError } from '../errors';
import { nativeBackend } from '../graph/backend';
import { asCallback, type Callbacks, looksAtSteps } from './callbacks';
import { type DataOptions, type Tensors, type TrainingData, trainingData } from './data';
import { trainEpochs } from './epochs';
import { Guard } from './guard';
import { OptimizerState } from './optimizer-state';
import { RecordedTrainer } from './recorded/trainer';
import { StockTrainer } from './stock-trainer';
import {
  innerModel,
  requireCompiled,
  type Trainer,
  type TrainerInput,
  trainableWeights,
} from './trainer';
import { WasmTrainer } from './wasm/wasm-trainer';
import { completeWasm } from './wasm-kernels/complete-wasm';
import { worthRecording } from './worth-recording';

/** Options of {@link fit}. */
export interface FitOptions extends Omit<DataOptions, 'batchSize'> {
  /** Samples a step; defaults to 32. */
  readonly batchSize?: number | undefined;
  /** Passes over the training samples; defaults to 1. */
  readonly epochs?: number | undefined;
  /** Whether to draw the samples in a new order each epoch; defaults to true. */
  readonly shuffle?: boolean | undefined;
  /**
   * Called as training goes on, as by tfjs-layers. Where one looks at single steps, each step is
   * handed over alone, and the model has its weights, which the callback may change.
   */
  readonly callbacks?: readonly Callbacks[] | undefined;
  /**
   * Called before the callbacks, and of several steps at once, when these are done: for what shows
   * how training goes, and leaves the weights alone.
   */
  readonly observers?: readonly tf.Callback[] | undefined;
  /** Ends training after the steps at hand. */
  readonly signal?: AbortSignal | undefined;
  /** The parts of a large product that are computed side by side; defaults to one a core. */
  readonly parts?: number | undefined;
  /** Told why tfjs-layers' own steps are taken, which are slower. */
  readonly onFallback?: ((why: NotRecordableError | NotWasmError) => void) | undefined;
}

/**
 * Trains a compiled model: on the native engine by a recorded step, on others a stack of Dense
 * layers and convolutions by a step written for it, and what neither can do by tfjs-layers' own step. So
 * are trainings of so few steps, a dozen, that a recording would take longer.
 *
 * Either way the model's weights and its optimizer's state are those of the last step at the end
 * of each epoch, and when training ends, however it ends; where the loss or the weights are no
 * numbers any more, those with which that epoch, or the last good one, began.
 *
 * @param x samples, `[samples, ...sample]`, float32; several tensors for several inputs.
 * @param y labels, `[samples]` for sparse losses, int32 or float32; several for several outputs.
 * @returns loss and metrics by epoch, those of the validation under `val_`.
 * @throws NotFiniteError that says where, the likeliest cause, and what became of the weights.
 * @throws TrainingError where the model is not compiled, is being trained already, or WebAssembly lacks
 * an operation that it needs.
 * @example
 * const losses = await fit(model, xTrain, yTrain, { epochs: 2, batchSize: 50 });
 * losses.epoch; // [0, 1]
 */
export async function fit(
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  options: FitOptions = {},
): Promise<tf.History> {
  const { epochs = 1, batchSize = 32, shuffle = true, signal, observers = [] } = options;
  const { sampleWeight, validationData } = options;
  const inner = innerModel(model);
  requireCompiled(inner);
  if (inner.isTraining) throw new TrainingError({ code: 'busy' });
  inner.isTraining = true;
  inner.stopTraining = signal?.aborted ?? false;
  const stop = () => {
    inner.stopTraining = true;
  };
  signal?.addEventListener('abort', stop);
  const own = (options.callbacks ?? []).map(asCallback);
  const callbacks = [...observers, ...own];
  const live = own.some(looksAtSteps);
  const guard = new Guard(inner, { x, y, sampleWeight, validationData: validationData?.flat() });
  let data: TrainingData | undefined;
  let trainer: Trainer | undefined;
  try {
    data = await trainingData(inner, x, y, { ...options, batchSize });
    const optimizer = new OptimizerState(inner.optimizer);
    await optimizer.prepare(trainableWeights(inner));
    const { training, validation } = data;
    const input = { model: inner, optimizer, training, validation, batchSize, live };
    trainer = makeTrainer(input, epochs * Math.ceil(training.count / batchSize), options);
    const loop = { epochs, batchSize, shuffle, callbacks, live, guard };
    return await trainEpochs(inner, trainer, training.count, {
      ...loop,
      validation: validation !== undefined,
    });
  } catch (error) {
    throw lacksKernel(error) ?? error;
  } finally {
    // Whatever fails here, the model can be trained again.
    inner.isTraining = false;
    signal?.removeEventListener('abort', stop);
    try {
      guard.restore();
    } finally {
      guard.dispose();
      trainer?.dispose();
      data?.dispose();
    }
  }
}

/** @param steps of the whole training. */
function makeTrainer(
  input: TrainerInput,
  steps: number,
  { parts, onFallback }: FitOptions,
): Trainer {
  const backend = nativeBackend();
  if (backend && steps < worthRecording.from) return new StockTrainer(input);
  try {
    return backend ? new RecordedTrainer(backend, input, parts) : new WasmTrainer(input);
  } catch (error) {
    if (!(error instanceof NotRecordableError || error instanceof NotWasmError)) throw error;
    onFallback?.(error);
    completeWasm();
    return new StockTrainer(input);
  }
}

/** WebAssembly has no kernel for some operations, such as those of complex numbers. */
function lacksKernel(error: unknown): TrainingError | undefined {
  const message = error instanceof Error ? error.message : '';
  const kernel = /Kernel '(\w+)' not registered for backend 'wasm'/.exec(message)?.[1];
  return kernel ? new TrainingError({ code: 'no-kernel', kernel }, { cause: error }) : undefined;
}
