import type { Text } from '../language';
import { DataError } from './data-error';

/** A place that was searched and what was there instead of a readable file. */
export interface Searched {
  path: string;
  found: 'nothing' | 'folder' | 'unreadable';
}

const found: Record<Searched['found'], Text> = {
  nothing: { en: 'nothing there', zh: '不存在' },
  folder: { en: 'a folder, not a file', zh: '是文件夹，不是文件' },
  unreadable: { en: 'cannot be read', zh: '无法读取' },
};

/** One of the four files is in none of the places searched. */
export class FileNotFoundError extends DataError {
  constructor(
    /** The file's name, for example `train-images-idx3-ubyte`. */
    readonly file: string,
    readonly searched: readonly Searched[],
    options?: { cause?: unknown },
  ) {
    const list = (language: 'en' | 'zh') =>
      searched.map(place => `\n  ${place.path}: ${found[place.found][language]}`).join('');
    super(
      {
        en: `Expected the file ${file}, raw or as .gz, but did not find it:${list('en')}\n`,
        zh: `需要文件 ${file}（原始文件或 .gz），但没有找到：${list('zh')}\n`,
      },
      {
        en: 'Put the file there; for MNIST and Fashion-MNIST you may also leave out the options dir and download: false, so that it is found or downloaded.',
        zh: '请把文件放到上述位置；如果是 MNIST 或 Fashion-MNIST，也可以去掉 dir 和 download: false 选项，让加载器自动寻找或下载。',
      },
      options,
    );
  }
}
