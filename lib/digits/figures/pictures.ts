import { text } from '../language';

/** Pictures as loaded: a byte a pixel, 0 (black) to 255 (white). */
export interface Pictures {
  /** `[pictures, height, width]`. */
  readonly shape: readonly number[];
  /** Picture after picture, row after row. */
  readonly data: ArrayLike<number>;
}

/**
 * Reads how many pictures there are, and of what size.
 *
 * @throws RangeError where the shape is not that of pictures.
 */
export function measure({ shape }: Pictures): { count: number; height: number; width: number } {
  const [count = 0, height = 0, width = 0] = shape;
  if (shape.length === 3) return { count, height, width };
  throw new RangeError(
    text({
      zh: `图片的形状应当是 [张数, 高, 宽]，收到的是 [${shape.join(', ')}]。请传入加载得到的图片；只要一张时，用切片 testX.slice(0, 1)。`,
      en: `Expected pictures of shape [pictures, height, width] but received [${shape.join(', ')}]. Pass pictures as loaded; for a single one take a slice, testX.slice(0, 1).`,
    }),
  );
}

/** Takes the pixels of the i-th picture, row after row. */
export function pixelsOf(pictures: Pictures, i: number): Uint8Array {
  const { height, width } = measure(pictures);
  const size = height * width;
  return Uint8Array.from({ length: size }, (_, at) => pictures.data[i * size + at] ?? 0);
}

/**
 * Takes the pixels of the only picture.
 *
 * @throws RangeError where there are none or several.
 */
export function onlyPicture(pictures: Pictures): {
  pixels: Uint8Array;
  height: number;
  width: number;
} {
  const { count, height, width } = measure(pictures);
  if (count === 1) return { pixels: pixelsOf(pictures, 0), height, width };
  throw new RangeError(
    text({
      zh: `应当只有一张图片，收到的是 ${count} 张。请用切片取一张，例如 testX.slice(0, 1)。`,
      en: `Expected a single picture but received ${count}. Take one as a slice, such as testX.slice(0, 1).`,
    }),
  );
}
