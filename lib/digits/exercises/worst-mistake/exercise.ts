import * as tf from '@tensorflow/tfjs';
import { probabilityBars } from '../../figures/probability-bars';
import { itemAt } from '../../item-at';
import { fail, failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { parseDigitModel } from '../judging/models';
import { parseFields, parseNumber } from '../judging/parse';
import { loadDigits } from '../judging/sets';
import { en } from './text.en';
import { zh } from './text.zh';

export const worstMistake = task({ en, zh, figure }, async (answer, { wrong, reward }) => {
  const fields = parseFields(answer, ['network', 'index']);
  const model = parseDigitModel(fields.network);
  const index = parseNumber(fields.index);
  const [x, labels] = await loadDigits('test', 10_000);
  const [digits, certainty] = tf.tidy(() => {
    const p = model.predict(x);
    return [p.argMax(1), p.max(1)].map(tensor => Array.from(tensor.dataSync()));
  }) as unknown as [number[], number[]];
  x.dispose();
  const mistakes = [...labels.keys()].filter(i => digits[i] !== labels[i]);
  failIf(mistakes.length > 5000, wrong.untrained);
  const highest = Math.max(...mistakes.map(i => itemAt(certainty, i)));
  const isCertainty = !Number.isInteger(index) && index > 0 && index < 1;
  failIf(isCertainty, wrong.certainty(formatValue(index)));
  failIf(!(index in labels), wrong.range(formatValue(index)));
  const [label, digit, value] = [labels, digits, certainty].map(values =>
    itemAt(values, index),
  ) as [number, number, number];
  const isWorst = (i: number) => digits[i] !== labels[i] && itemAt(certainty, i) >= highest - 1e-4;
  if (isWorst(index)) return reward(index, label, digit, formatValue(value));
  const position = mistakes[index];
  failIf(position !== undefined && isWorst(position), wrong.place(index));
  failIf(digit === label, wrong.rightAnswer(index, label));
  return fail(wrong.notTheWorst(index, formatValue(value), formatValue(highest)));
});

async function figure(answer: unknown) {
  const { network, index } = answer as { network: tf.LayersModel; index: number };
  const [picture, labels] = await loadDigits('test', 1, index);
  const p = network.predict(picture);
  const bars = probabilityBars(picture, labels, p);
  tf.dispose([picture, p]);
  return bars;
}
