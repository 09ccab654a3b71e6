/** Records an LSTM or a GRU, over all steps of its samples, as an op of our own: see `recurrence.cc`. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { Attributes, hasOwnOps, type NativeBackend } from '../../graph/backend';
import { isLearnt } from '../../graph/gradients';
import { type Call, type Weight, withCalls } from '../../graph/layer-calls';
import { partsOf } from './parts';

/** What the types of tfjs-layers leave out. */
interface Recurrent extends Omit<tf.layers.Layer, 'resetStates'> {
  readonly cell: tf.layers.Layer &
    Readonly<Record<'activation' | 'recurrentActivation', tf.serialization.Serializable>> &
    Readonly<Record<'units' | 'dropout' | 'recurrentDropout', number>> &
    Readonly<Record<'kernel' | 'recurrentKernel' | 'bias', Weight | null>>;
  readonly goBackwards: boolean;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  /** Of a layer that carries its state from one batch to the next. */
  readonly states_: tf.Tensor[];
  resetStates(states: tf.Tensor[], training: unknown): void;
}

type Given = Readonly<Record<string, unknown>> | null;

const GATES = { LSTMCell: 4, GRUCell: 3 } as const;

/** Returns a layer's gates if the op computes it: without a mask, dropout, or states of other layers. */
function gatesOf(layer: Recurrent, given: Given): number | undefined {
  const { cell, returnState } = layer;
  const classes = tf.serialization.SerializationMap.getMap().classNameMap;
  const [, gates] =
    Object.entries(GATES).find(([name]) => cell.constructor === classes[name]?.[0]) ?? [];
  if (gates === undefined || returnState) return undefined;
  if (cell.dropout || cell.recurrentDropout) return undefined;
  if (given?.mask != null || given?.initialState != null) return undefined;
  const names = [cell.activation, cell.recurrentActivation].map(each => each.getClassName());
  return /^tanh,(hardSigmoid|sigmoid)$/.test(String(names)) ? gates : undefined;
}

/**
 * Runs `work`, in which such a layer is an op of our own, and another for its gradients, for each part of
 * the samples.
 *
 * @param parts that are computed side by side.
 */
export function withRecurrence<T>(backend: NativeBackend, parts: number, work: () => T): T {
  if (!hasOwnOps(backend)) return work();
  const own: Call = (layer: Recurrent, x, given: Given, stock) => {
    const gates = gatesOf(layer, given);
    if (gates === undefined) return stock();
    return tf.tidy(() => {
      const { y, end } = recur(backend, parts, layer, gates, x);
      if (layer.stateful) layer.resetStates(tf.split(end, gates === 4 ? 2 : 1, 1), given?.training);
      end.dispose();
      return y;
    });
  };
  return withCalls({ RNN: own }, work);
}

function recur(
  backend: NativeBackend,
  most: number,
  { cell, goBackwards, returnSequences, stateful, states_ }: Recurrent,
  gates: number,
  x: tf.Tensor,
): { y: tf.Tensor; end: tf.Tensor } {
  const attributes = new Attributes(backend.binding);
  const count = Math.max(1, Math.min(most, x.shape[0] ?? 0));
  const attrs = [
    attributes.bool('reverse', goBackwards),
    attributes.bool('hard', cell.recurrentActivation.getClassName() === 'hardSigmoid'),
  ];
  const hasGradient = isLearnt(x);
  const start = stateful ? tf.concat(states_, 1) : tf.zeros([0]);
  let end = start;
  const layer = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [, ...weights] = args as tf.Tensor[];
    const sequences = attributes.bool('sequences', returnSequences);
    const xs = partsOf(x, count);
    const starts = stateful ? partsOf(start, count) : xs.map(() => start);
    const outputs = xs.map((own, part) => {
      const all = [own, ...weights, at(starts, part)];
      return backend.executeMultipleOutputs('Recurrence', [...attrs, sequences], all, 3);
    });
    // The scope of the gradient would dispose of it.
    if (stateful) end = tf.keep(tf.concat(outputs.map(part => at(part, 2))));
    save([...xs, ...weights, ...outputs.map(part => at(part, 1))]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [inputs, kept] = [saved.slice(count, -count), saved.slice(-count)];
      const withInput = attributes.bool('with_input', hasGradient);
      const slopes = partsOf(dy, count).map((slope, part) => {
        const all = [at(saved, part), ...inputs, at(kept, part), slope];
        return backend.executeMultipleOutputs('RecurrenceGrad', [...attrs, withInput], all, 4);
      });
      const [byX = [], ...byWeights] = args.map((_, i) => slopes.map(part => at(part, i)));
      const sums = byWeights.map(each => tf.addN(each));
      // TensorFlow.js may have disposed of `x`.
      return [hasGradient ? tf.concat(byX) : tf.zeros(x.shape), ...sums];
    };
    return { value: tf.concat(outputs.map(part => at(part, 0))), gradFunc };
  });
  const weights = [cell.kernel, cell.recurrentKernel, cell.bias].map(
    weight => weight?.read() ?? tf.zeros([gates * cell.units]),
  );
  const y = layer(x, ...weights);
  return { y: returnSequences ? y : y.squeeze([1]), end };
}
