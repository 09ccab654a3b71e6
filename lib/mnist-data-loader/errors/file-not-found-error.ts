import type { Text } from '../language';
import { DataError } from './data-error';

/** A place that was searched and what was there instead of a readable file. */
export interface Searched {
  path: string;
  /** `unusable`: a warning has said why. `passing`: it could not be read just now. */
  found: 'nothing' | 'folder' | 'unreadable' | 'unusable' | 'passing';
  /** The system's reason, where it gave one. */
  why?: Text;
}

const found: Record<Searched['found'], Text> = {
  nothing: { en: 'nothing there', zh: '不存在' },
  folder: { en: 'a folder, not a file', zh: '是文件夹，不是文件' },
  unreadable: { en: 'cannot be read', zh: '无法读取' },
  unusable: { en: 'not usable, as warned', zh: '不能使用，见前面的警告' },
  passing: { en: 'cannot be read now', zh: '暂时无法读取' },
};

const put = {
  en: 'Put the file there; for MNIST and Fashion-MNIST you may also leave out the options dir and download: false, so that it is found or downloaded.',
  zh: '请把文件放到上述位置；如果是 MNIST 或 Fashion-MNIST，也可以去掉 dir 和 download: false 选项，让加载器自动寻找或下载。',
};
const cures: Record<Searched['found'], Text> = {
  nothing: put,
  folder: {
    en: 'Rename the folder and put the file itself there; an archive unpacked by hand may have left the file inside the folder.',
    zh: '请给文件夹改名，再把文件本身放到那里；如果是手动解压的，文件可能就在这个文件夹里面。',
  },
  unreadable: {
    en: 'Have its owner allow reading (chmod a+r), or put a copy that can be read in its place.',
    zh: '请让文件的所有者开放读取权限（chmod a+r），或换成可以读取的副本。',
  },
  unusable: put,
  passing: {
    en: 'Nothing is wrong with the file: restart the kernel or close other programs, and run again.',
    zh: '文件本身没有问题：请重启内核，或关闭其他程序，然后重新运行。',
  },
};

/** One of the four files is in none of the places searched, or cannot be read there. */
export class FileNotFoundError extends DataError {
  constructor(
    /** The file's name, for example `train-images-idx3-ubyte`. */
    readonly file: string,
    readonly searched: readonly Searched[],
    options?: { cause?: unknown },
  ) {
    const reason = ({ found: what, why }: Searched, language: 'en' | 'zh') =>
      found[what][language] + (why ? { en: `: ${why.en}`, zh: `：${why.zh}` }[language] : '');
    const list = (language: 'en' | 'zh') =>
      searched.map(place => `\n  ${place.path}: ${reason(place, language)}`).join('');
    super(
      {
        en: `Expected the file ${file}, raw or as .gz, but there is none to read:${list('en')}\n`,
        zh: `需要文件 ${file}（原始文件或 .gz），但没有可以读取的：${list('zh')}\n`,
      },
      cures[searched[0]?.found ?? 'nothing'],
      options,
    );
  }
}
