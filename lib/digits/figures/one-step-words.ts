import { grouped } from '../format';
import { itemAt } from '../item-at';
import { text } from '../language';
import type { OneStep } from '../one-step';

/** All that {@link oneStep} writes, in the language of the lesson. */
export interface StepWords {
  /** The heading of each part, in two lines. */
  readonly heads: readonly string[];
  /** The same as plain lines, one a part, and what follows from them. */
  readonly lines: readonly string[];
  readonly probability: string;
  readonly oneHot: string;
  /** With how far the step goes, which the arrow would be too short to show. */
  readonly weightAxis: string;
  readonly rateAxis: string;
  readonly lossAxis: string;
  readonly downhill: string;
}

/** Writes the words of the figure. */
export function stepWords(step: OneStep): StepWords {
  const heads = headsOf(step);
  const move = Number((-step.learningRate * step.weight.gradient).toPrecision(2));
  const moves = String(move).replace('-', '−');
  return {
    heads: heads.map(lines => lines.join('<br>')),
    lines: [
      text({ zh: '一步学习', en: 'One step of learning' }),
      ...heads.map(lines => lines.join(text({ zh: '', en: ' ' }))),
      ...curvesInWords(step),
    ],
    probability: text({ zh: '概率 p', en: 'probability p' }),
    oneHot: text({ zh: '标签 y', en: 'label y' }),
    weightAxis: text({
      zh: `这个权重的值；这一步走 ${moves}`,
      en: `Value of this weight; step: ${moves}`,
    }),
    rateAxis: text({ zh: '学习率', en: 'Learning rate' }),
    lossAxis: text({ zh: '损失', en: 'Loss' }),
    downhill: text({ zh: '下坡', en: 'downhill' }),
  };
}

function headsOf(step: OneStep): [string, string][] {
  const { samples, loss, lossAfter, learningRate, parameters, weight } = step;
  const { label, probabilities, logitGradients } = step.picture;
  const p = itemAt(probabilities, label);
  const push = signed(itemAt(logitGradients, label));
  const from = source(step);
  const slope = signed(weight.gradient, 3);
  const rate = Number(learningRate.toPrecision(3));
  const [before, after] = lossWords(loss, lossAfter);
  const count = grouped(parameters);
  const outcome =
    lossAfter < loss
      ? { zh: `损失 ${before} → ${after}，变小了`, en: `loss ${before} → ${after}, lower` }
      : {
          zh: `损失 ${before} → ${after}，没有变小：这一步太大了`,
          en: `loss ${before} → ${after}, not lower: too large a step`,
        };
  return [
    [
      samples === 1
        ? text({ zh: '① 一张图：', en: '① One picture:' })
        : text({
            zh: `① 共 ${grouped(samples)} 张图，这是第一张：`,
            en: `① The first of ${grouped(samples)} pictures:`,
          }),
      text({
        zh: `标签是 ${label}，p = ${p.toFixed(2)}，损失 −ln p ${surprise(p)}`,
        en: `label ${label}, p = ${p.toFixed(2)}, loss −ln p ${surprise(p)}`,
      }),
    ],
    [
      text({ zh: '② p − y 就是 logits 的梯度：', en: '② p − y is the gradient of the logits:' }),
      text({
        zh: `${label} 的是负数 ${push}，所以推高；其余的压低`,
        en: `that of ${label} is ${push}, so push it up; all others down`,
      }),
    ],
    [
      text({
        zh: `③ 只改一个权重（${from.zh} → 数字 ${weight.digit}）：`,
        en: `③ One weight alone, ${from.en} → digit ${weight.digit}:`,
      }),
      isValley(step)
        ? text({
            zh: `损失像山谷，此处的斜率 ${slope} 就是梯度`,
            en: `a valley; its slope here, ${slope}, is the gradient`,
          })
        : text({
            zh: `损失曲线此处的斜率 ${slope} 就是梯度`,
            en: `the slope of the loss here, ${slope}, is the gradient`,
          }),
    ],
    [
      text({
        zh: `④ ${count} 个参数一起走一步，学习率 ${rate}：`,
        en: `④ All ${count} parameters step, learning rate ${rate}:`,
      }),
      text(outcome),
    ],
  ];
}

/** Says what the two curves show. */
function curvesInWords(step: OneStep): string[] {
  const { curve } = step.weight;
  const bottom = lowest(curve.losses);
  const ends = [0, bottom, curve.losses.length - 1].map(i => brief(itemAt(curve.losses, i)));
  const value = signed(itemAt(curve.values, bottom));
  const valley = text({
    zh: `③ 的曲线：从 ${ends[0]} 降到谷底 ${ends[1]}（权重为 ${value}），再升到 ${ends[2]}`,
    en: `The curve of ③: from ${ends[0]} down to ${ends[1]}, where the weight is ${value}, then up to ${ends[2]}`,
  });
  const slope = text({
    zh: `③ 的曲线：从 ${ends[0]} 到 ${ends[2]}，看不到谷底`,
    en: `The curve of ③: from ${ends[0]} to ${ends[2]}, with no bottom in sight`,
  });
  const { rates, losses } = step.path;
  const best = lowest(losses);
  const rate = Number(itemAt(rates, best).toPrecision(2));
  const [least, end] = [best, losses.length - 1].map(i => brief(itemAt(losses, i)));
  const far = Number(itemAt(rates, losses.length - 1).toPrecision(2));
  return [
    isValley(step) ? valley : slope,
    text({
      zh: `④ 的曲线：最小的损失是 ${least}，学习率为 ${rate}；学习率为 ${far} 时是 ${end}`,
      en: `The curve of ④: the lowest loss is ${least}, at a learning rate of ${rate}; at ${far} it is ${end}`,
    }),
  ];
}

/** Whether the loss along the weight is seen to fall and to rise again. */
function isValley({ weight: { curve } }: OneStep): boolean {
  const bottom = Math.min(...curve.losses) + 0.001;
  return itemAt(curve.losses, 0) > bottom && itemAt(curve.losses, curve.losses.length - 1) > bottom;
}

const lowest = (values: readonly number[]) => values.indexOf(Math.min(...values));

/** Writes −ln p; a probability that float32 rounds to 0 is below e^−87. */
const surprise = (p: number): string => (p > 0 ? `= ${(-Math.log(p)).toFixed(2)}` : '> 87');

const brief = (loss: number, decimals = 2): string =>
  loss >= 1000 ? grouped(Math.round(loss)) : loss.toFixed(decimals);

/** Writes the losses before and after a step, with as many decimals as tell them apart. */
export function lossWords(before: number, after: number): [string, string] {
  const decimals = before.toFixed(2) === after.toFixed(2) ? 4 : 2;
  return [brief(before, decimals), brief(after, decimals)];
}

const source = ({ weight: { input, fromPixel } }: OneStep) =>
  fromPixel
    ? { zh: `像素 ${input}`, en: `pixel ${input}` }
    : { zh: `神经元 ${input}`, en: `hidden unit ${input}` };

/** Writes a number with its decimals, and a minus sign as wide as a plus. */
export const signed = (value: number, decimals = 2): string =>
  value.toFixed(decimals).replace('-', '−');
