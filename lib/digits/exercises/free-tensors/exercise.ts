import * as tf from '@tensorflow/tfjs';
import { computing, integer, number, numbers, sum } from '../judging/compare';
import { failIf } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

type Pictures = readonly (readonly number[][])[];

const maxima = (pictures: Pictures) => pictures.map(rows => Math.max(...rows.flat()));
const means = (pictures: Pictures) => pictures.map(rows => mean(rows.flat()));
const mean = (values: readonly number[]) => sum(values) / values.length;

/** Draws pictures. The first picture is dark. */
const pictures = (count: number): number[][][] =>
  Array.from({ length: count }, (_, i) =>
    Array.from({ length: 28 }, () => numbers(28, 0, i === 0 ? 0.3 : 0.9)),
  );

/** Tensors before a call, the most tensors that a call left, and whether a call disposed of the pictures. */
let [initial, leaked, isFreed] = [0, 0, false];

export const freeTensors = computing<[pictures: number[][][]], number, typeof en>({
  texts: { en, zh },
  draw() {
    [leaked, isFreed] = [0, false];
    return [[pictures(3)], [pictures(integer(4, 9))]];
  },
  right: pictures => mean(maxima(pictures)),
  wrong: {
    brightestOfAll: pictures => Math.max(...maxima(pictures)),
    meanOfAll: pictures => mean(means(pictures)),
    brightestMean: pictures => Math.max(...means(pictures)),
    summed: pictures => sum(maxima(pictures)),
  },
  give(pictures) {
    const x = tf.tensor3d(pictures);
    initial = tf.memory().numTensors;
    return [x];
  },
  read(result, text, [x]: readonly unknown[]) {
    const value = number.read(result, text, []);
    isFreed ||= (x as tf.Tensor).isDisposed;
    leaked = Math.max(leaked, tf.memory().numTensors - initial);
    return value;
  },
  same: number.same,
  also(_, { other }) {
    failIf(isFreed, other.freed);
    failIf(leaked > 0, other.left(leaked));
  },
  named: ({ other }, [pictures]) => other.batch(pictures.length),
});
