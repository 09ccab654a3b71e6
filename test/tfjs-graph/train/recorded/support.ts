/** Steps of training as they are recorded, before and after the passes. */
import type * as tf from '@tensorflow/tfjs';
import { type NativeBackend, nativeBackend } from '../../../../lib/tfjs-graph/graph/backend';
import { OptimizerState } from '../../../../lib/tfjs-graph/train/optimizer-state';
import {
  type RecordedStep,
  recordSteps,
} from '../../../../lib/tfjs-graph/train/recorded/record-step';
import type { RewriteContext } from '../../../../lib/tfjs-graph/train/recorded/rewrites';
import { nativeStepRecorder } from '../../../../lib/tfjs-graph/train/recorded/trainer';
import { innerModel, trainableWeights } from '../../../../lib/tfjs-graph/train/trainer';

/** A step of training on so many samples at a time, and what passes know of it. */
export async function stepOf(
  model: tf.LayersModel,
  columns: readonly tf.Tensor[],
  batchSize = 32,
): Promise<{ step: RecordedStep; context: RewriteContext }> {
  const backend = nativeBackend() as NativeBackend;
  const inner = innerModel(model);
  const optimizer = new OptimizerState(inner.optimizer);
  await optimizer.prepare(trainableWeights(inner));
  const count = columns[0]?.shape[0] ?? 0;
  const training = { columns, start: 0, count };
  const given = { model: inner, optimizer, training, batchSize, live: false };
  const [recorded] = recordSteps(nativeStepRecorder(backend), given);
  const { step } = recorded as { step: RecordedStep };
  return { step, context: { backend, columns, shares: new Map(), parts: 2 } };
}

/** How many operations of this name a step has. */
export const countOf = ({ tape }: RecordedStep, name: string): number =>
  tape.ops.filter(({ op }) => op === name).length;
