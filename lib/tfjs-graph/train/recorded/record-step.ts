import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { NotRecordableError } from '../../errors';
import type { TensorId } from '../../graph/backend';
import { samplesOf } from '../../graph/byte-tensor';
import type { RecordedFunction, Source } from '../../graph/module';
import { drawnConstants } from '../../graph/random';
import { type Recorder, recordFunction } from '../../graph/recording';
import type { Share } from '../../graph/state';
import type { TapeConstant, TapeOp } from '../../graph/tape/tape';
import type { OptimizerState } from '../optimizer-state';
import { isHeld, statefulLayers } from '../states';
import { allRows, callsOf } from '../steps';
import { testStep, trainStep } from '../stock';
import { type InnerModel, type Part, type TrainerInput, trainableWeights } from '../trainer';

export type StepInput =
  /** The samples of a column of the data, or the bytes that they are made of. */
  | (number | { readonly bytesOf: number })
  /** One of the optimizer's numbers, or its negative. */
  | { readonly scalar: number; readonly sign: 1 | -1 };

/** Records steps on an engine. */
export interface StepRecorder extends Recorder {
  /** Runs `work` with the engine's own ops for losses and gradients. */
  withOwnOps<T>(model: InnerModel, work: () => T): T;
}

/** An update of a weight, or of a share of its columns, by the optimizer's op. */
export interface WeightUpdate {
  readonly variable: tf.Variable;
  readonly slots: readonly tf.Variable[];
  readonly share?: Share;
  readonly gradient: TensorId;
  /** The product that is the gradient, if the op of the update computes the product, too. */
  readonly product?: TapeOp;
}

/** Its output is loss and metrics, float32, `[values]`. */
export interface RecordedStep extends RecordedFunction<StepInput> {
  /** Empty if the optimizer's own update is recorded. */
  readonly updates: readonly WeightUpdate[];
  readonly trial: ReturnType<typeof recordFunction>['trial'];
}

/**
 * Records a stock step of tfjs-layers, on other samples and at another learning rate each time, and
 * leaves all variables as they were. The optimizer counts these steps; see {@link OptimizerState.save}.
 *
 * @param optimizer for a step of training; without it the step only measures.
 * @param like the same step, of another number of samples.
 * @throws NotRecordableError if the two recordings show that the step cannot be replayed, or a
 * layer keeps a state of its own kind, which they would change.
 */
function recordStep(
  recorder: StepRecorder,
  model: InnerModel,
  { columns, count }: Part,
  batchSize: number,
  optimizer?: OptimizerState,
  like?: RecordedStep,
): RecordedStep {
  const layer = statefulLayers(model.layers).find(each => !isHeld(each));
  if (layer) throw new NotRecordableError({ code: 'stateful', layer: layer.name });
  const { step, gradients } = optimizer
    ? catchingStep(model, optimizer)
    : { step: testStep(model), gradients: new Map<tf.Variable, tf.Tensor>() };
  const samplesFrom = (first: number) =>
    columns.map(({ tensor }) => samplesOf(tensor, first, batchSize));
  const recorded = recordFunction(
    recorder,
    (...batch) => {
      const values = recorder.withOwnOps(model, () => step(batch));
      const stacked = tf.stack(values);
      // tfjs-layers keeps its metrics beyond the scope.
      tf.dispose(values);
      return [stacked, ...gradients.values()];
    },
    {
      examples: trial => samplesFrom(trial === 'first' ? 0 : count - batchSize),
      differently: work => (optimizer ? optimizer.withOtherRate(work) : work()),
      like: like?.trial,
    },
  );
  const [values, ...slopes] = recorded.tape.outputs;
  const sources = new Map<TensorId, Source<StepInput>>(recorded.sources);
  const drawn: TapeConstant[] = [];
  for (const [first, second] of recorded.changing) {
    const sign = optimizer?.signOfRate(first, second);
    if (sign) sources.set(first.id, { input: { scalar: 0, sign } });
    else drawn.push(first);
  }
  return {
    tape: { ...recorded.tape, outputs: values === undefined ? [] : [values] },
    sources,
    drawn: drawnConstants(recorded.seeds, drawn),
    assigned: recorded.assigned,
    trial: recorded.trial,
    updates: Array.from(gradients.keys(), (variable, i) => ({
      variable,
      slots: optimizer?.slotsOf(variable) ?? [],
      gradient: at(slopes, i),
    })),
  };
}

/** Records a step of each size, of training and of validation. */
export function recordSteps(
  recorder: StepRecorder,
  { model, optimizer, training, validation, batchSize }: TrainerInput,
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
    return [...record(training, optimizer), ...(validation ? record(validation) : [])];
  } finally {
    // The steps that were recorded do not count.
    optimizer.save();
  }
}

/** A step of one size, of training or of validation, and the data that it takes. */
export type PlannedStep = ReturnType<typeof recordSteps>[number];

/** Returns the model's own step of training; where its update is fused, the gradients are caught instead. */
function catchingStep(model: InnerModel, { fused }: OptimizerState) {
  const step = trainStep(model);
  /** By the weights, of the step taken last; without those frozen after `compile`. */
  const gradients = new Map<tf.Variable, tf.Tensor>();
  if (!fused) return { step, gradients };
  const weights = new Map(trainableWeights(model).map(variable => [variable.name, variable]));
  const { optimizer } = model;
  return {
    gradients,
    step: (data: tf.Tensor[]) => {
      gradients.clear();
      optimizer.applyGradients = caught => {
        for (const { name, tensor } of caught as { name: string; tensor: tf.Tensor | null }[]) {
          const variable = weights.get(name);
          // The optimizer disposes of its own.
          if (variable && tensor) gradients.set(variable, tensor.clone());
        }
      };
      try {
        return step(data);
      } finally {
        Reflect.deleteProperty(optimizer, 'applyGradients');
      }
    },
  };
}
