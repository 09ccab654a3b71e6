/** Finds pictures among others, whatever their range, and with some noise on them. */
import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../../item-at';

/** The likest of some pictures: where it stands, and its correlation, 1 for the same. */
export interface Likest {
  readonly at: number;
  readonly likeness: number;
}

/** As many pictures are compared at once. */
const PART = 2000;

/** Pictures of which a part at a time becomes a tensor. */
export interface Album {
  readonly count: number;
  /** Makes a tensor, `[count, ...picture]`, of some of them. */
  readonly part: (start: number, count: number) => tf.Tensor;
}

const albumOf = (pictures: tf.Tensor): Album => ({
  count: pictures.shape[0] ?? 0,
  part: (start, count) => pictures.slice(start, count),
});

/** Finds for each picture, one after the other, the likest among others. */
export function likest(pictures: Float32Array, others: tf.Tensor | Album): Likest[] {
  const { count, part } = others instanceof tf.Tensor ? albumOf(others) : others;
  const best: Likest[] = [];
  for (let start = 0; start < count; start += PART) {
    tf.tidy(() => {
      const rows = part(start, Math.min(PART, count - start));
      const size = rows.size / (rows.shape[0] ?? 1);
      if (pictures.length % size > 0) return;
      const wanted = unit(tf.tensor2d(pictures, [pictures.length / size, size]));
      const likeness = wanted.matMul(unit(rows.reshape([-1, size])), false, true);
      const places = likeness.argMax(1).dataSync();
      likeness
        .max(1)
        .dataSync()
        .forEach((value, i) => {
          if (value > (best[i]?.likeness ?? -1)) {
            best[i] = { at: start + itemAt(places, i), likeness: value };
          }
        });
    });
  }
  return best;
}

/** Takes every fourth pixel, which tells pictures apart as well. */
const thinned = (rows: tf.Tensor): tf.Tensor => {
  const [count = 0, size = 0] = rows.shape;
  return size % 4
    ? rows
    : rows
        .reshape([count, size / 4, 4])
        .slice([0, 0, 0], [-1, -1, 1])
        .reshape([count, size / 4]);
};

/** Gives each row the mean 0 and the length 1, so that a product of two is their correlation. */
function unit(all: tf.Tensor): tf.Tensor {
  const rows = thinned(all).toFloat();
  const centred = rows.sub(rows.mean(1, true));
  return centred.div(centred.norm('euclidean', 1, true).add(1e-9));
}

/** Computes what share of some pictures is among others, noise or not. */
export function overlap(pictures: Float32Array, others: tf.Tensor | Album): number {
  const found = likest(pictures, others);
  return found.filter(({ likeness }) => likeness > 0.95).length / Math.max(1, found.length);
}
