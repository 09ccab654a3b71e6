/** Preprocessing: the range of the pixels, one-hot labels, and memory. */
import { NdArray } from 'mnist-data-loader';
import { compare, list } from './compare';
import { integer, shuffled } from './drawn';
import { type Exercise, refute } from './exercise';
import { tidy } from './tidy';
import { shown, theFunction, theTensor } from './values';
import { watch } from './watch';

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

const otherRange: Exercise = {
  id: '4.1',
  async verify(answer) {
    const call = theFunction(answer);
    const scaled = async (images: Pictures) => {
      const x = theTensor(await call(images));
      refute(String(x.shape) !== String(images.shape), {
        zh: `形状应当仍是 [${images.shape.join(', ')}]，现在是 [${x.shape.join(', ')}]。缩放不改变形状，展平是 Flatten 的事。`,
        en: `The shape should still be [${images.shape.join(', ')}]; it is [${x.shape.join(', ')}]. Scaling keeps the shape; Flatten is what changes it.`,
      });
      return x;
    };
    await compare<[images: Pictures], readonly number[]>(scaled, {
      draw: () => [
        [pictures([[0, 255]])],
        [pictures([dark()])],
        [pictures([light(), dark(), [0, 255]])],
        [pictures([dark(), light()])],
      ],
      named: ({ data }) => ({ zh: `像素 ${shown(data)}`, en: `Pixels ${shown(data)}` }),
      right: each(pixel => pixel / 127.5 - 1),
      wrong: [
        [
          each(pixel => pixel / 255),
          {
            zh: '这是课程中的 0～1，长度是 1。-1～1 的长度是 2。',
            en: 'That is 0…1, as in the lesson, and its length is 1. The length of -1…1 is 2.',
          },
        ],
        [
          each(pixel => pixel / 255 - 1),
          {
            zh: '这是 -1～0：起点对了，长度却只有 1。',
            en: 'That is -1…0: it begins at the right place, but its length is only 1.',
          },
        ],
        [
          each(pixel => pixel / 127.5),
          {
            zh: '这是 0～2：长度对了，起点还要移到 -1。',
            en: 'That is 0…2: the length is right, but it should begin at -1.',
          },
        ],
        [
          each(pixel => pixel / 128 - 1),
          {
            zh: '差一点点：像素有 256 个值，最大的却是 255。除以 255 的一半。',
            en: 'Not quite: pixels have 256 values, but the largest is 255. Divide by half of 255.',
          },
        ],
        [
          each(pixel => pixel / 127 - 1),
          {
            zh: '差一点点：255 的一半是 127.5，不是 127。',
            en: 'Not quite: half of 255 is 127.5, not 127.',
          },
        ],
        [
          each(pixel => pixel * 2 - 1),
          {
            zh: '要先除以 255，变成 0～1，然后才乘以 2、减去 1。',
            en: 'Divide by 255 first, which gives 0…1; only then multiply by 2 and subtract 1.',
          },
        ],
        [
          each(pixel => 1 - pixel / 127.5),
          {
            zh: '黑白颠倒了：0 应当变成 -1。',
            en: 'Black and white are exchanged: 0 should become -1.',
          },
        ],
        [
          each(pixel => Math.round(pixel / 127.5 - 1)),
          {
            zh: '取整以后，中间的灰度都没有了。结果不要取整。',
            en: 'Rounding loses the greys between. Do not round the result.',
          },
        ],
        [images => stretched(pixels(images)), OWN_RANGE],
        [eachPicture(stretched), OWN_RANGE],
        [images => standardised(pixels(images)), OWN_MEAN],
        [eachPicture(standardised), OWN_MEAN],
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

/** Makes a vector for each place from 0 on. */
const vector = (length: number, at: (place: number) => number) =>
  Array.from({ length }, (_, place) => at(place));

const oneHot: Exercise = {
  id: '4.2',
  async verify(answer) {
    const { operations } = await watch(() =>
      compare<[label: number, classes: number], readonly number[]>(answer, {
        draw: () => {
          const [few, many] = [integer(3, 8), integer(11, 15)];
          return [
            [integer(2, 8), 10],
            [0, few],
            [few - 1, few],
            [integer(2, many - 3), many],
          ];
        },
        named: (label, classes) => ({
          zh: `标签 ${label}，共 ${classes} 类`,
          en: `Label ${label} of ${classes} classes`,
        }),
        right: (label, classes) => vector(classes, place => Number(place === label)),
        wrong: [
          [
            (label, classes) => vector(classes, place => Number(place === label - 1)),
            {
              zh: '1 放早了一位：位置从 0 数起，标签 0 的 1 在最前面。',
              en: 'The 1 is a place too early: places count from 0, and the 1 of label 0 comes first.',
            },
          ],
          [
            (label, classes) => vector(classes, place => Number(place === label + 1)),
            {
              zh: '1 放晚了一位：位置从 0 数起。',
              en: 'The 1 is a place too late: places count from 0.',
            },
          ],
          [
            label => vector(10, place => Number(place === label)),
            {
              zh: '长度总是 10，应当是 classes。',
              en: 'The length is always 10, but it should be classes.',
            },
          ],
          [
            (label, classes) => vector(classes + 1, place => Number(place === label)),
            {
              zh: '多了一个数：classes 类只要 classes 个数，位置从 0 到 classes - 1。',
              en: 'There is one number too many: places go from 0 to classes - 1.',
            },
          ],
          [
            label => vector(label + 1, place => Number(place === label)),
            {
              zh: '1 后面的 0 没有写出来：一共要有 classes 个数。',
              en: 'The zeros after the 1 are missing: there are as many numbers as classes.',
            },
          ],
          [
            (label, classes) => vector(classes, place => (place === label ? label : 0)),
            {
              zh: '那个位置上要写 1，不是标签本身。',
              en: 'Write a 1 in that place, not the label itself.',
            },
          ],
          [
            (label, classes) => vector(classes, place => Number(place !== label)),
            {
              zh: '0 和 1 写反了：只有标签的位置是 1。',
              en: '0 and 1 are exchanged: the place of the label alone is 1.',
            },
          ],
          [
            (label, classes) => vector(classes, place => Number(place <= label)),
            {
              zh: '标签以前的位置也成了 1。只有标签的位置是 1。',
              en: 'The places before the label are 1, too. The place of the label alone should be 1.',
            },
          ],
          [
            (_, classes) => vector(classes, () => 0),
            {
              zh: '里面没有 1，看不出是哪一类。',
              en: 'There is no 1 in it to tell the class.',
            },
          ],
          [
            (label, classes) => vector(classes, place => Number(place === classes - 1 - label)),
            {
              zh: '次序反了：位置从左边数起。',
              en: 'The order is reversed: places count from the left.',
            },
          ],
        ],
        ...list,
      }),
    );
    refute(
      operations.some(({ name }) => name === 'OneHot'),
      {
        zh: '结果对了，但这是 tf.oneHot 做出来的。这道题要您自己来做。',
        en: 'The result is right, but tf.oneHot made it. The point here is to make it yourself.',
      },
    );
    return {
      zh: '一个 1，其余都是 0。它说的并不比标签多，只是写得更长，所以稀疏交叉熵可以直接用标签。',
      en: 'A single 1 among zeros. It says no more than the label does, only at greater length; so sparse cross-entropy can take the label as it is.',
    };
  },
  hints: [
    {
      zh: '先做一个长度为 classes、全是 0 的数组，再在 label 的位置写 1。',
      en: 'Begin with an array of length classes that holds only zeros, then write a 1 in the place of the label.',
    },
    {
      zh: '先写 const v = new Array(classes).fill(0)，再写 v[label] = …，最后 return v。',
      en: 'First const v = new Array(classes).fill(0), then v[label] = …, and finally return v.',
    },
  ],
};

export const stage4 = [otherRange, oneHot, tidy];
