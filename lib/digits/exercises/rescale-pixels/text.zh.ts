import { en } from './text.en';

export const zh: typeof en = {
  title: '从 −1 到 1',
  task: [
    '课程用 `divide(images, 255)` 把像素缩放到 0～1。有些网络要的是 −1～1：0 变成 −1，255 变成 1，中间的灰度均匀分布。写出这样的函数，返回形状不变的 float32 张量。一个像素变成多少，与图里别的像素无关。减法是 `a.sub(b)`。',
  ],
  starter: en.starter,
  hints: [
    '先除，让长度变成 2；再减，让起点变成 −1。',
    'divide(images, 127.5) 得到 0～2，再用 .sub(1) 减去 1。',
  ],
  inputs: data => `像素 ${data}`,
  wrong: {
    zeroToOne: '这是课程中的 0～1，长度是 1。−1～1 的长度是 2。',
    minusOneToZero: '这是 −1～0：起点对了，长度却只有 1。',
    zeroToTwo: '这是 0～2：长度对了，起点还要移到 −1。',
    by128: '差一点点：像素有 256 个值，最大的却是 255。除以 255 的一半。',
    by127: '差一点点：255 的一半是 127.5，不是 127。',
    notDivided: '要先除以 255，变成 0～1，然后才乘以 2、减去 1。',
    inverted: '黑白颠倒了：0 应当变成 −1。',
    rounded: '取整以后，中间的灰度都没有了。结果不要取整。',
    ownRange:
      '你用的是这些图片自己的最小值和最大值。同一个灰度在每张图里都应当变成同一个数：0 变成 −1，255 变成 1。',
  },
  other: {
    shape: (expected, shape) =>
      `形状应当仍是 [${expected}]，现在是 [${shape}]。要用函数收到的 images，形状不变；展平是后面 Flatten 的事。`,
  },
  reward: '−1 是黑，1 是白。0～1 和 −1～1 都常用，要紧的是训练和使用时用同一种。',
  reasoning: '两端定了，中间也就定了：长度要从 255 变成 2，所以除以 127.5；0 要变成 −1，所以减 1。',
  solution: en.solution,
};
