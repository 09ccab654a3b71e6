import { fourDigits, grouped } from '../format';
import { text } from '../language';
import { type Given, read } from './given';

/** Grey pictures: a byte a pixel, 0 (black) to 255 (white). */
export interface Pictures {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Picture after picture, row after row. */
  readonly data: ArrayLike<number>;
  /** How much larger they are than the values given: 255 times where those lie in [0, 1]. */
  readonly scale: number;
}

/** Beyond 0, 1 and 255, what rounding or resizing adds. */
const TOLERANCE = 1e-3;

/**
 * Reads grey pictures: the loader's array, a tensor, or lists, of shape `[pictures, height, width]` or
 * `[pictures, height, width, 1]`.
 *
 * Where all values lie in [0, 1], 1 is white, as after `divide(testX, 255)`; otherwise 255 is white.
 *
 * @throws TypeError where they are missing or no numbers.
 * @throws RangeError where the shape is not that of pictures, or a value lies outside [0, 255].
 */
export function picturesOf(given: Given): Pictures {
  const { shape, data, divisor } = read(given, 'pictures');
  const [count = 0, height = 0, width = 0, channels = 1] = shape;
  if (shape.length < 3 || shape.length > 4 || channels !== 1) throw noPictures(shape);
  if (divisor !== undefined) return { count, height, width, data, scale: divisor };
  const largest = largestOf(data);
  if (largest > 1 + TOLERANCE) return { count, height, width, data, scale: 1 };
  const levels = Uint8ClampedArray.from(data, value => 255 * value);
  return { count, height, width, data: levels, scale: 255 };
}

/**
 * Reads a single picture.
 *
 * @throws as {@link picturesOf}, and a RangeError where there are none or several.
 */
export function onlyPicture(given: Given): Pictures & { readonly pixels: Uint8Array } {
  const pictures = picturesOf(given);
  const { count } = pictures;
  if (count === 1) return { ...pictures, pixels: pixelsOf(pictures, 0) };
  throw new RangeError(
    text({
      zh: `应当只有一张图片，收到的是 ${grouped(count)} 张。请用切片取一张，例如 testX.slice(0, 1)。`,
      en: `Expected a single picture but received ${grouped(count)}. Take one as a slice, such as testX.slice(0, 1).`,
    }),
  );
}

/** Takes the pixels of the i-th picture, row after row. */
export function pixelsOf({ height, width, data }: Pictures, i: number): Uint8Array {
  const size = height * width;
  return Uint8Array.from({ length: size }, (_, at) => Math.round(data[i * size + at] ?? 0));
}

/** Finds the largest value, or the first beyond 1, which is enough to know. */
function largestOf(data: ArrayLike<number>): number {
  let largest = 0;
  const isChecked = !(data instanceof Uint8Array);
  for (let at = 0; at < data.length; at++) {
    const value = data[at] ?? Number.NaN;
    if (isChecked && !(value >= -TOLERANCE && value <= 255 + TOLERANCE)) throw noPixel(value, at);
    if (value > largest) largest = value;
    if (!isChecked && largest > 1) break;
  }
  return largest;
}

function noPictures(shape: readonly number[]): RangeError {
  const received = `[${shape.join(', ')}]`;
  const cure =
    shape.length === 2 && shape[1] === 784
      ? { zh: '请写 x.reshape([-1, 28, 28])。', en: 'Write x.reshape([-1, 28, 28]).' }
      : {
          zh: '请传入加载得到的图片；只要一张时，用切片 testX.slice(0, 1)。',
          en: 'Pass pictures as loaded; for a single one take a slice, testX.slice(0, 1).',
        };
  return new RangeError(
    text({
      zh: `图片的形状应当是 [张数, 高, 宽]，收到的是 ${received}。${cure.zh}`,
      en: `Expected pictures of shape [pictures, height, width] but received ${received}. ${cure.en}`,
    }),
  );
}

const noPixel = (value: number, at: number) =>
  new RangeError(
    text({
      zh: `像素应当在 0～255 或 0～1 之间，第 ${at} 个却是 ${fourDigits(value)}。请传入加载得到的图片，例如 testX.slice(0, 4)。`,
      en: `Expected pixels from 0 to 255, or from 0 to 1, but number ${at} is ${fourDigits(value)}. Pass pictures as loaded, such as testX.slice(0, 4).`,
    }),
  );
