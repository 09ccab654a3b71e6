/** Builds a model of the benchmark in TensorFlow.js. */
import * as tf from '@tensorflow/tfjs';
import { type BenchModel, type Input, isStateful, type Node, type Part } from './models';

export function build(
  description: BenchModel,
  metrics: tf.ModelCompileArgs['metrics'] = [],
): tf.LayersModel {
  const { inputs, layers, loss, optimizer = ['Adam', {}], batchSize } = description;
  const { shape = [] } = inputs[0] ?? {};
  const model = Array.isArray(layers)
    ? stack(layers, [isStateful(description) ? batchSize : null, ...shape])
    : graph(inputs, layers as Readonly<Record<string, Node>>);
  model.compile({ optimizer: optimizerOf(optimizer), loss: camelCase(loss), metrics });
  return model;
}

const stack = (layers: readonly Part[], batchInputShape: (number | null)[]) =>
  tf.sequential({
    layers: layers.map(([name, settings], i) =>
      layerOf([name, i === 0 ? { ...settings, batchInputShape } : settings]),
    ),
  });

function graph(inputs: readonly Input[], nodes: Readonly<Record<string, Node>>): tf.LayersModel {
  const tensors = inputs.map(({ shape }) => tf.input({ shape: [...shape] }));
  const values = new Map<number | string, tf.SymbolicTensor>(tensors.entries());
  for (const [name, [layer, settings, ...reads]] of Object.entries(nodes)) {
    const operands = reads.map(read => values.get(read) as tf.SymbolicTensor);
    const [operand = operands] = operands.length === 1 ? operands : [];
    values.set(name, layerOf([layer, settings]).apply(operand) as tf.SymbolicTensor);
  }
  return tf.model({ inputs: tensors, outputs: [...values.values()].at(-1) as tf.SymbolicTensor });
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
