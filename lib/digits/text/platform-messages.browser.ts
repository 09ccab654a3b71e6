/** Words that differ with where the lesson runs: here in a browser. */
import type { Text } from '../language';

/** Says how to get Fashion-MNIST, in whose place something else was taken. */
export const fashionMissing = (): Text => ({
  zh: '这个网站上没有 Fashion-MNIST 的文件，所以用它代替，练习照样能做。想用 Fashion-MNIST 本身，请把课程安装到电脑上，运行 await fashionMnist.loadData() 下载。',
  en: 'The Fashion-MNIST files are not on this site, so this set was used instead; the exercise is the same. To use Fashion-MNIST itself, install the lesson on a computer, where await fashionMnist.loadData() downloads it.',
});

/** Says what to do about a model that the WebAssembly engine cannot train. */
export const OTHER_ENGINE: Text = {
  zh: '请换用其他层；也可以把课程安装到电脑上，原生引擎能训练这个模型。',
  en: 'Use other layers, or install the lesson on a computer: its native engine can train this model.',
};
