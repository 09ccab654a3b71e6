/** Overfitting, found and cured: what the curves of a training must show. */
import { type Exercise, refute } from './exercise';
import { given, shown, theFields, theNumbers } from './values';

/** Takes the losses of a training: what `fit` returned, or its `history`. */
function theLosses(answer: unknown): { loss: number[]; validation: number[] } {
  const value = given(answer) as { history?: unknown };
  const history = theFields(value.history ?? value, ['loss']) as Record<string, unknown>;
  refute(!('val_loss' in history), {
    zh: '没有验证损失（val_loss）。只看训练集，看不出是不是在“背”。fit 需要 validationSplit 或 validationData。',
    en: 'There is no validation loss (val_loss). The training samples alone do not tell whether they are learnt by heart. fit needs validationSplit or validationData.',
  });
  return { loss: theNumbers(history.loss), validation: theNumbers(history.val_loss) };
}

const lastOf = (values: number[]): number => values.at(-1) ?? Number.NaN;

export const overfitting: Exercise = {
  id: '8.3',
  verify(answer) {
    const { loss, validation } = theLosses(answer);
    const lowest = Math.min(...validation);
    const best = validation.indexOf(lowest) + 1;
    const [atLast, lossAtLast] = [lastOf(validation), lastOf(loss)];
    refute(!(lossAtLast < 0.5 * atLast), {
      zh: `训练损失 ${shown(lossAtLast)}，验证损失 ${shown(atLast)}：相差还不大，没有过拟合。样本少一些，轮次多一些。`,
      en: `Training loss ${shown(lossAtLast)}, validation loss ${shown(atLast)}: not far apart, no overfitting. Take fewer samples and more epochs.`,
    });
    refute(!(atLast > 1.1 * lowest), {
      zh: `验证损失最后是 ${shown(atLast)}，还在最低点（${shown(lowest)}）附近。再多训练一些轮次，等它明显回升。`,
      en: `The validation loss ends at ${shown(atLast)}, still near its lowest (${shown(lowest)}). Train for more epochs, until it has clearly risen again.`,
    });
    return {
      zh: `训练损失降到 ${shown(lossAtLast)}，验证损失却从第 ${best} 轮的 ${shown(lowest)} 升到 ${shown(atLast)}：网络在背样本。`,
      en: `The training loss fell to ${shown(lossAtLast)}, while the validation loss rose from ${shown(lowest)} in epoch ${best} to ${shown(atLast)}: the network learns its samples by heart.`,
    };
  },
  hints: [
    {
      zh: '样本越少，越容易背下来：只用几百张图，训练上百轮，留出一部分验证。',
      en: 'Few samples are soon learnt by heart: a few hundred pictures, a hundred epochs and more, some kept for validation.',
    },
    {
      zh: 'fit(newModel(), xTrain.slice(0, 500), yTrain.slice(0, 500), { epochs: 150, validationSplit: 0.2, … })，也可以试试别的数字。',
      en: 'fit(newModel(), xTrain.slice(0, 500), yTrain.slice(0, 500), { epochs: 150, validationSplit: 0.2, … }); other numbers will do too.',
    },
  ],
};

export const cure: Exercise = {
  id: '8.4',
  verify(answer) {
    const { validation } = theLosses(answer);
    const [lowest, atLast] = [Math.min(...validation), lastOf(validation)];
    refute(!(atLast <= 1.1 * lowest), {
      zh: `验证损失最低是 ${shown(lowest)}，最后升到了 ${shown(atLast)}：还在过拟合。要在它回升时停下，或者用更多的样本。`,
      en: `The validation loss had been ${shown(lowest)} and rose to ${shown(atLast)}: still overfitting. Stop when it rises, or use more samples.`,
    });
    refute(!(atLast < 0.9), {
      zh: `验证损失没有回升，但只降到 ${shown(atLast)}：停得太早，还没有学会（什么都不知道时是 2.30）。`,
      en: `The validation loss did not rise, but it only came down to ${shown(atLast)}: stopped too soon, with little learnt (knowing nothing costs 2.30).`,
    });
    return {
      zh: `训练了 ${validation.length} 轮，停在验证损失 ${shown(atLast)}，最低是 ${shown(lowest)}。常用的办法：提前停止、更多样本、Dropout、更小的网络。`,
      en: `${validation.length} epochs, ending at a validation loss of ${shown(atLast)}; the lowest was ${shown(lowest)}. The usual cures: early stopping, more samples, Dropout, a smaller network.`,
    };
  },
  hints: [
    {
      zh: 'callbacks: tf.callbacks.earlyStopping({ … }) 会看着一个数，不再变好就停止训练。看哪个数？',
      en: 'callbacks: tf.callbacks.earlyStopping({ … }) watches a number and ends training when it no longer improves. Which number?',
    },
    {
      zh: "与 8.3 相同，再加上 callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 })。",
      en: "As 8.3, with callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 }) added.",
    },
  ],
};
