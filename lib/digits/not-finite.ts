import type * as tf from '@tensorflow/tfjs';
import { range } from 'tfjs-graph/graph/byte-tensor';
import { firstNotFinite } from 'tfjs-graph/train/finite';
import { type Text, text } from './language';

/** The loss or the weights are no numbers any more: NaN or infinite. */
export class NotFiniteError extends RangeError {
  override readonly name = 'NotFiniteError';

  /** @param history the epochs that came to their end, as `fit` would have returned them. */
  constructor(
    what: Text,
    cause: Text,
    readonly history?: Pick<tf.History, 'epoch' | 'history'>,
  ) {
    super(text({ zh: `${what.zh}${cause.zh}`, en: `${what.en} ${cause.en}` }));
  }
}

/** What may have made a loss that is no number. */
export interface Suspects {
  /** Samples, labels and the like, by the names that the caller gave them. */
  readonly data: Readonly<Record<string, tf.Tensor | readonly tf.Tensor[] | undefined>>;
  /** Whether the weights were numbers before. */
  readonly weightsFinite: boolean;
  readonly optimizer: tf.Optimizer;
}

/** The likeliest cause and its cure: a value in the data, the weights, or the rate of learning. */
export function likelyCause({ data, weightsFinite, optimizer }: Suspects): Text {
  for (const [name, given] of Object.entries(data)) {
    for (const tensor of [given ?? []].flat() as tf.Tensor[]) {
      const at = firstNotFinite(tensor);
      if (at !== undefined) return inData(name, tensor, at);
    }
  }
  if (!weightsFinite) return WEIGHTS;
  const { learningRate } = optimizer as unknown as { learningRate?: number };
  return inRate(learningRate, [data.x ?? []].flat()[0] as tf.Tensor | undefined);
}

function inData(name: string, tensor: tf.Tensor, at: number): Text {
  const sample = Math.floor(at / (tensor.size / (tensor.shape[0] ?? 1)));
  const value = tensor.dataSync()[at];
  return {
    zh: `原因在 ${name}：第 ${sample} 个样本（从 0 数起）中有 ${value}。请看看它是怎样来的，例如除以了 0 或有缺失值；改正它，或者去掉这个样本。`,
    en: `The cause is in ${name}: sample ${sample}, counted from 0, holds ${value}. See where that comes from, such as a division by 0 or a missing value, and mend it or leave that sample out.`,
  };
}

const WEIGHTS: Text = {
  zh: '模型的权重在此之前就已经不是有限的数，多半来自以前的训练。请重新搭建模型（第 5 阶段）并配置（第 7 阶段），再运行这个单元格。',
  en: 'The weights of the model were no finite numbers even before, most likely from an earlier training. Build the model anew (stage 5), compile it (stage 7), and run this cell again.',
};

/** Inputs beyond this are not scaled. */
const SCALED = 10;

function inRate(rate: number | undefined, x: tf.Tensor | undefined): Text {
  const smaller = Math.min(0.001, (rate ?? 1) / 10);
  const [least, most] = x ? range(x) : [0, 0];
  const scale =
    Math.max(-least, most) > SCALED
      ? {
          zh: `另外，x 在 ${least}～${most} 之间，没有缩放：请先变到 0～1，像素写 divide(trainX, 255)。`,
          en: ` Besides, x lies between ${least} and ${most}: scale it to between 0 and 1, for pixels by divide(trainX, 255).`,
        }
      : { zh: '', en: '' };
  return {
    zh: `多半是学习率${rate === undefined ? '' : ` ${rate} `}太大，每一步都越过目标，越走越远。请用小一些的学习率重新 compile，例如 optimizer: tf.train.adam(${smaller})，再运行这个单元格。${scale.zh}`,
    en: `Most likely the learning rate${rate === undefined ? '' : `, ${rate},`} is too large, so that each step goes further beyond its aim. Compile the model with a smaller one, such as optimizer: tf.train.adam(${smaller}), and run this cell again.${scale.en}`,
  };
}
