import { itemAt } from '../../item-at';
import {
  failIf,
  formatValue,
  NoAnswer,
  parseArray,
  parseFields,
  parseNumber,
  type Task,
  WrongAnswer,
} from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

/** All pictures of 2 × 2 in black and white: the pixels of the first row, then those of the second. */
const PICTURES = Array.from({ length: 16 }, (_, i) =>
  [8, 4, 2, 1].map(bit => Number((i & bit) > 0)),
);
const isDiagonal = (x: readonly number[]) => String(x) === '1,0,0,1';

export const diagonal: Task<typeof en> = {
  texts: { en, zh },
  verify(answer, { wrong, other, reward }) {
    const given = parseFields(answer, ['w', 'b']);
    // As four numbers, or as the picture has them.
    const w = parseArray(given.w).flat(9) as number[];
    const b = parseNumber(given.b);
    failIf(w.length !== 4, wrong.four(w.length));
    if ([...w, b].every(value => value === 0)) throw new NoAnswer(other.zeros);
    const judged = PICTURES.map(x => ({ x, z: sumOf(x, w, b) }));
    failIf(![...w, b, ...judged.map(({ z }) => z)].every(Number.isFinite), wrong.notFinite);
    // What is wrong with the diagonal comes first, then the rest by what they share with it.
    const silent = judged.find(({ x, z }) => isDiagonal(x) && !(z > 0));
    if (silent) throw new WrongAnswer(wrong.silent(arithmetic(silent.x, w, b)));
    const loud = judged.find(({ x, z }) => !isDiagonal(x) && z > 0)?.x;
    if (loud) {
      const seen = other.answers(`[${loud.join(', ')}]`, arithmetic(loud, w, b));
      throw new WrongAnswer(seen + wrong[kindOf(loud)]);
    }
    return reward(formatValue(judged.find(({ x }) => isDiagonal(x))?.z));
  },
};

/** Adds up as a unit does; what is only rounding, of a tensor too, is 0. */
function sumOf(x: readonly number[], w: readonly number[], b: number): number {
  const terms = [...x.map((value, i) => value * itemAt(w, i)), b];
  const sum = terms.reduce((a, term) => a + term);
  return Math.abs(sum) > 1e-6 * Math.max(...terms.map(Math.abs)) ? sum : 0;
}

/** Tells what a picture shares with the diagonal. */
function kindOf([a, b, c, d]: readonly number[]): 'dark' | 'half' | 'more' | 'others' {
  if (a && d) return 'more';
  if (b || c) return 'others';
  return a || d ? 'half' : 'dark';
}

/** Writes the sum of a unit: `1 · 0.5 + 0 · (−1) + … + (−1) = −0.5`. */
function arithmetic(x: readonly number[], w: readonly number[], b: number): string {
  const write = (value: number) => {
    const text = formatValue(value).replace('-', '−');
    return value < 0 ? `(${text})` : text;
  };
  const terms = x.map((value, i) => `${value} · ${write(itemAt(w, i))}`);
  return `${[...terms, write(b)].join(' + ')} = ${formatValue(sumOf(x, w, b)).replace('-', '−')}`;
}
