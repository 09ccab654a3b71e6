import type * as tf from '@tensorflow/tfjs';
import { pythonShape } from '../format';
import { checkModel } from '../input/ready';
import { itemAt } from '../item-at';
import { text } from '../language';
import { PICTURE } from './mnist-picture';
import { type Activation, activations, type DenseLayer } from './plain-network';

/** The model cannot read what is drawn on the pad. */
export class PadModelError extends Error {
  override readonly name = 'PadModelError';
}

/** Layers that leave a sample as it is, or lay it out as the vector as which it lies in memory. */
const passing = ['InputLayer', 'Flatten', 'Dropout'];

/**
 * Reads the Dense layers of a model that takes pictures of 28 × 28 and gives the probabilities of the
 * ten digits.
 *
 * @param model a Sequential of Flatten, Dense and Dropout layers.
 * @throws PadModelError that says what is wrong with any other model, or with weights that are not
 * finite.
 */
export function denseLayers(model: tf.LayersModel): DenseLayer[] {
  checkModel(model, 'digitPad(model)');
  checkShapes(model);
  const layers = model.layers.filter(layer => !passing.includes(layer.getClassName())).map(dense);
  checkProbabilities(layers);
  return layers;
}

function checkShapes(model: tf.LayersModel): void {
  const isSequential = model.getClassName() === 'Sequential' && model.layers.length > 0;
  const input = isSequential ? model.inputs[0]?.shape.slice(1) : undefined;
  const output = isSequential ? model.outputs[0]?.shape.slice(1) : undefined;
  const pixels = input?.reduce<number>((product, size) => product * (size ?? 0), 1);
  if (pixels === PICTURE * PICTURE && output?.length === 1 && output[0] === 10) return;
  const received = isSequential
    ? `${pythonShape(input ?? [])} → ${pythonShape(output ?? [])}`
    : model.getClassName();
  throw new PadModelError(
    text({
      zh:
        `手写板需要一个 Sequential 模型，输入是 28 × 28 的图片，输出是 10 个概率，收到的是 ${received}。` +
        '请传入第 5 阶段那样的模型。',
      en:
        'The pad needs a Sequential model that takes pictures of 28 × 28 and gives 10 probabilities, ' +
        `but received ${received}. Pass a model such as that of stage 5.`,
    }),
  );
}

function dense(layer: tf.layers.Layer): DenseLayer {
  const kind = layer.getClassName();
  const activation = String(layer.getConfig().activation);
  const isVector = !Array.isArray(layer.input) && layer.input.shape.length === 2;
  if (kind !== 'Dense' || !isVector || !isKnown(activation)) {
    const received = kind === 'Dense' && isVector ? `${kind}, ${activation}` : kind;
    throw new PadModelError(
      text({
        zh:
          `手写板自己在网页里计算，只会算 Flatten、Dense 和 Dropout 层，激活函数可以是 ${activations.join('、')}。` +
          `这个模型的层 ${layer.name} 是 ${received}。请用这些层搭建模型，Dense 之前先用 Flatten。`,
        en:
          'The pad computes by itself in the page, and only Flatten, Dense and Dropout layers, with the ' +
          `activations ${activations.join(', ')}. The layer ${layer.name} of this model is ${received}. ` +
          'Build the model of these, with Flatten before the first Dense.',
      }),
    );
  }
  const weights = layer.getWeights();
  const kernel = itemAt(weights, 0);
  const bias = weights[1]?.dataSync<'float32'>() ?? new Float32Array(itemAt(kernel.shape, 1));
  const found = { kernel: kernel.dataSync<'float32'>(), bias, activation };
  checkFinite(layer.name, found);
  return found;
}

const isKnown = (name: string): name is Activation => (activations as string[]).includes(name);

function checkFinite(name: string, { kernel, bias }: DenseLayer): void {
  if (kernel.every(Number.isFinite) && bias.every(Number.isFinite)) return;
  throw new PadModelError(
    text({
      zh: `层 ${name} 的权重里有不是数的值（NaN 或 Infinity），训练没有成功，常见的原因是学习率太大。请减小学习率，从第 5 阶段重新运行。`,
      en: `The weights of the layer ${name} are not all numbers (NaN or Infinity): training failed, often because the learning rate is too large. Make it smaller, and run again from stage 5.`,
    }),
  );
}

function checkProbabilities(layers: readonly DenseLayer[]): void {
  const last = layers.at(-1)?.activation;
  if (last === 'softmax' || last === 'sigmoid') return;
  throw new PadModelError(
    text({
      zh: `手写板把输出画成概率，所以最后一层的激活函数应当是 softmax（或 sigmoid），收到的是 ${last}。请改为 activation: 'softmax'，再训练一次。`,
      en: `The pad shows the output as probabilities, so the last layer's activation should be softmax (or sigmoid) but is ${last}. Write activation: 'softmax', and train again.`,
    }),
  );
}
