import type * as tf from '@tensorflow/tfjs';
import { type NativeBackend, nativeBackend } from '../graph/backend';
import { NotRecordableError } from '../graph/tape/tape';
import { type Tensors, trainingData } from './data';
import { OptimizerState } from './optimizer-state';
import { withLogitLoss } from './recorded/logit-loss';
import { RecordedTrainer } from './recorded/trainer';
import { innerModel } from './train';
import type { InnerModel, StepValues } from './trainer';

/** Fewer steps are taken one by one before a graph of them is ready. */
const MIN_STEPS = 32;

/** Loss and metrics of a compiled model over samples, as means over them all. */
export async function measure(
  model: tf.LayersModel,
  x: Tensors,
  y: Tensors,
  batchSize: number,
): Promise<StepValues> {
  const inner = innerModel(model);
  const backend = nativeBackend();
  const samples = [x].flat()[0]?.shape[0] ?? 0;
  if (backend && samples >= MIN_STEPS * batchSize) {
    try {
      return await measureRecorded(backend, inner, x, y, batchSize);
    } catch (error) {
      if (!(error instanceof NotRecordableError)) throw error;
    }
  }
  const evaluate = () => [model.evaluate(x, y, { batchSize })].flat();
  const results = backend ? withLogitLoss(backend, inner, evaluate) : evaluate();
  const values = results.map(result => result.dataSync()[0] ?? Number.NaN);
  for (const result of results) result.dispose();
  return values;
}

/** As the validation of a training that trains on nothing. */
async function measureRecorded(
  backend: NativeBackend,
  model: InnerModel,
  x: Tensors,
  y: Tensors,
  batchSize: number,
): Promise<StepValues> {
  const data = await trainingData(model, x, y, { batchSize, validationSplit: 1 });
  try {
    const optimizer = new OptimizerState(model.optimizer);
    const input = { ...data, model, optimizer, batchSize, single: true };
    const trainer = new RecordedTrainer(backend, input);
    try {
      return trainer.test();
    } finally {
      trainer.dispose();
    }
  } finally {
    data.dispose();
  }
}
