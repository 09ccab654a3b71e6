import { cautiousPercent, grouped } from '../format';
import type { ForwardPass } from '../forward-pass';
import { itemAt } from '../item-at';
import { text } from '../language';
import { argMax } from './classes';

/**
 * Says what each step is, with its numbers: two lines each, which fit into a figure on a phone. A power is
 * written `e^9.27`.
 */
export function headings({ shape, input, hidden, logits, probabilities }: ForwardPass) {
  const size = shape.join(' × ');
  const lit = input.filter(value => value !== 0).length;
  const silent = hidden.filter(value => value === 0).length;
  const unit = argMax(hidden);
  const top = itemAt(hidden, unit).toFixed(2);
  const digit = argMax(probabilities);
  const z = signed(itemAt(logits, digit));
  const powers = Array.from(logits, Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  const fraction = `e^${z} ÷ Σ e^z = ${brief(itemAt(powers, digit))} ÷ ${brief(sum)}`;
  const chance = cautiousPercent(itemAt(probabilities, digit));
  const count = grouped(hidden.length);
  return {
    pixels: text({
      zh: `① ${size} 个像素，\n排成一行是 ${grouped(input.length)} 个数，其中 ${lit} 个不是 0`,
      en: `① ${size} pixels:\n${grouped(input.length)} numbers in a row, ${lit} of them not 0`,
    }),
    hidden: text({
      zh: `② 隐含层的 ${count} 个激活值：\n${silent} 个是 0，最大的是第 ${unit} 个，为 ${top}`,
      en: `② ${count} hidden activations:\n${silent} are 0; unit ${unit} has the largest, ${top}`,
    }),
    logits: text({
      zh: `③ 输出层的 ${logits.length} 个 logits，可正可负：\n最大的是数字 ${digit} 的，为 ${z}`,
      en: `③ ${logits.length} logits, positive or negative:\ndigit ${digit} has the largest, ${z}`,
    }),
    probabilities: text({
      zh: `④ softmax 得到 ${probabilities.length} 个概率，数字 ${digit} 的是：\n`,
      en: `④ softmax gives ${probabilities.length} probabilities, for digit ${digit}:\n`,
    }).concat(sum < FAR ? `${fraction} = ${chance}` : chance),
  };
}

/** From here on the numbers of the fraction are too long for a line, and beyond reading. */
const FAR = 1e8;

/** Writes two decimals, and a minus sign as wide as a plus. */
const signed = (value: number) => value.toFixed(2).replace('-', '−');

/** Writes a power as people read it: its thousands set apart, four digits where it is small. */
const brief = (value: number) =>
  value >= 1000 ? grouped(Math.round(value)) : String(Number(value.toPrecision(4)));
