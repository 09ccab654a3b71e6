import { itemAt } from '../../item-at';
import { fail, failIf, NoAnswer, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { parseArray, parseFields, parseNumber } from '../judging/parse';
import { en } from './text.en';
import { zh } from './text.zh';

/** All black and white pictures of 2 × 2 pixels, row by row. */
const PICTURES = Array.from({ length: 16 }, (_, i) =>
  [8, 4, 2, 1].map(bit => Number((i & bit) > 0)),
);
const EDGE = [1, 1, 0, 0];
const countWrongPixels = (x: readonly number[]) => x.filter((value, i) => value !== EDGE[i]).length;

export const edge = task({ en, zh }, (answer, { wrong, other, reward }) => {
  const fields = parseFields(answer, ['w', 'b']);
  // Accept a flat list or two rows.
  const w = parseArray(fields.w).flat(9) as number[];
  const b = parseNumber(fields.b);
  failIf(w.length !== 4, wrong.four(w.length));
  if ([...w, b].every(value => value === 0)) throw new NoAnswer(other.zeros);
  const sums = PICTURES.map(x => ({ x, z: sumOf(x, w, b), wrongPixels: countWrongPixels(x) }));
  failIf(![...w, b, ...sums.map(({ z }) => z)].every(Number.isFinite), wrong.notFinite);
  const silent = sums.find(({ z, wrongPixels }) => wrongPixels === 0 && !(z > 0));
  const isTurned = sums.some(({ x, z }) => z > 0 && TURNED.includes(String(x)));
  failIf(silent !== undefined && isTurned, wrong.turned);
  if (silent) fail(wrong.silent(arithmetic(EDGE, w, b)));
  const strict = sums.find(({ z, wrongPixels }) => wrongPixels === 1 && !(z > 0))?.x;
  if (strict) fail(wrong.strict(`[${strict.join(', ')}]`, arithmetic(strict, w, b)));
  const loud = sums.find(({ z, wrongPixels }) => wrongPixels > 1 && z > 0)?.x;
  if (loud) {
    const sentence = other.answers(`[${loud.join(', ')}]`, arithmetic(loud, w, b));
    fail(sentence + wrong[kindOf(loud)]);
  }
  return reward(arithmetic(EDGE, w, b), arithmetic([1, 0, 0, 0], w, b));
});

/** The edge in other directions. */
const TURNED = ['0,0,1,1', '1,0,1,0', '0,1,0,1'];

function kindOf(x: readonly number[]): 'dark' | 'white' | 'others' {
  if (x.every(value => value === 1)) return 'white';
  return x.includes(1) ? 'others' : 'dark';
}

/** Computes the weighted sum of a unit. Treats rounding errors as 0. */
function sumOf(x: readonly number[], w: readonly number[], b: number): number {
  const terms = [...x.map((value, i) => value * itemAt(w, i)), b];
  const sum = terms.reduce((a, term) => a + term);
  return Math.abs(sum) > 1e-6 * Math.max(...terms.map(Math.abs)) ? sum : 0;
}

/** Formats the weighted sum of a unit: `1 · 0.5 + 0 · (−1) + … + (−1) = −0.5`. */
function arithmetic(x: readonly number[], w: readonly number[], b: number): string {
  const format = (value: number) => {
    const text = formatValue(value).replace('-', '−');
    return value < 0 ? `(${text})` : text;
  };
  const terms = x.map((value, i) => `${value} · ${format(itemAt(w, i))}`);
  return `${[...terms, format(b)].join(' + ')} = ${formatValue(sumOf(x, w, b)).replace('-', '−')}`;
}
