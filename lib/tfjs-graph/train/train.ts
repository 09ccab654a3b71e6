import type * as tf from '@tensorflow/tfjs';
import { type Text, text } from 'digits/language';
import type { Write } from 'digits/progress';
import { nativeBackend } from '../graph/backend';
import { NotRecordableError } from '../graph/tape/tape';
import { type DataOptions, type Tensors, type TrainingData, trainingData } from './data';
import { DenseTrainer } from './dense/dense-trainer';
import { NotDenseError } from './dense/not-dense';
import { trainLoop } from './epochs';
import { Guard } from './guard';
import { OptimizerState } from './optimizer-state';
import { RecordedTrainer } from './recorded/trainer';
import { StockTrainer } from './stock-trainer';
import type { InnerModel, Trainer } from './trainer';

/** How {@link train} is to go. */
export interface TrainOptions extends DataOptions {
  readonly epochs: number;
  readonly shuffle: boolean;
  readonly callbacks: readonly tf.Callback[];
  /** Whether a callback looks at single steps: then each is handed over alone. */
  readonly live: boolean;
  readonly write: Write;
}

/**
 * Trains a compiled model: on the native engine by a recorded step, on others a stack of Dense layers
 * by a step written for it, and what neither can do by tfjs-layers' own step.
 *
 * Either way the model's weights and its optimizer's state are those of the last step at the end
 * of each epoch, and when training ends, however it ends; where the loss or the weights are no
 * numbers any more, those with which that epoch, or the last good one, began.
 *
 * @throws NotFiniteError that says where, the likeliest cause and its cure.
 */
export async function train(
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  options: TrainOptions,
): Promise<tf.History> {
  const inner = innerModel(model);
  if (inner.isTraining) throw new Error(text(BUSY));
  inner.isTraining = true;
  let data: TrainingData | undefined;
  let trainer: Trainer | undefined;
  const { sampleWeight, validationData } = options;
  const guard = new Guard(inner, { x, y, sampleWeight, validationData: validationData?.flat() });
  try {
    data = await trainingData(inner, x, y, options);
    trainer = await makeTrainer(inner, data, options);
    const { epochs, batchSize, shuffle, callbacks, live } = options;
    const validation = data.validation !== undefined;
    const loop = { epochs, batchSize, shuffle, callbacks, live, validation, guard };
    return await trainLoop(inner, trainer, data.training.count, loop);
  } catch (error) {
    throw lacksKernel(error) ?? error;
  } finally {
    // Whatever fails here, the model can be trained again.
    inner.isTraining = false;
    try {
      trainer?.pull();
      guard.restore();
    } finally {
      guard.dispose();
      trainer?.dispose();
      data?.dispose();
    }
  }
}

/** A sequential model wraps the one that trains. */
export function innerModel(model: tf.LayersModel): InnerModel {
  const { model: inner } = model as unknown as { model?: InnerModel };
  return inner ?? (model as unknown as InnerModel);
}

async function makeTrainer(
  model: InnerModel,
  { training, validation }: TrainingData,
  { batchSize, live, write }: TrainOptions,
): Promise<Trainer> {
  const optimizer = new OptimizerState(model.optimizer);
  await optimizer.prepare(model.collectedTrainableWeights.map(weight => weight.read()));
  const backend = nativeBackend();
  try {
    if (!backend) return new DenseTrainer(model, optimizer, training, validation, batchSize);
    const input = { model, optimizer, training, validation, batchSize, single: live };
    return new RecordedTrainer(backend, input);
  } catch (error) {
    if (!(error instanceof NotRecordableError || error instanceof NotDenseError)) throw error;
    sayOnce(model, error.reason, write);
    return new StockTrainer(model, training, validation, batchSize);
  }
}

const told = new WeakSet<InnerModel>();

function sayOnce(model: InnerModel, reason: Text, write: Write): void {
  if (told.has(model)) return;
  told.add(model);
  write(
    text({
      zh: `这个模型改用 TensorFlow.js 自己的训练步骤，速度较慢，原因：${reason.zh}。\n`,
      en: `This model trains by TensorFlow.js's own steps, which are slower: ${reason.en}.\n`,
    }),
  );
}

/** WebAssembly has no gradient for some layers, such as a convolution's. */
function lacksKernel(error: unknown): Error | undefined {
  const message = error instanceof Error ? error.message : '';
  const kernel = /Kernel '(\w+)' not registered for backend 'wasm'/.exec(message)?.[1];
  if (!kernel) return undefined;
  return new Error(
    text({
      zh: `WebAssembly 引擎不能训练这个模型，它缺少运算 ${kernel}。请使用原生引擎（npm run setup），或者换用其他层。`,
      en: `The WebAssembly engine cannot train this model: it lacks the operation ${kernel}. Use the native engine (npm run setup), or other layers.`,
    }),
    { cause: error },
  );
}

const BUSY: Text = {
  zh: '这个模型正在训练。请等它结束，或者先中断它。',
  en: 'This model is being trained already. Wait until that ends, or interrupt it first.',
};
