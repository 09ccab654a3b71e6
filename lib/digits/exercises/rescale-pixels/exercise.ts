import { NdArray } from 'mnist-data-loader';
import type { Nested } from '../../input/given';
import { computing, integer, list, shuffled } from '../judging/compare';
import { failIf } from '../judging/exercise';
import { parseTensor } from '../judging/parse';
import { en } from './text.en';
import { zh } from './text.zh';

const SIZE = 784;

/** Draws the pixels of a picture, including the darkest and the lightest grey. */
const picture = (from: number, to: number): number[] =>
  shuffled([from, to, ...Array.from({ length: SIZE - 2 }, () => integer(from, to))]);
const dark = () => picture(integer(5, 30), integer(60, 100));
const light = () => picture(integer(110, 140), integer(200, 240));

const forAll = (formula: (pixel: number) => number) => (pixels: number[]) => pixels.map(formula);

/** Scales pixels so that the smallest and largest pixel become -1 and 1. */
function stretched(pixels: readonly number[]): number[] {
  const [low, high] = [Math.min(...pixels), Math.max(...pixels)];
  return pixels.map(pixel => ((pixel - low) / (high - low)) * 2 - 1);
}

export const rescalePixels = computing<[pixels: number[]], Nested, typeof en>({
  texts: { en, zh },
  draw: () => [[picture(0, 255)], [dark()], [[...light(), ...dark()]]],
  right: forAll(pixel => pixel / 127.5 - 1),
  wrong: {
    zeroToOne: forAll(pixel => pixel / 255),
    minusOneToZero: forAll(pixel => pixel / 255 - 1),
    zeroToTwo: forAll(pixel => pixel / 127.5),
    by128: forAll(pixel => pixel / 128 - 1),
    by127: forAll(pixel => pixel / 127 - 1),
    notDivided: forAll(pixel => pixel * 2 - 1),
    inverted: forAll(pixel => 1 - pixel / 127.5),
    rounded: forAll(pixel => Math.round(pixel / 127.5 - 1)),
    ownRange: stretched,
  },
  ...list,
  give: pixels => [new NdArray('uint8', [pixels.length / SIZE, 28, 28], Uint8Array.from(pixels))],
  read(result, { other }, [images]: [NdArray]) {
    const x = parseTensor(result);
    const [expected, shape] = [images.shape.join(', '), x.shape.join(', ')];
    failIf(shape !== expected, other.shape(expected, shape));
    return Array.from(x.dataSync());
  },
});
