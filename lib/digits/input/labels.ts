import type * as tf from '@tensorflow/tfjs';
import { innerModel, type Tensors } from 'tfjs-graph';
import { pythonShape } from '../format';
import { text } from '../language';
import { ShapeError } from './inputs';
import { checkTensors } from './tensors';

/** A label is none of the classes that the model tells apart. */
export class LabelError extends RangeError {
  override readonly name = 'LabelError';
}

/**
 * Checks that there is one label a sample, of the shape that the loss takes, and, for the sparse
 * loss, that each is one of the model's classes. 60,000 labels take 0.2 ms.
 *
 * @param model compiled.
 * @throws TensorError where `y` is no tensor of numbers.
 * @throws ShapeError where the numbers or the shapes do not fit.
 * @throws LabelError that names the first wrong label and where it stands.
 */
export function checkLabels(model: tf.LayersModel, x: Tensors, y: Tensors): void {
  const targets = checkTensors('y', y, model.outputs.length);
  const samples = [x].flat()[0]?.shape[0] ?? 0;
  targets.forEach((target, i) => {
    checkCount(samples, target);
    // The model may have been built for another number of samples.
    const output = [null, ...(model.outputs[i]?.shape.slice(1) ?? [])];
    const loss = lossOf(model, i);
    const isSparse = loss === 'sparseCategoricalCrossentropy';
    checkShape(target, isSparse ? [...output.slice(0, -1), 1] : output, loss);
    if (isSparse) checkClasses(target, output.at(-1) ?? 0);
  });
}

/** Looks up an output's loss as given to `compile`: one for all, a list, or by the outputs' names. */
export function lossOf(model: tf.LayersModel, output: number): unknown {
  const { loss } = innerModel(model);
  if (typeof loss !== 'object' || loss === null) return loss;
  const key = Array.isArray(loss) ? String(output) : model.outputNames[output];
  return Object.entries(loss).find(([name]) => name === key)?.[1];
}

function checkCount(samples: number, y: tf.Tensor): void {
  const labels = y.shape[0] ?? 0;
  if (samples === labels) return;
  throw new ShapeError(
    text({
      zh:
        `样本和标签应当一样多，收到的是 ${samples} 个样本和 ${labels} 个标签。` +
        '请检查两者是否取自同一个集合、同一段切片。',
      en:
        `Expected as many labels as samples but received ${samples} samples and ${labels} labels. ` +
        'Take both from the same set and the same slice.',
    }),
  );
}

/** Checks the shape of labels; TensorFlow.js adds a last axis of one value where it is left out. */
function checkShape(y: tf.Tensor, expected: tf.Shape, loss: unknown): void {
  const fits = (pattern: tf.Shape) =>
    y.rank === pattern.length && pattern.every((size, i) => size === null || size === y.shape[i]);
  const single = expected.at(-1) === 1 ? expected.slice(0, -1) : expected;
  if (fits(expected) || fits(single)) return;
  const [wanted, received] = [pythonShape(single), pythonShape(y.shape)];
  const cure = shapeCure(y, expected, loss);
  throw new ShapeError(
    text({
      zh: `标签 y 的形状应当是 ${wanted}，收到的是 ${received}${cure.zh}`,
      en: `Expected the labels y to have shape ${wanted} but received ${received}${cure.en}`,
    }),
  );
}

function shapeCure(y: tf.Tensor, expected: tf.Shape, loss: unknown) {
  const classes = expected.at(-1);
  if (loss === 'sparseCategoricalCrossentropy' && y.rank === expected.length)
    return {
      zh: "。看来是独热编码，但稀疏交叉熵要的是数字本身。请写 y.argMax(-1)，或者用 loss: 'categoricalCrossentropy' 重新 compile。",
      en: ". They look one-hot, but the sparse loss takes the digits themselves. Write y.argMax(-1), or compile with loss: 'categoricalCrossentropy'.",
    };
  if (loss === 'categoricalCrossentropy' && (y.rank === 1 || y.shape.at(-1) === 1))
    return {
      zh: `。看来是数字，但 categoricalCrossentropy 要的是独热编码。请用 loss: 'sparseCategoricalCrossentropy' 重新 compile，或者写 tf.oneHot(y, ${classes})。`,
      en: `. They look like digits, but categoricalCrossentropy takes one-hot labels. Compile with loss: 'sparseCategoricalCrossentropy', or write tf.oneHot(y, ${classes}).`,
    };
  return {
    zh: '。请让每个标签与模型的输出形状相同，或者改变最后一层的 units。',
    en: ". Give each label the shape of the model's output, or change the units of its last layer.",
  };
}

function checkClasses(y: tf.Tensor, classes: number): void {
  const values = y.dataSync();
  const isClass = (label: number) => label >= 0 && label < classes && Number.isInteger(label);
  // By index: ten times as fast as `for (const label of values)`.
  for (let i = 0; i < values.length; i++) {
    const label = values[i] ?? Number.NaN;
    if (!isClass(label)) throw noClass(label, i, classes);
  }
}

function noClass(label: number, at: number, classes: number): LabelError {
  const cure =
    Number.isInteger(label) && label >= classes
      ? {
          zh: `如果确实有这一类，最后一层需要 units: ${label + 1}；否则请改正标签。`,
          en: `If that class really exists, the last layer needs units: ${label + 1}; otherwise correct the labels.`,
        }
      : {
          zh: '标签是类别的编号：不要像处理像素那样除以 255，也不要有缺失值。',
          en: 'Labels are class numbers: do not divide them by 255 like pixels, and leave none missing.',
        };
  return new LabelError(
    text({
      zh: `模型有 ${classes} 个输出，标签应当是 0～${classes - 1} 的整数，但第 ${at} 个（从 0 数起）是 ${label}。${cure.zh}`,
      en: `Expected labels to be integers from 0 to ${classes - 1}, one for each output of the model, but label ${at} (counting from 0) is ${label}. ${cure.en}`,
    }),
  );
}
