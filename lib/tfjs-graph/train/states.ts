/** States that recurrent layers carry between batches (`stateful`). */
import * as tf from '@tensorflow/tfjs';

/** A layer with inner layers: a model, a wrapper, or an RNN with cells. */
interface CompositeLayer extends tf.layers.Layer {
  readonly layers?: readonly CompositeLayer[];
  readonly layer?: CompositeLayer;
  readonly forwardLayer?: CompositeLayer;
  readonly backwardLayer?: CompositeLayer;
  readonly cell?: CompositeLayer;
  readonly cells?: readonly CompositeLayer[];
}

/** A stateful layer with internal members. */
interface Recurrent extends tf.layers.Layer {
  states_: tf.Tensor[];
  resetStates(states?: tf.Tensor | tf.Tensor[], training?: boolean): void;
}

/** Returns the stateful layers, including inner layers. */
export const statefulLayers = (layers: readonly tf.layers.Layer[]): tf.layers.Layer[] => [
  ...new Set(
    (layers as readonly CompositeLayer[]).flatMap(layer => {
      // Only known properties: others may refer to the outer model or another model.
      const { layers: inner = [], cells = [], cell, forwardLayer, backwardLayer } = layer;
      // Bidirectional layers use copies of the wrapped layer.
      const wrapped = forwardLayer ? undefined : layer.layer;
      const children = [...inner, ...cells, cell, wrapped, forwardLayer, backwardLayer];
      const stateful = statefulLayers(children.filter(child => child !== undefined));
      if (stateful.length > 0) return isRepeated(layer) ? [layer] : stateful;
      return layer.stateful && !layer.layers ? [layer] : [];
    }),
  ),
];

/** Returns whether a step may call a layer or the wrapped layer repeatedly, so gradients flow through the state. */
const isRepeated = (layer: CompositeLayer): boolean =>
  layer.inboundNodes.length > (layer.layers ? 2 : 1) ||
  (layer.layer !== undefined && !layer.forwardLayer);

/** Returns whether a layer's states are variables, which recordings support. */
export const hasVariableState = (layer: tf.layers.Layer): boolean =>
  (layer as Recurrent).states_?.every(state => state instanceof tf.Variable) ?? false;

/**
 * Moves the states of layers to variables, and returns a callback to move the states back to tensors. tfjs-layers
 * itself creates new tensors in each step, and keeps all of them.
 */
export function moveStatesToVariables(layers: readonly tf.layers.Layer[]): () => void {
  const recurrent = (statefulLayers(layers) as Recurrent[]).filter(
    layer => layer.states_ && !isRepeated(layer),
  );
  const releases = recurrent.map(layer => {
    const tensors = layer.states_;
    const variables = tensors.map(state => tf.variable(state, false));
    tf.dispose(tensors);
    layer.states_ = variables;
    layer.resetStates = states => {
      const values = [states ?? []].flat();
      tf.tidy(() => variables.forEach((v, i) => void v.assign(values[i] ?? tf.zeros(v.shape))));
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
