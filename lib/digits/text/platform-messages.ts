/** Words that differ with where the lesson runs: here on Node; `platform-messages.browser.ts` is its twin. */
import { dirname, relative } from 'node:path';
import type { FileNotFoundError } from 'mnist-data-loader';
import type { Text } from '../language';

/** Says how to get Fashion-MNIST, in whose place something else was taken. */
export function fashionMissing({ searched }: FileNotFoundError): Text {
  const folder = relative(process.cwd(), dirname(searched[0]?.path ?? ''));
  return {
    zh: `这里没有 Fashion-MNIST 的文件，所以用它代替。有网络时，运行 await fashionMnist.loadData() 下载一次（约 30 MB）；没有网络时，请向别人要来这四个文件，放进 ${folder}，再运行本单元格。`,
    en: `The Fashion-MNIST files are not here, so this set was used instead. If you are online, await fashionMnist.loadData() downloads them once (about 30 MB); if not, get the four files from somebody, put them into ${folder}, and run this cell again.`,
  };
}

/** Says what to do about a model that the WebAssembly engine cannot train. */
export const OTHER_ENGINE: Text = {
  zh: '请安装原生引擎（npm run setup），或者换用其他层。',
  en: 'Install the native engine (npm run setup), or use other layers.',
};
