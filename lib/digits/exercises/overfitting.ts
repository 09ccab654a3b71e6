/** Overfitting, found and removed: what the curves of a training must show. */
import * as tf from '@tensorflow/tfjs';
import { percent } from '../format';
import { itemAt } from '../item-at';
import type { Text } from '../language';
import { evaluate } from '../training/evaluate';
import { type Data, fingerprint, type Training, trainingOf } from '../training/training-log';
import { type Exercise, Mistake, refute } from './exercise';
import { shareWithin } from './likest';
import { testAccuracy, wrongLabels } from './sets';
import { given, shown } from './values';

/** The losses of a training, by epoch. */
interface Curves {
  readonly model: tf.LayersModel;
  readonly epochs: number;
  readonly lossAtLast: number;
  readonly lowest: number;
  readonly atLast: number;
  /** The epoch with the lowest validation loss, counted from 1. */
  readonly best: number;
}

/**
 * Takes what `fit` returned, or its `history`, reads the training that it came from, and judges it.
 *
 * @param judge refutes the curves, or returns why they are right.
 */
async function judged(
  answer: unknown,
  judge: (curves: Curves) => Text | Promise<Text>,
): Promise<Text> {
  const value = given(await answer);
  const training = typeof value === 'object' ? trainingOf(value) : undefined;
  if (!training) {
    throw new Mistake({
      zh: '这里应当是 fit 返回的历史本身。写成 await fit(newModel(), …)，把结果原样交给 check；TensorFlow.js 自己的 model.fit 和抄下来的数都不算。',
      en: 'This should be the very history that fit returned. Write await fit(newModel(), …) and hand its result to check as it is; neither TensorFlow.js’s own model.fit nor numbers copied out will do.',
    });
  }
  const { model, again, history } = training;
  const { loss = [], val_loss: validation = [] } = history;
  refute(loss.length === 0, {
    zh: '训练在第一轮结束之前就中断了，历史是空的。再训练一次。',
    en: 'Training was interrupted before its first epoch ended, so its history is empty. Train once more.',
  });
  refute(validation.length === 0, {
    zh: '没有验证损失（val_loss）。只看训练集，看不出网络是不是在背样本。fit 需要 validationSplit 或 validationData。',
    en: 'There is no validation loss (val_loss). The training samples alone do not tell whether they are learnt by heart. fit needs validationSplit or validationData.',
  });
  refute(again, {
    zh: '这个模型以前训练过，留作验证的样本它可能已经见过。请用新模型：fit(newModel(), …)。',
    en: 'This model had been trained before, and may have seen the validation samples then. Take a new one: fit(newModel(), …).',
  });
  refute(fingerprint(model) !== training.weights, {
    zh: '训练结束以后，模型的权重又改变了：这段历史不再是它的。请把刚刚训练出来的历史交给 check。',
    en: 'The weights of the model were changed after this training, so the history is no longer its own. Hand over the history of its last training.',
  });
  const lowest = Math.min(...validation);
  const best = validation.indexOf(lowest) + 1;
  const [lossAtLast, atLast] = [itemAt(loss, loss.length - 1), itemAt(validation, loss.length - 1)];
  const curves = { model, epochs: loss.length, lowest, best, lossAtLast, atLast };
  const parts = partsOf(training);
  if (!parts) return judge(curves);
  try {
    refute(shareWithin(few(parts.validation.x), parts.training.x) > 0.5, {
      zh: '验证用的图片，就是训练用的图片：这样的验证损失看不出过拟合。验证要用没有训练过的样本。',
      en: 'The validation pictures are those that it was trained on; a validation loss of these cannot show overfitting. Validate on samples that were not trained on.',
    });
    const measured = await measure(model, parts.validation);
    // A callback may have brought the weights of an earlier epoch back.
    refute(!validation.some(value => Math.abs(value - measured) <= 0.02 * measured), {
      zh: `历史里的验证损失最后是 ${shown(atLast)}，可是现在量出来是 ${shown(measured)}：历史被改动过。`,
      en: `The validation loss of the history ends at ${shown(atLast)}, which is not what this model measures now, ${shown(measured)}: the history was changed.`,
    });
    const lossNow = await measure(model, parts.training);
    const praise = await judge({ ...curves, lossAtLast: lossNow, atLast: measured });
    for (const part of [parts.training, parts.validation]) await refuteLabels(part);
    return praise;
  } finally {
    tf.dispose(Object.values(parts).map(({ x, y }) => [x, y]));
  }
}

/** What was trained on and what was validated on; nothing if its owner disposed of it. */
function partsOf({ data, validation, validationSplit }: Training) {
  const given = [data.x, data.y, validation?.x, validation?.y];
  if (given.some(tensor => tensor?.isDisposed)) return undefined;
  const [samples = 0] = data.x.shape;
  const count = Math.floor(samples * (1 - validationSplit));
  const part = (from: number, to: number): Data => ({
    x: data.x.slice(from, to - from),
    y: data.y.slice(from, to - from),
  });
  const training = part(0, count);
  return {
    training,
    validation: validation
      ? { x: validation.x.clone(), y: validation.y.clone() }
      : part(count, samples),
  };
}

async function refuteLabels({ x, y }: Data): Promise<void> {
  const labels = tf.tidy(() => few(y.rank > 1 && y.shape[1] !== 1 ? y.argMax(-1) : y));
  const wrong = await wrongLabels(few(x), labels);
  refute(wrong > 0.05, {
    zh: `有些标签不属于它们的图片（约 ${percent(wrong, 0)}）。图片和标签要取自同一段切片，不要改动。`,
    en: `Some labels do not belong to their pictures (about ${percent(wrong, 0)}). Take both from the same slice, and leave them as they are.`,
  });
}

/** Reads the first samples, 60 at most. */
const few = (tensor: tf.Tensor): Float32Array =>
  tf.tidy(() => {
    const first = tensor.slice(0, Math.min(60, tensor.shape[0] ?? 0));
    return Float32Array.from(first.dataSync());
  });

const measure = async (model: tf.LayersModel, { x, y }: Data): Promise<number> =>
  itemAt(await evaluate(model, x, y, { batchSize: 500, verbose: 0 }), 0);

export const overfitting: Exercise = {
  id: '8.3',
  verify: answer =>
    judged(answer, ({ lossAtLast, lowest, atLast, best }) => {
      refute(!(lossAtLast < 0.5 * atLast), {
        zh: `训练损失 ${shown(lossAtLast)}，验证损失 ${shown(atLast)}：相差还不大，没有过拟合。样本少一些，轮次多一些。`,
        en: `Training loss ${shown(lossAtLast)}, validation loss ${shown(atLast)}: not far apart, so there is no overfitting. Take fewer samples and more epochs.`,
      });
      refute(!(atLast > 1.1 * lowest), {
        zh: `验证损失最后是 ${shown(atLast)}，还在最低点（${shown(lowest)}）附近。再多训练一些轮次，等它明显回升。`,
        en: `The validation loss ends at ${shown(atLast)}, still near its lowest (${shown(lowest)}). Train for more epochs, until it has clearly risen again.`,
      });
      return {
        zh: `训练损失降到 ${shown(lossAtLast)}，验证损失却从第 ${best} 轮的 ${shown(lowest)} 升到 ${shown(atLast)}：网络在背样本。`,
        en: `The training loss fell to ${shown(lossAtLast)}, while the validation loss rose from ${shown(lowest)} in epoch ${best} to ${shown(atLast)}: the network learns its samples by heart.`,
      };
    }),
  hints: [
    {
      zh: '样本越少，越容易背下来：只用几百张图，训练上百轮，留出一部分验证。',
      en: 'Few samples are soon learnt by heart: take a few hundred pictures and a hundred epochs or more, and keep some for validation.',
    },
    {
      zh: 'await fit(newModel(), xTrain.slice(0, 500), yTrain.slice(0, 500), { epochs: 150, validationSplit: 0.2, verbose: 0 })；也可以试试别的数字。',
      en: 'await fit(newModel(), xTrain.slice(0, 500), yTrain.slice(0, 500), { epochs: 150, validationSplit: 0.2, verbose: 0 }); other numbers will do, too.',
    },
  ],
};

export const cure: Exercise = {
  id: '8.4',
  verify: answer =>
    judged(answer, async ({ model, epochs, lowest, atLast }) => {
      refute(!(atLast <= 1.1 * lowest), {
        zh: `验证损失最低是 ${shown(lowest)}，最后升到了 ${shown(atLast)}：还在过拟合。要在它回升时停下，或者用更多的样本。`,
        en: `The validation loss had been ${shown(lowest)} and rose to ${shown(atLast)}: still overfitting. Stop when it rises, or use more samples.`,
      });
      const accuracy = await testAccuracy(model);
      refute(accuracy < 0.7, {
        zh: `验证损失没有回升，但模型只认出 ${percent(accuracy, 1)}：学得太少，停得太早。`,
        en: `The validation loss did not rise, but the model recognises only ${percent(accuracy, 1)}: stopped too soon, with little learnt.`,
      });
      return {
        zh: `训练了 ${epochs} 轮，验证损失最低是 ${shown(lowest)}，最后停在 ${shown(atLast)}；测试图片认出 ${percent(accuracy, 1)}。常用的办法：提前停止、更多的样本、Dropout、更小的网络。`,
        en: `${epochs} epoch${epochs === 1 ? '' : 's'}; the validation loss ends at ${shown(atLast)}, its lowest was ${shown(lowest)}, and ${percent(accuracy, 1)} of the test pictures are recognised. The usual remedies: early stopping, more samples, Dropout, a smaller network.`,
      };
    }),
  hints: [
    {
      zh: 'earlyStopping 盯着一个数，它不再变好，训练就停止。要盯着哪个数？训练的，还是验证的？',
      en: 'earlyStopping watches a number and ends training when it no longer improves. Which number: of training, or of validation?',
    },
    {
      zh: "与 8.3 相同，再加上 callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 })。",
      en: "As in 8.3, with callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 }) added.",
    },
  ],
};
