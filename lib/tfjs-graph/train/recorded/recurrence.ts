/** Records an LSTM or a GRU, over all steps of its samples, as an op of our own: see `recurrence.cc`. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { Attributes, hasOwnOps, type NativeBackend } from '../../graph/backend';

/** What the types of tfjs-layers leave out. */
interface Cell extends tf.layers.Layer {
  readonly units: number;
  readonly activation: tf.serialization.Serializable;
  readonly recurrentActivation: tf.serialization.Serializable;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly kernel: Weight;
  readonly recurrentKernel: Weight;
  readonly bias: Weight | null;
}

interface Weight {
  read(): tf.Tensor;
}

interface Recurrent extends tf.layers.Layer {
  readonly cell: Cell;
  readonly goBackwards: boolean;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
}

type Given = Readonly<Record<string, unknown>> | null;

/** Their gates. */
const CELLS = { LSTMCell: 4, GRUCell: 3 } as const;

const classOf = (name: string): unknown =>
  tf.serialization.SerializationMap.getMap().classNameMap[name]?.[0];

/** Returns a layer's gates if it is one that the op computes; a mask, dropout or states of its own it does not. */
function gatesOf({ cell, returnState, stateful }: Recurrent, given: Given): number | undefined {
  const [, gates] =
    Object.entries(CELLS).find(([name]) => cell.constructor === classOf(name)) ?? [];
  const isPlain =
    gates !== undefined &&
    !returnState &&
    !stateful &&
    !cell.dropout &&
    !cell.recurrentDropout &&
    cell.activation.getClassName() === 'tanh' &&
    /^(hardSigmoid|sigmoid)$/.test(cell.recurrentActivation.getClassName()) &&
    given?.mask == null &&
    given?.initialState == null;
  return isPlain ? gates : undefined;
}

/**
 * Runs `work`, in which such a layer is an op of our own, and another for its gradients, for each part of
 * the samples.
 *
 * @param parts that are computed side by side.
 */
export function withRecurrence<T>(backend: NativeBackend, parts: number, work: () => T): T {
  const layer = tf.RNN.prototype as unknown as {
    call(x: tf.Tensor | tf.Tensor[], given: Given): unknown;
  };
  const { call } = layer;
  if (backend.isUsingGpuDevice || !hasOwnOps(backend.binding)) return work();
  layer.call = function (this: Recurrent, x, given) {
    const gates = gatesOf(this, given);
    if (gates === undefined) return call.call(this, x, given);
    return tf.tidy(() => recur(backend, parts, this, gates, [x].flat()[0] as tf.Tensor));
  };
  try {
    return work();
  } finally {
    layer.call = call;
  }
}

function recur(
  backend: NativeBackend,
  most: number,
  { cell, goBackwards, returnSequences }: Recurrent,
  gates: number,
  x: tf.Tensor,
): tf.Tensor {
  const attributes = new Attributes(backend.binding);
  const samples = x.shape[0] ?? 0;
  const count = Math.max(1, Math.min(most, samples));
  const parts = Array.from({ length: count }, (_, part) => [
    attributes.bool('reverse', goBackwards),
    attributes.bool('hard', cell.recurrentActivation.getClassName() === 'hardSigmoid'),
    attributes.int('part', part),
    attributes.int('parts', count),
  ]);
  // What the data give has no gradient.
  const withInput = tf
    .engine()
    .state.activeTape?.some(({ outputs }) => outputs.some(({ id }) => id === x.id));
  const bias = cell.bias?.read() ?? tf.zeros([gates * cell.units]);
  const layer = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const given = args as tf.Tensor[];
    const made = parts.map(attrs =>
      backend.executeMultipleOutputs(
        'Recurrence',
        [...attrs, attributes.bool('sequences', returnSequences)],
        given,
        2,
      ),
    );
    save([...given, ...made.map(part => at(part, 1))]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const inputs = saved.slice(0, given.length);
      const slopes = parts.map((attrs, part) =>
        backend.executeMultipleOutputs(
          'RecurrenceGrad',
          [...attrs, attributes.bool('with_input', withInput === true)],
          [...inputs, at(saved, given.length + part), dy],
          given.length,
        ),
      );
      const [byX, ...byWeights] = given.map((_, i) => slopes.map(part => at(part, i)));
      return [
        withInput ? tf.concat(byX as tf.Tensor[]) : tf.zerosLike(x),
        ...byWeights.map(each => tf.addN(each)),
      ];
    };
    return { value: tf.concat(made.map(part => at(part, 0))), gradFunc };
  });
  const y = layer(x, cell.kernel.read(), cell.recurrentKernel.read(), bias);
  return returnSequences ? y : y.squeeze([1]);
}
