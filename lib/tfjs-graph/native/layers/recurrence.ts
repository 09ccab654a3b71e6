/** Records all time steps of an LSTM or a GRU as this package's op: see `recurrence.cc`. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { Attributes, type NativeBackend } from '../../backend';
import type { Call, CallArgs, Weight } from '../../trace/layer-calls';
import { needsGradient } from './gradients';
import { partsOf } from './parts';

/** A recurrent layer with internal members. */
interface Recurrent extends Omit<tf.layers.Layer, 'resetStates'> {
  readonly cell: tf.layers.Layer &
    Readonly<Record<'activation' | 'recurrentActivation', tf.serialization.Serializable>> &
    Readonly<Record<'units' | 'dropout' | 'recurrentDropout', number>> &
    Readonly<Record<'kernel' | 'recurrentKernel' | 'bias', Weight | null>>;
  readonly goBackwards: boolean;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly states_: tf.Tensor[];
  resetStates(states: tf.Tensor[], training: unknown): void;
}

const GATES = { LSTMCell: 4, GRUCell: 3 } as const;

/** Returns a layer's number of gates if the op supports the layer: no mask, dropout, or initial state. */
function gatesOf(layer: Recurrent, args: CallArgs): number | undefined {
  const { cell, returnState } = layer;
  const classes = tf.serialization.SerializationMap.getMap().classNameMap;
  const [, gates] =
    Object.entries(GATES).find(([name]) => cell.constructor === classes[name]?.[0]) ?? [];
  if (gates === undefined || returnState) return undefined;
  if (cell.dropout || cell.recurrentDropout) return undefined;
  if (args?.mask != null || args?.initialState != null) return undefined;
  const names = [cell.activation, cell.recurrentActivation].map(item => item.getClassName());
  return /^tanh,(hardSigmoid|sigmoid)$/.test(String(names)) ? gates : undefined;
}

/** Returns the call of recurrent layers by this package's ops, which compute up to `maxParts` parts of samples in parallel. */
export const recurrentCall =
  (backend: NativeBackend, maxParts: number): Call =>
  (layer: Recurrent, x, args, stock) => {
    const gates = gatesOf(layer, args);
    if (gates === undefined) return stock();
    return tf.tidy(() => {
      const { y, end } = recur(backend, maxParts, layer, gates, x);
      if (layer.stateful) layer.resetStates(tf.split(end, gates === 4 ? 2 : 1, 1), args?.training);
      end.dispose();
      return y;
    });
  };

function recur(
  backend: NativeBackend,
  maxParts: number,
  { cell, goBackwards, returnSequences, stateful, states_ }: Recurrent,
  gates: number,
  x: tf.Tensor,
): { y: tf.Tensor; end: tf.Tensor } {
  const attributes = new Attributes(backend.binding);
  const count = Math.max(1, Math.min(maxParts, x.shape[0] ?? 0));
  const attrs = [
    attributes.bool('reverse', goBackwards),
    attributes.bool('hard', cell.recurrentActivation.getClassName() === 'hardSigmoid'),
  ];
  const hasGradient = needsGradient(x);
  const start = stateful ? tf.concat(states_, 1) : tf.zeros([0]);
  let end = start;
  const layer = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [, ...weights] = args as tf.Tensor[];
    const sequences = attributes.bool('sequences', returnSequences);
    const xs = partsOf(x, count);
    const starts = stateful ? partsOf(start, count) : xs.map(() => start);
    const outputs = xs.map((samples, part) => {
      const inputs = [samples, ...weights, at(starts, part)];
      return backend.executeMultipleOutputs('Recurrence', [...attrs, sequences], inputs, 3);
    });
    // The scope of the gradient would dispose of the tensor.
    if (stateful) end = tf.keep(tf.concat(outputs.map(part => at(part, 2))));
    save([...xs, ...weights, ...outputs.map(part => at(part, 1))]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [savedWeights, history] = [saved.slice(count, -count), saved.slice(-count)];
      const withInput = attributes.bool('with_input', hasGradient);
      const slopes = partsOf(dy, count).map((slope, part) => {
        const inputs = [at(saved, part), ...savedWeights, at(history, part), slope];
        return backend.executeMultipleOutputs('RecurrenceGrad', [...attrs, withInput], inputs, 4);
      });
      const [byX = [], ...byWeights] = args.map((_, i) => slopes.map(part => at(part, i)));
      const sums = byWeights.map(parts => tf.addN(parts));
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
