import * as tf from '@tensorflow/tfjs';
import type { Text } from 'digits/language';
import type { NativeBackend, TensorId } from '../../graph/backend';
import { samplesOf } from '../../graph/byte-tensor';
import { changingConstants } from '../../graph/tape/compare';
import { simplify } from '../../graph/tape/simplify';
import { NotRecordableError, record, type Tape, type TapeOp } from '../../graph/tape/tape';
import { allVariables, preservingVariables, separateVariables } from '../../graph/variables';
import { isPresent } from '../../is-present';
import type { OptimizerState } from '../optimizer-state';
import { statefulLayer } from '../stateful';
import type { InnerModel, Part } from '../trainer';
import { testStep } from '../validation-step';
import { withLogitLoss } from './logit-loss';
import { withNativeGradients } from './native-gradients';

/** A step of a model, recorded. */
export interface RecordedStep {
  readonly tape: Tape;
  /** Constants that JavaScript makes anew at each step. */
  readonly changing: ReadonlySet<TensorId>;
  /** Constants that are the rate of learning, or its negative. */
  readonly rates: ReadonlyMap<TensorId, 1 | -1>;
  /** The batch, column by column. */
  readonly batch: readonly TensorId[];
  /** The variables that the step uses, as it found them. */
  readonly variables: ReadonlyMap<tf.Variable, TensorId>;
  /** The variables that the step assigns to, as it left them. */
  readonly assigned: ReadonlyMap<tf.Variable, TensorId>;
  /** The gradient of each trainable weight; none where the optimizer's own update is recorded. */
  readonly gradients: readonly { variable: tf.Variable; id: TensorId | undefined }[];
  /** Loss and metrics. */
  readonly outputs: readonly TensorId[];
  /** Of matrices that are held in parts, and of their gradients: the tensors of the parts. */
  readonly parts: ReadonlyMap<TensorId, readonly TensorId[]>;
  /** Of tensors of the batch whose bytes are multiplied: the tensors of the bytes. */
  readonly bytes: ReadonlyMap<TensorId, TensorId>;
  /** Of gradients, or their parts, that the update makes: the products that they are. */
  readonly products: ReadonlyMap<TensorId, TapeOp>;
}

/**
 * Records a stock step of tfjs-layers twice, on other samples and at another rate of learning each
 * time, and leaves all variables as they were.
 *
 * @param optimizer for a step of training; without it the step only measures.
 * @throws NotRecordableError where the two recordings show that the step cannot be replayed, or a
 * layer keeps a state, which they would change.
 */
export function recordStep(
  backend: NativeBackend,
  model: InnerModel,
  part: Part,
  batchSize: number,
  optimizer?: OptimizerState,
): RecordedStep {
  const layer = statefulLayer(model.layers);
  if (layer) throw new NotRecordableError(carries(layer));
  separateVariables();
  return preserving(optimizer, () => {
    const take = (start: number) => recordOnce(backend, model, part, batchSize, start, optimizer);
    const { first, changing } = twiceIfNeeded(() => {
      const first = take(part.start);
      const last = part.start + part.count - batchSize;
      const second = optimizer?.withOtherRate(() => take(last)) ?? take(last);
      return { first, changing: changingConstants(first.tape, second.tape) };
    });
    const rates = new Map<TensorId, 1 | -1>();
    for (const [a, b] of changing) {
      const sign = optimizer?.signOfRate(a.values[0] ?? 0, b.values[0] ?? 0);
      if (sign && a.values.length === 1) rates.set(a.id, sign);
    }
    const { tape, outputs, assigned, gradients } = first;
    const wanted = [...outputs, ...assigned.values(), ...gradients.map(({ id }) => id)];
    return {
      ...first,
      tape: simplify({ ...tape, outputs }, backend.binding, wanted.filter(isPresent)),
      rates,
      changing: new Set([...changing.keys()].map(({ id }) => id)),
      parts: new Map(),
      bytes: new Map(),
      products: new Map(),
    };
  });
}

const carries = ({ name }: tf.layers.Layer): Text => ({
  zh: `其中的 ${name} 层把状态从一批带到下一批（stateful）`,
  en: `its layer ${name} carries its state from one batch to the next (stateful)`,
});

/** The very first run of a step may do more: it makes what is made once, such as an optimizer's slots. */
function twiceIfNeeded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof NotRecordableError)) throw error;
    return work();
  }
}

type Recording = Omit<RecordedStep, 'changing' | 'rates' | 'parts' | 'bytes' | 'products'>;

function recordOnce(
  backend: NativeBackend,
  model: InnerModel,
  part: Part,
  batchSize: number,
  start: number,
  optimizer?: OptimizerState,
): Recording {
  let recording: Recording | undefined;
  tf.tidy(() => {
    const batch = part.columns.map(column => samplesOf(column, start, batchSize));
    const variables = allVariables();
    let gradients: Recording['gradients'] = [];
    let values: tf.Scalar[] = [];
    const tape = record(backend, [...batch, ...variables], () => {
      const step = optimizer
        ? trainFunction(model, backend, optimizer, found => {
            gradients = found;
          })
        : testStep(model);
      values = withLogitLoss(backend, model, () => withNativeGradients(backend, () => step(batch)));
      return [...values, ...variables];
    });
    // tfjs-layers keeps its metrics beyond the scope.
    tf.dispose(values);
    const before = tape.inputs.slice(batch.length);
    const after = tape.outputs.slice(values.length);
    const assigned = after.filter((id, i) => id !== before[i]);
    const results = tape.outputs.slice(0, values.length);
    const used = new Set([...tape.ops.flatMap(({ inputs }) => inputs), ...assigned, ...results]);
    const mapOf = (ids: TensorId[], which: (i: number) => boolean) =>
      new Map(variables.flatMap((v, i) => (which(i) ? [[v, ids[i] as TensorId] as const] : [])));
    recording = {
      tape,
      batch: tape.inputs.slice(0, batch.length),
      variables: mapOf(before, i => used.has(before[i] as TensorId)),
      assigned: mapOf(after, i => before[i] !== after[i]),
      gradients,
      outputs: results,
    };
  });
  if (!recording) throw new Error('Expected a recording');
  return recording;
}

/** The model's own step of training; where its update is fused, the gradients are caught instead. */
function trainFunction(
  model: InnerModel,
  backend: NativeBackend,
  { fused }: OptimizerState,
  found: (gradients: Recording['gradients']) => void,
): (data: tf.Tensor[]) => tf.Scalar[] {
  const step = model.makeTrainFunction();
  if (!fused) return step;
  const weights = model.collectedTrainableWeights.map(weight => weight.read());
  const { optimizer } = model;
  return data => {
    optimizer.applyGradients = gradients => {
      const tensors = new Map(
        // That of a weight that was frozen after `compile` is null.
        (gradients as { name: string; tensor: tf.Tensor | null }[]).map(g => [g.name, g.tensor]),
      );
      found(
        weights.map(variable => {
          const gradient = tensors.get(variable.name);
          return { variable, id: gradient ? backend.getInputTensorIds([gradient])[0] : undefined };
        }),
      );
    };
    try {
      return step(data);
    } finally {
      Reflect.deleteProperty(optimizer, 'applyGradients');
    }
  };
}

/** Runs `work`, which takes steps, and undoes what they did to variables and step counter. */
function preserving<T>(optimizer: OptimizerState | undefined, work: () => T): T {
  const restore = optimizer?.remember();
  try {
    return preservingVariables(work);
  } finally {
    restore?.();
  }
}
