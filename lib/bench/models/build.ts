/** Builds a model of the benchmark in TensorFlow.js. */
import * as tf from '@tensorflow/tfjs';
import { type BenchModel, isStateful, type Part } from './models';

export function build(
  description: BenchModel,
  metrics: tf.ModelCompileArgs['metrics'] = [],
): tf.LayersModel {
  const { inputs, layers, loss, optimizer = ['Adam', {}], batchSize } = description;
  const batch = isStateful(description) ? batchSize : null;
  const tensors = inputs.map(({ shape }) => tf.input({ batchShape: [batch, ...shape] }));
  const values = new Map<number | string, tf.SymbolicTensor>(tensors.entries());
  for (const [name, [layer, settings, ...sources]] of Object.entries(layers)) {
    const operands = sources.map(source => values.get(source) as tf.SymbolicTensor);
    const [operand = operands] = operands.length === 1 ? operands : [];
    values.set(name, layerOf([layer, settings]).apply(operand) as tf.SymbolicTensor);
  }
  const outputs = [...values.values()].at(-1) as tf.SymbolicTensor;
  const model = tf.model({ inputs: tensors, outputs });
  model.compile({ optimizer: optimizerOf(optimizer), loss: camelCase(loss), metrics });
  return model;
}

function layerOf([name, settings]: Part): tf.layers.Layer {
  const [Layer] = tf.serialization.SerializationMap.getMap().classNameMap[name] ?? [];
  if (!Layer) throw new RangeError(`Expected the name of a layer but received ${name}`);
  const options = Object.entries(settings).map(([key, value]) => [
    camelCase(key),
    key === 'layer' ? layerOf(value as Part) : value,
  ]);
  return new Layer(Object.fromEntries(options)) as tf.layers.Layer;
}

function optimizerOf([name, settings]: Part): tf.Optimizer {
  const { learning_rate: rate = 0.001, momentum = 0, epsilon } = settings as Record<string, number>;
  if (name === 'SGD') return tf.train.momentum(rate, momentum);
  if (name === 'RMSprop') return tf.train.rmsprop(rate, 0.9, 0, epsilon);
  return tf.train.adam(rate);
}

const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
