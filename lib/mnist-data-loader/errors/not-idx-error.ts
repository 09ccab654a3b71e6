import type { Text } from '../language';
import { DataError } from './data-error';

/** The content is not in the IDX format, nor gzip of it. */
export class NotIdxError extends DataError {
  constructor(
    /** The file's path or address. */
    readonly file: string,
    /** What the content looks like instead. */
    readonly found: Text,
  ) {
    super(
      {
        en: `${file}: expected an IDX file (two zero bytes, a type, a rank), but found ${found.en}.`,
        zh: `${file}：应为 IDX 文件（两个零字节、类型、维数），实际是${found.zh}。`,
      },
      {
        en: 'Replace it with the original file, raw or gzipped; a page saved by the browser or an unpacked archive of another kind will not do.',
        zh: '请换成原始文件或它的 gzip 压缩文件；浏览器保存的网页或其他格式的压缩包不能使用。',
      },
    );
  }
}
