import { DataError } from './data-error';

/** A file's content is not the published one. */
export class ChecksumError extends DataError {
  constructor(
    /** The file's path or address. */
    readonly file: string,
    /** The pinned sha256 of the raw content, in hex. */
    readonly expected: string,
    /** The sha256 of what came, in hex. */
    readonly actual: string,
  ) {
    super(
      {
        en: `${file}: expected sha256 ${expected}, but the content has ${actual}.`,
        zh: `${file}：sha256 应为 ${expected}，实际为 ${actual}。`,
      },
      {
        en: 'The file is damaged or belongs to another set: replace it with a fresh copy; to read a set of your own, give it a name of its own with the option name.',
        zh: '文件已损坏，或属于别的数据集：请换成完好的文件；如果要读取自己的数据集，请用 name 选项另取一个名字。',
      },
    );
  }
}
