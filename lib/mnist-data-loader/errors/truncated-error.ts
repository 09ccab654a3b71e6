import { DataError } from './data-error';

/** The content ends too early. */
export class TruncatedError extends DataError {
  constructor(
    /** The file's path or address. */
    readonly file: string,
    /** Bytes that the header asks for; undefined where a gzip stream ends too early. */
    readonly expected: number | undefined,
    /** Bytes that are there. */
    readonly actual: number,
  ) {
    const bytes = Number.isSafeInteger(expected)
      ? { en: `${expected} bytes`, zh: `${expected} 字节` }
      : { en: 'more bytes than any file has', zh: '超过任何文件大小的字节数' };
    super(
      expected === undefined
        ? {
            en: `${file}: expected a whole gzip file, but it ends early, after ${actual} bytes.`,
            zh: `${file}：应为完整的 gzip 文件，但在 ${actual} 字节处提前结束。`,
          }
        : {
            en: `${file}: expected ${bytes.en}, but there are only ${actual}.`,
            zh: `${file}：应有 ${bytes.zh}，实际只有 ${actual} 字节。`,
          },
      {
        en: 'The copy or download was cut short, or its first bytes are damaged: fetch the file again.',
        zh: '复制或下载没有完成，或开头的字节已损坏：请重新获取这个文件。',
      },
    );
  }
}
