import type * as tf from '@tensorflow/tfjs';
import type { Tensors } from 'tfjs-graph';
import { statefulLayer } from 'tfjs-graph';
import { pythonShape } from '../format';
import { text } from '../language';
import { checkTensors } from './tensors';

/** The data do not have the shape that the model was built for. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/**
 * Checks that `x` is a batch of the samples that the model was built for, and has at least one.
 *
 * @throws TensorError where `x` is no tensor of numbers.
 * @throws ShapeError that names both shapes and the cure; a single sample without the batch axis,
 * the commonest case, has a cure of its own.
 */
export function checkInput(model: tf.LayersModel, x: Tensors): void {
  checkTensors('x', x, model.inputs.length).forEach((tensor, i) => {
    checkShape(tensor, model.inputs[i]?.shape);
    if (tensor.shape[0] === 0) throw new ShapeError(text(EMPTY));
  });
}

/**
 * Checks that a model whose layer carries its state from one batch to the next can take steps of
 * `batchSize`. Other models take any number of samples at once, even those built for a fixed one.
 *
 * @param counts how many samples each pass has: training and validation, or what else is computed.
 * @throws ShapeError that names the layer, both sizes and the cure.
 */
export function checkBatches(
  model: tf.LayersModel,
  batchSize: number,
  ...counts: readonly number[]
): void {
  const layer = statefulLayer(model.layers);
  const size = model.inputs[0]?.shape[0];
  if (!layer || !size) return;
  if (batchSize === size && counts.every(count => count % size === 0)) return;
  const samples = counts.join(' + ');
  throw new ShapeError(
    text({
      zh:
        `${layer.name} 层会把状态从一批带到下一批（stateful），每批必须正好有 ${size} 个样本，收到的 batchSize 是 ${batchSize}，样本数是 ${samples}。` +
        `解决办法：写 batchSize: ${size}，并让训练样本数和验证样本数都是 ${size} 的倍数。`,
      en:
        `The layer ${layer.name} carries its state from one batch to the next (stateful), so each batch must have exactly ${size} samples, but it received ${samples} samples with batchSize ${batchSize}. ` +
        `Write batchSize: ${size}, and use a multiple of ${size} samples for training and for validation.`,
    }),
  );
}

function checkShape(x: tf.Tensor, input: tf.Shape | undefined): void {
  if (!input) return;
  const sample = input.slice(1);
  const batch = [null, ...sample];
  if (fits(x.shape, batch)) return;
  const expected = pythonShape(batch);
  const received = pythonShape(x.shape);
  if (fits(x.shape, sample)) {
    const single = `[${[1, ...x.shape].join(', ')}]`;
    throw new ShapeError(
      text({
        zh:
          `模型需要形状为 ${expected} 的一批样本，收到的是 ${received}：这是一个样本，缺少批次轴。` +
          `解决办法：加上批次轴，x.reshape(${single})；或者用切片取一个样本，xTest.slice(0, 1)。`,
        en:
          `The model expects a batch of samples of shape ${expected} but received ${received}: ` +
          'a single sample, without the batch axis. ' +
          `Add the axis with x.reshape(${single}), or take one sample with a slice, xTest.slice(0, 1).`,
      }),
    );
  }
  throw new ShapeError(
    text({
      zh:
        `模型需要形状为 ${expected} 的一批样本，收到的是 ${received}。` +
        `解决办法：让每个样本的形状为 ${pythonShape(sample)}，或者按数据的形状重新搭建模型。`,
      en:
        `The model expects a batch of samples of shape ${expected} but received ${received}. ` +
        `Give each sample the shape ${pythonShape(sample)}, or build the model to fit the data.`,
    }),
  );
}

const EMPTY = {
  zh: 'x 应当至少有一个样本，收到的是 0 个。请检查取样本的切片：xTest.slice(0, 4) 从第 0 个起取 4 个。',
  en: 'Expected x to have at least one sample but received none. Check the slice: xTest.slice(0, 4) takes 4 samples, starting with sample 0.',
};

const fits = (shape: readonly number[], pattern: readonly (number | null)[]) =>
  shape.length === pattern.length && pattern.every((size, i) => size === null || size === shape[i]);
