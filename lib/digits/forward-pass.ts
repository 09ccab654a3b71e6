import * as tf from '@tensorflow/tfjs';
import type { OutputLayer } from './descent';
import { ShapeError } from './input/errors';
import { requireDevice, requireModel } from './input/ready';
import { checkInput } from './input/samples';
import { itemAt } from './item-at';
import { text } from './language';

/** All that the network computes on the way from one picture to its probabilities. */
export interface ForwardPass {
  /** Sizes of the picture, `[height, width]`. */
  readonly shape: readonly number[];
  /** Its pixels, row after row. */
  readonly input: Float32Array;
  /** The outputs of the layer before the last: the activations of the hidden units. */
  readonly hidden: Float32Array;
  /** $z = h W + b$ of the output layer, any real numbers, one a class. */
  readonly logits: Float32Array;
  /** $p = \mathrm{softmax}(z)$, one a class, summing to 1. */
  readonly probabilities: Float32Array;
}

/** The model ends otherwise than in a dense layer with softmax. */
export class OutputLayerError extends Error {
  override readonly name = 'OutputLayerError';
}

/**
 * Computes one forward pass and keeps what lies between the picture and the probabilities.
 *
 * @param model ends in a dense layer with softmax; what comes before may be anything.
 * @param image a single sample with its batch axis, `[1, height, width]`, float32.
 * @throws NotReadyError where no device was started, or the model has no layers or was disposed of.
 * @throws TensorError where `image` is no tensor of numbers.
 * @throws ShapeError where the sample does not fit the model, or is not a single one.
 * @throws OutputLayerError where the model ends otherwise.
 * @example
 * const { input, hidden, logits, probabilities } = computeForwardPass(model, xTest.slice(0, 1));
 * [input.length, hidden.length, logits.length, probabilities.length]; // [784, 128, 10, 10]
 */
export function computeForwardPass(model: tf.LayersModel, image: tf.Tensor): ForwardPass {
  requireDevice();
  requireModel(model, 'forwardPass(model, image)');
  checkInput(model, image);
  checkSingle(image);
  const output = outputLayer(model);
  return tf.tidy(() => {
    const before = tf.model({ inputs: model.inputs, outputs: output.input });
    const hidden = before.predict(image) as tf.Tensor2D;
    const [kernel, bias] = output.getWeights() as [tf.Tensor2D, tf.Tensor1D?];
    const products = hidden.matMul(kernel);
    const logits = bias ? products.add(bias) : products;
    const values = (tensor: tf.Tensor) => Float32Array.from(tensor.dataSync());
    return {
      shape: image.shape.slice(1),
      input: values(image),
      hidden: values(hidden),
      logits: values(logits),
      probabilities: values(logits.softmax()),
    };
  });
}

function checkSingle(image: tf.Tensor): void {
  const [samples] = image.shape;
  if (samples === 1) return;
  throw new ShapeError(
    text({
      zh: `一次只看一个样本，收到的是 ${samples} 个。请用切片取一个，例如 xTest.slice(0, 1)。`,
      en: `Expected a single sample but received ${samples}. Take one as a slice, such as xTest.slice(0, 1).`,
    }),
  );
}

/**
 * Finds the last layer, where it is a dense layer with softmax whose inputs are a row of units.
 *
 * @throws OutputLayerError where the model ends otherwise.
 */
export function outputLayer(model: tf.LayersModel): OutputLayer {
  const last = itemAt(model.layers, model.layers.length - 1) as OutputLayer;
  const type = last.getClassName();
  const { activation } = last.getConfig();
  if (type === 'Dense' && activation === 'softmax' && last.input.shape.length === 2) return last;
  const received = type === 'Dense' ? `Dense, ${activation}` : type;
  throw new OutputLayerError(
    text({
      zh:
        `模型的最后一层应当是带 softmax 的 Dense 层，输入应当是一排神经元，现在的最后一层是 ${received}。` +
        "请以 tf.layers.dense({ units: 10, activation: 'softmax' }) 结尾；前面若是图片，先用 Flatten 展平。",
      en:
        `Expected a model whose last layer is Dense with softmax, fed by a row of units, but its last layer is ${received}. ` +
        "End the model with tf.layers.dense({ units: 10, activation: 'softmax' }), with a Flatten before it if it receives pictures.",
    }),
  );
}
