/** The states that recurrent layers carry from one batch to the next (stateful). */
import * as tf from '@tensorflow/tfjs';

/** A layer that may hold others: a model, a wrapper, an RNN with its cells. */
interface Holder extends tf.layers.Layer {
  readonly layers?: readonly Holder[];
  readonly layer?: Holder;
  readonly forwardLayer?: Holder;
  readonly backwardLayer?: Holder;
  readonly cell?: Holder;
  readonly cells?: readonly Holder[];
}

/** A layer of tfjs-layers that carries its state, with what its public type leaves out. */
interface Recurrent extends tf.layers.Layer {
  states_: tf.Tensor[];
  resetStates(states?: tf.Tensor | tf.Tensor[], training?: boolean): void;
}

/** Returns the layers that carry their state from one batch to the next, at whatever depth. */
export const statefulLayers = (layers: readonly tf.layers.Layer[]): tf.layers.Layer[] => [
  ...new Set(
    (layers as readonly Holder[]).flatMap(layer => {
      // Not whatever it refers to, which may be its own model, or another one.
      const { layers: inner = [], cells = [], cell, forwardLayer, backwardLayer } = layer;
      // Of two directions, each has a copy of what was given.
      const wrapped = forwardLayer ? undefined : layer.layer;
      const held = [...inner, ...cells, cell, wrapped, forwardLayer, backwardLayer];
      const found = statefulLayers(held.filter(each => each !== undefined));
      if (found.length > 0) return isRepeated(layer) ? [layer] : found;
      return layer.stateful && !layer.layers ? [layer] : [];
    }),
  ),
];

/** Says whether a step may call a layer, or what it wraps, more than once: then gradients flow through the state. */
const isRepeated = (layer: Holder): boolean =>
  layer.inboundNodes.length > (layer.layers ? 2 : 1) ||
  (layer.layer !== undefined && !layer.forwardLayer);

/** Says whether the state of a layer is in variables, which a recording reads and assigns. */
export const hasVariableState = (layer: tf.layers.Layer): boolean =>
  (layer as Recurrent).states_?.every(state => state instanceof tf.Variable) ?? false;

/**
 * Holds the states of layers in variables. By itself, tfjs-layers makes new tensors at each step, and keeps
 * those of all steps before.
 *
 * @returns a function that gives the layers back their states as tensors.
 */
export function holdStates(layers: readonly tf.layers.Layer[]): () => void {
  const recurrent = (statefulLayers(layers) as Recurrent[]).filter(
    layer => layer.states_ && !isRepeated(layer),
  );
  const releases = recurrent.map(layer => {
    const given = layer.states_;
    const variables = given.map(state => tf.variable(state, false));
    tf.dispose(given);
    layer.states_ = variables;
    layer.resetStates = states => {
      const news = [states ?? []].flat();
      tf.tidy(() => variables.forEach((v, i) => void v.assign(news[i] ?? tf.zeros(v.shape))));
    };
    return () => {
      Reflect.deleteProperty(layer, 'resetStates');
      layer.states_ = variables.map(state => state.clone());
      tf.dispose(variables);
    };
  });
  return () => {
    for (const release of releases) release();
  };
}
