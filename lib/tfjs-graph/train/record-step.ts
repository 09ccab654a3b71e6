import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { TensorId } from '../backend';
import { samplesOf } from '../bytes/byte-tensor';
import { NotRecordableError } from '../errors';
import { type Recorder, type Recording, recordFunction, type Share } from '../trace/recording';
import type { TapeOp } from '../trace/tape';
import { withValues } from '../with-values';
import {
  type Call,
  type CompilerInput,
  type InnerModel,
  type Part,
  type StepValues,
  trainableWeights,
} from './model';
import type { OptimizerState } from './optimizer-state';
import { hasVariableState, statefulLayers } from './states';
import { allRows, callsOf } from './steps';
import { testStep, trainStep } from './stock';

export type StepInput =
  /** The samples of a column, or the samples' bytes. */
  | (number | { readonly bytesOf: number })
  /** An optimizer's scalar, by index. */
  | { readonly scalar: number };

export interface StepRecorder {
  readonly record: Recorder;
  /** Runs `work` with fused ops for layers, losses and gradients. */
  withOwnOps<T>(model: InnerModel, work: () => T): T;
}

/** An update of a weight, or of a shard, by the optimizer's op. */
export interface WeightUpdate {
  readonly variable: tf.Variable;
  readonly slots: readonly tf.Variable[];
  readonly share?: Share;
  readonly gradient: TensorId;
  /** The gradient's product, if the update's op also computes the gradient. */
  readonly product?: TapeOp;
}

/** A recorded step. The output is the loss followed by the metrics, float32, `[values]`. */
export interface RecordedStep extends Recording<StepInput> {
  /** Empty if the recording includes the optimizer's own update. */
  readonly updates: readonly WeightUpdate[];
}

/**
 * Records a stock step of tfjs-layers and restores all variables. The two recordings use different samples and learning
 * rates. The optimizer counts the recorded steps; see {@link OptimizerState.save}.
 *
 * @param optimizer the optimizer of a training step; undefined for an evaluation step
 * @param similar the same step with another batch size
 * @throws NotRecordableError if the two recordings show that the step cannot be replayed, or would change a layer's
 * state of an unknown kind
 */
function recordStep(
  recorder: StepRecorder,
  model: InnerModel,
  { columns, count }: Part,
  batchSize: number,
  optimizer?: OptimizerState,
  similar?: RecordedStep,
): RecordedStep {
  const layer = statefulLayers(model.layers).find(item => !hasVariableState(item));
  if (layer) throw new NotRecordableError({ code: 'stateful', layer: layer.name });
  const { step, gradients } = optimizer
    ? captureGradients(model, optimizer)
    : { step: testStep(model), gradients: new Map<tf.Variable, tf.Tensor>() };
  const samplesFrom = (first: number) =>
    columns.map(({ tensor }) => samplesOf(tensor, first, batchSize));
  const recorded = recordFunction<StepInput>(
    recorder.record,
    (...batch) => {
      const values = recorder.withOwnOps(model, () => step(batch));
      const stacked = tf.stack(values);
      // tfjs-layers exempts metrics from the scope.
      tf.dispose(values);
      return [stacked, ...gradients.values()];
    },
    {
      examples: recording => samplesFrom(recording === 'first' ? 0 : count - batchSize),
      perturb: work => (optimizer ? optimizer.withOtherRate(work) : work()),
      inputOf: (first, second) => optimizer?.rateOf(first, second),
      similar,
    },
  );
  const [values, ...gradientIds] = recorded.tape.outputs;
  return {
    ...recorded,
    tape: { ...recorded.tape, outputs: values === undefined ? [] : [values] },
    updates: Array.from(gradients.keys(), (variable, i) => ({
      variable,
      slots: optimizer?.slotsOf(variable) ?? [],
      gradient: at(gradientIds, i),
    })),
  };
}

/** Records training and validation steps, for each batch size. */
export function recordSteps(
  recorder: StepRecorder,
  { model, optimizer, training, validation, batchSize }: CompilerInput,
) {
  const record = (part: Part, state?: OptimizerState) => {
    const calls = [...callsOf(allRows(part.count), batchSize, () => Number.POSITIVE_INFINITY)];
    let step: RecordedStep | undefined;
    return calls.map(call => {
      step = recordStep(recorder, model, part, call.batchSize, state, step);
      return { ...call, trains: state !== undefined, columns: part.columns, step };
    });
  };
  try {
    return [...record(training, optimizer), ...record(validation)];
  } finally {
    // Restore the optimizer's step count.
    optimizer.save();
  }
}

/** A training or validation step for a batch size, with the data columns. */
export type PlannedStep = ReturnType<typeof recordSteps>[number];

/** Programs for all kinds and sizes of batches, and the copies of the weights that they share. */
export interface Programs {
  readonly module: { push(): void; pull(): void; dispose?(): void };
  readonly programs: readonly (PlannedStep & {
    readonly unrolled?: number;
    run(call: Call): readonly StepValues[];
  })[];
}

/** Returns the model's training step. With a fused optimizer, the step captures the gradients instead of an update. */
function captureGradients(model: InnerModel, { fused }: OptimizerState) {
  const step = trainStep(model);
  /** Gradients of the last step by weight, without weights frozen after `compile`. */
  const gradients = new Map<tf.Variable, tf.Tensor>();
  if (!fused) return { step, gradients };
  const weights = new Map(trainableWeights(model).map(variable => [variable.name, variable]));
  const { optimizer } = model;
  return {
    gradients,
    step: (data: tf.Tensor[]) => {
      gradients.clear();
      const applyGradients: typeof optimizer.applyGradients = list => {
        for (const { name, tensor } of list as { name: string; tensor: tf.Tensor | null }[]) {
          const variable = weights.get(name);
          // tfjs-layers disposes of the gradients.
          if (variable && tensor) gradients.set(variable, tensor.clone());
        }
      };
      return withValues(optimizer, { applyGradients }, () => step(data));
    },
  };
}
