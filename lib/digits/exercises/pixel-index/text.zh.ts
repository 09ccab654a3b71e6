import { en } from './text.en';

export const zh: typeof en = {
  title: '像素在哪里',
  task: [
    '`trainImages.data` 把所有像素排成一长串：一张图接一张图，图里一行接一行。第 `image` 张图、第 `row` 行、第 `column` 列的像素在第几个位置？都从 0 数起。',
  ],
  starter: en.starter,
  hints: [
    '先跳过前面所有的图，再跳过这张图里前面的行，最后数到这一列。',
    '一张图有 28 × 28 个像素：image * 784，再加上行的部分和列的部分。',
  ],
  inputs: (image, row, column) => `第 ${image} 张图，第 ${row} 行，第 ${column} 列`,
  wrong: {
    exchanged: '行和列写反了：同一行的像素挨在一起，往下一行要跳过 28 个。',
    picturesTooShort: '每张图只跳过了 28 个数，一张图却有 28 × 28 个像素。',
    rowsTooShort: '每行只跳过了 1 个数，一行却有 28 个像素。',
    onePicture: '前面的图没有跳过：这是在一张图里的位置。',
    rowStart: '这是一行的开头，还要加上列。',
    oneMore: '多了 1：第一个像素的位置是 0，不是 1。',
    fromOne: '图、行、列都从 0 数起，不必减 1。',
  },
  reward:
    '沿最后一个轴，相邻的像素挨在一起；越靠前的轴，跨得越远：784、28、1。所以 Flatten 一个数也不必移动。',
  reasoning:
    '像素前面的都要跳过：先是整张的图，每张 28 × 28 个，再是整行，每行 28 个。沿一个轴走一格，就跨过它后面各轴所装的全部数。',
  solution: en.solution,
};
