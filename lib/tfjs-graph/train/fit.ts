import type * as tf from '@tensorflow/tfjs';
import { TrainingError } from '../errors';
import { nativeBackend } from '../graph/backend';
import { asCallbacks, looksAtSteps, Progress, showsProgress, weightsAt } from './callbacks';
import { Checkpoint } from './checkpoint';
import { type TrainingData, trainingData } from './data';
import { trainEpochs } from './epochs';
import { Turns } from './event-loop';
import { OptimizerState } from './optimizer-state';
import { checkOptions, type FitOptions } from './options';
import { recordingTrainer } from './recording-trainer';
import { holdStates } from './states';
import { stockTrainer } from './stock-trainer';
import {
  innerModel,
  type NamedTensors,
  requireCompiled,
  type Trainer,
  type TrainerInput,
  trainableWeights,
} from './trainer';
import { registerMissingKernels } from './wasm-kernels/register-missing-kernels';

/**
 * Trains a compiled model by a recorded step: on the native engine as a graph of TensorFlow, on others
 * compiled to WebAssembly; and what neither can do by tfjs-layers' own step. So are trainings of so few
 * steps that a recording would take longer.
 *
 * Either way the model's weights and its optimizer's state are those of the last step at the end
 * of each epoch, and when training ends, however it ends; where the loss or the weights are no
 * numbers any more, those with which that epoch, or the last good one, began.
 *
 * @param x samples, `[samples, ...sample]`, float32; several tensors for several inputs.
 * @param y labels, `[samples]` for sparse losses, int32 or float32; several for several outputs.
 * @returns loss and metrics by epoch, those of the validation under `val_`.
 * @throws NotFiniteError that says where, the likeliest cause, and what became of the weights.
 * @throws InputError if an option, or the shape of samples or labels, is not what it has to be.
 * @throws TrainingError if the model is not compiled, is being trained already, or WebAssembly lacks
 * an operation that it needs.
 * @example
 * const losses = await fit(model, xTrain, yTrain, { epochs: 2, batchSize: 50 });
 * losses.epoch; // [0, 1]
 */
export async function fit(
  model: tf.LayersModel,
  x: NamedTensors,
  y: NamedTensors,
  options: FitOptions = {},
): Promise<tf.History> {
  checkOptions(options);
  const { signal, observers = [] } = options;
  const batchSize = options.batchSize ?? 32;
  const yieldEvery = options.yieldEvery ?? 'auto';
  const verbose = options.verbose ?? (showsProgress() ? 1 : 0);
  const inner = innerModel(model);
  requireCompiled(inner);
  if (inner.isTraining) throw new TrainingError({ code: 'busy' });
  const own = asCallbacks(options.callbacks, yieldEvery);
  const callbacks = [...(verbose ? [new Progress()] : []), ...observers, ...own];
  const live = yieldEvery === 'batch' || own.some(each => looksAtSteps(each) && !weightsAt(each));
  const stops = own.flatMap(each => weightsAt(each) ?? []);
  const checkpoint = new Checkpoint(inner, { x, y, validationData: options.validationData });
  inner.isTraining = true;
  inner.stopTraining = signal?.aborted ?? false;
  const stop = () => {
    inner.stopTraining = true;
  };
  signal?.addEventListener('abort', stop);
  let data: TrainingData | undefined;
  let trainer: Trainer | undefined;
  const release = holdStates(inner.layers);
  try {
    data = await trainingData(inner, x, y, { ...options, batchSize });
    const optimizer = new OptimizerState(inner.optimizer);
    await optimizer.prepare(trainableWeights(inner));
    const { training, validation } = data;
    const input = { model: inner, optimizer, training, validation, batchSize, live, stops };
    const epochs = Math.max(0, (options.epochs ?? 1) - (options.initialEpoch ?? 0));
    trainer = makeTrainer(input, epochs, options);
    return await trainEpochs(input, trainer, {
      initialEpoch: options.initialEpoch ?? 0,
      epochs: options.epochs ?? 1,
      shuffle: options.shuffle ?? true,
      callbacks,
      checkpoint,
      turns: new Turns(yieldEvery),
      verbose,
    });
  } catch (error) {
    throw lacksKernel(error) ?? error;
  } finally {
    // Whatever fails here, the model can be trained again.
    inner.isTraining = false;
    signal?.removeEventListener('abort', stop);
    try {
      checkpoint.restore();
    } finally {
      checkpoint.dispose();
      trainer?.dispose?.();
      data?.dispose();
      release();
    }
  }
}

/** Tells which trainings gain by a recorded step. Measured on models of all kinds, on two cores. */
export const gains = {
  /**
   * So many steps, over all epochs: to record one takes two steps of tfjs-layers and some more, the graph is
   * loaded, and its first run is slow; about 8 steps of tfjs-layers take as long.
   */
  steps: 8,
  /** On WebAssembly, which computes nothing to record a step, so many samples, in however few steps. */
  samples: 4096,
};

function makeTrainer(input: TrainerInput, epochs: number, options: FitOptions): Trainer {
  const { training, batchSize } = input;
  const isNative = nativeBackend() !== undefined;
  if (!isNative) registerMissingKernels();
  const hasMany = !isNative && epochs * training.count >= gains.samples;
  const gainsBySteps = epochs * Math.ceil(training.count / batchSize) >= gains.steps;
  return (
    (gainsBySteps || hasMany ? recordingTrainer(input, options) : undefined) ?? stockTrainer(input)
  );
}

/** WebAssembly has no kernel for some operations, such as those of complex numbers. */
function lacksKernel(error: unknown): TrainingError | undefined {
  const message = error instanceof Error ? error.message : '';
  const kernel = /Kernel '(\w+)' not registered for backend 'wasm'/.exec(message)?.[1];
  return kernel ? new TrainingError({ code: 'no-kernel', kernel }, { cause: error }) : undefined;
}
