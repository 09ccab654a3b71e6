import * as tf from '@tensorflow/tfjs';
import { pythonShape, withCommas } from '../format';

/** End positions of the columns in Keras's table, in characters. */
const COLUMNS = [29, 55, 65] as const;
const WIDTH = COLUMNS[2];

/**
 * Formats a model's layers as Keras does: name and type, output shape, number of parameters.
 *
 * Unnamed layers get Keras's names: `dense`, `dense_1`. The format follows `tf.keras` 2,
 * `Model.summary(line_length=65)`.
 *
 * @param model a built model, with a known input shape.
 */
export function kerasSummary(model: tf.LayersModel): string {
  const names = kerasLayerNames(model.layers);
  const rows = model.layers.map((layer, i) =>
    row(`${names[i]} (${layer.getClassName()})`, outputShape(layer), String(layer.countParams())),
  );
  const trainable = count(model.trainableWeights);
  const frozen = count(model.nonTrainableWeights);
  const thin = '_'.repeat(WIDTH);
  const thick = '='.repeat(WIDTH);
  return [
    `Model: "${model.name.replace(/^(sequential|model)_\d+$/, '$1')}"`,
    thin,
    row('Layer (type)', 'Output Shape', 'Param #'),
    thick,
    rows.join(`\n${thin}\n`),
    thick,
    `Total params: ${withCommas(trainable + frozen)}`,
    `Trainable params: ${withCommas(trainable)}`,
    `Non-trainable params: ${withCommas(frozen)}`,
    thin,
  ].join('\n');
}

/** Cuts each field at the end of the column, and puts a space between neighbours. */
function row(...fields: string[]): string {
  return fields.reduce((line, field, i) => {
    const start = i === 0 ? '' : `${line.slice(0, -1)} `;
    return (start + field).slice(0, COLUMNS[i]).padEnd(COLUMNS[i] ?? WIDTH);
  }, '');
}

/** Formats a layer's output shape as Keras prints it; a list for several outputs. */
export function outputShape(layer: tf.layers.Layer): string {
  const shapes = layer.outputShape;
  return Array.isArray(shapes[0])
    ? `[${(shapes as tf.Shape[]).map(pythonShape).join(', ')}]`
    : pythonShape(shapes as tf.Shape);
}

/**
 * Returns Keras's layer names. TensorFlow.js's automatic `dense_Dense1` becomes `dense`, the next `dense_1`,
 * numbered within the model. A learner's names stay unchanged.
 */
export function kerasLayerNames(layers: readonly tf.layers.Layer[]): string[] {
  const counts = new Map<string, number>();
  return layers.map(layer => {
    const automatic = new RegExp(`^(.+)_${layer.getClassName()}\\d+$`).exec(layer.name);
    if (!automatic?.[1]) return layer.name;
    const name = automatic[1];
    const earlier = counts.get(name) ?? 0;
    counts.set(name, earlier + 1);
    return earlier === 0 ? name : `${name}_${earlier}`;
  });
}

const count = (weights: readonly { readonly shape: tf.Shape }[]): number =>
  weights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0);
