/** Preprocessing: the range of the pixels. */
import { NdArray } from 'mnist-data-loader';
import { compare, list } from './compare';
import { integer, shuffled } from './drawn';
import { type Exercise, refute } from './exercise';
import { type Nested, shown, theFunction, theTensor } from './values';

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

export const otherRange: Exercise = {
  id: '4.1',
  async verify(answer) {
    const call = theFunction(answer);
    const scaled = async (images: Pictures) => {
      const x = theTensor(await call(images));
      refute(String(x.shape) !== String(images.shape), {
        zh: `形状应当仍是 [${images.shape.join(', ')}]，现在是 [${x.shape.join(', ')}]。缩放不改变形状，展平是 Flatten 的事。`,
        en: `The shape should still be [${images.shape.join(', ')}]; it is [${x.shape.join(', ')}]. Scaling keeps the shape; Flatten is what changes it.`,
      });
      return Array.from(x.dataSync());
    };
    await compare<[images: Pictures], Nested>(scaled, {
      cases: [[pictures([[0, 255]])]],
      draw: () => [
        [pictures([dark()])],
        [pictures([light(), dark(), [0, 255]])],
        [pictures([dark(), light()])],
      ],
      named: ({ data }) => ({ zh: `像素 ${shown(data)}`, en: `Pixels ${shown(data)}` }),
      right: each(pixel => pixel / 127.5 - 1),
      wrong: [
        {
          of: each(pixel => pixel / 255),
          zh: '这是课程中的 0～1，长度是 1。-1～1 的长度是 2。',
          en: 'That is 0…1, as in the lesson, and its length is 1. The length of -1…1 is 2.',
        },
        {
          of: each(pixel => pixel / 255 - 1),
          zh: '这是 -1～0：起点对了，长度却只有 1。',
          en: 'That is -1…0: it begins at the right place, but its length is only 1.',
        },
        {
          of: each(pixel => pixel / 127.5),
          zh: '这是 0～2：长度对了，起点还要移到 -1。',
          en: 'That is 0…2: the length is right, but it should begin at -1.',
        },
        {
          of: each(pixel => pixel / 128 - 1),
          zh: '差一点点：像素有 256 个值，最大的却是 255。除以 255 的一半。',
          en: 'Not quite: pixels have 256 values, but the largest is 255. Divide by half of 255.',
        },
        {
          of: each(pixel => pixel / 127 - 1),
          zh: '差一点点：255 的一半是 127.5，不是 127。',
          en: 'Not quite: half of 255 is 127.5, not 127.',
        },
        {
          of: each(pixel => pixel * 2 - 1),
          zh: '要先除以 255，变成 0～1，然后才乘以 2、减去 1。',
          en: 'Divide by 255 first, which gives 0…1; only then multiply by 2 and subtract 1.',
        },
        {
          of: each(pixel => 1 - pixel / 127.5),
          zh: '黑白颠倒了：0 应当变成 -1。',
          en: 'Black and white are exchanged: 0 should become -1.',
        },
        {
          of: each(pixel => Math.round(pixel / 127.5 - 1)),
          zh: '取整以后，中间的灰度都没有了。结果不要取整。',
          en: 'Rounding loses the greys between. Do not round the result.',
        },
        { of: images => stretched(pixels(images)), ...OWN_RANGE },
        { of: eachPicture(stretched), ...OWN_RANGE },
        { of: images => standardised(pixels(images)), ...OWN_MEAN },
        { of: eachPicture(standardised), ...OWN_MEAN },
      ],
      ...list,
      copy: ([{ shape, data }]) => [new NdArray('uint8', shape, data.slice())],
    });
    return {
      zh: '-1 是黑，1 是白。0～1 和 -1～1 都常用，要紧的是训练和使用时用同一种。',
      en: '-1 is black and 1 is white. Both ranges are common; what matters is to use the same one in training and afterwards.',
    };
  },
  hints: [
    {
      zh: '先除，让长度变成 2；再减，让起点变成 -1。',
      en: 'Divide first, to make the length 2; then subtract, to make it begin at -1.',
    },
    {
      zh: "先写 tf.tensor3d(images.data, images.shape, 'float32').div(127.5)，还要减去 1。",
      en: "tf.tensor3d(images.data, images.shape, 'float32').div(127.5), and then subtract 1.",
    },
  ],
};

const OWN_RANGE = {
  zh: '您用的是这些图片自己的最小值和最大值。同一个灰度在每张图里都应当变成同一个数：0 变成 -1，255 变成 1。',
  en: 'You use the smallest and the largest pixel of these very pictures. A grey should become the same number in every picture: 0 becomes -1, and 255 becomes 1.',
};
const OWN_MEAN = {
  zh: '您减去了这些图片自己的平均值，再除以标准差，这叫标准化。这里要的是固定的：0 变成 -1，255 变成 1。',
  en: 'You subtract the mean of these very pictures and divide by their standard deviation, which is called standardising. Here the rule is fixed: 0 becomes -1, and 255 becomes 1.',
};
