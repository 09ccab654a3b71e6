import { NdArray } from 'mnist-data-loader';
import type { Nested } from '../../input/given';
import { compare, integer, list, type Question, shuffled } from '../judging/compare';
import { type Exercise, failIf, formatValue, parseTensor } from '../judging/exercise';
import { parseFunction } from '../judging/learner-code';
import { en } from './text.en';
import { zh } from './text.zh';

type Pictures = NdArray<[count: number, rows: 28, columns: 28]>;

const SIZE = 784;

/** Draws pictures, each with pixels from its own darkest to its own lightest grey. */
function pictures(greys: readonly (readonly [from: number, to: number])[]): Pictures {
  const pixels = greys.flatMap(([from, to]) => {
    const drawn = Array.from({ length: SIZE - 2 }, () => integer(from, to));
    return shuffled([from, to, ...drawn]);
  });
  return new NdArray('uint8', [greys.length, 28, 28], Uint8Array.from(pixels));
}

const dark = () => [integer(5, 30), integer(60, 100)] as const;
const light = () => [integer(110, 140), integer(200, 240)] as const;

/** Scales a list so that its own smallest and largest number become -1 and 1. */
function stretched(pixels: readonly number[]): number[] {
  const [low, high] = [Math.min(...pixels), Math.max(...pixels)];
  return pixels.map(pixel => ((pixel - low) / (high - low)) * 2 - 1);
}

/** Scales a list so that its mean becomes 0 and its standard deviation 1. */
function standardised(pixels: readonly number[]): number[] {
  const mean = pixels.reduce((a, b) => a + b) / pixels.length;
  const deviation = Math.hypot(...pixels.map(pixel => pixel - mean)) / Math.sqrt(pixels.length);
  return pixels.map(pixel => (pixel - mean) / deviation);
}

const pixels = ({ data }: Pictures) => Array.from(data);
const each = (formula: (pixel: number) => number) => (images: Pictures) =>
  pixels(images).map(formula);

const eachPicture = (formula: (pixels: number[]) => number[]) => (images: Pictures) =>
  Array.from({ length: images.shape[0] }, (_, i) =>
    formula(pixels(images).slice(i * SIZE, (i + 1) * SIZE)),
  ).flat();

const question: Question<[images: Pictures], Nested, keyof typeof en.wrong> = {
  cases: [[pictures([[0, 255]])]],
  draw: () => [
    [pictures([dark()])],
    [pictures([light(), dark(), [0, 255]])],
    [pictures([dark(), light()])],
  ],
  right: each(pixel => pixel / 127.5 - 1),
  wrong: {
    zeroToOne: each(pixel => pixel / 255),
    minusOneToZero: each(pixel => pixel / 255 - 1),
    zeroToTwo: each(pixel => pixel / 127.5),
    by128: each(pixel => pixel / 128 - 1),
    by127: each(pixel => pixel / 127 - 1),
    notDivided: each(pixel => pixel * 2 - 1),
    inverted: each(pixel => 1 - pixel / 127.5),
    rounded: each(pixel => Math.round(pixel / 127.5 - 1)),
    ownRange: [images => stretched(pixels(images)), eachPicture(stretched)],
    ownMean: [images => standardised(pixels(images)), eachPicture(standardised)],
  },
  ...list,
  copy: ([{ shape, data }]) => [new NdArray('uint8', shape, data.slice())],
};

export const rescalePixels: Exercise<typeof en> = {
  id: '4.1',
  level: 2,
  answer: 'toOtherRange',
  texts: { en, zh },
  formulas: question.wrong,
  async verify(answer, text) {
    const call = parseFunction(answer);
    const scaled = async (images: Pictures) => {
      const x = parseTensor(await call(images));
      const [expected, shape] = [images.shape.join(', '), x.shape.join(', ')];
      failIf(shape !== expected, text.other.shape(expected, shape));
      return Array.from(x.dataSync());
    };
    const named = ({ data }: Pictures) => text.inputs(formatValue(data));
    await compare(scaled, { ...question, named }, text);
    return text.reward;
  },
};
