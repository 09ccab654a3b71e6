import type { Text } from '../language';
import { DataError } from './data-error';

/** The content is IDX, but its dtype, shape or length is not what belongs there. */
export class WrongShapeError extends DataError {
  constructor(
    /** The file's path or address. */
    readonly file: string,
    /** For example `uint8 [60000, 28, 28]`. */
    readonly expected: Text,
    readonly actual: Text,
  ) {
    super(
      {
        en: `${file}: expected ${expected.en}, but found ${actual.en}.`,
        zh: `${file}：应为 ${expected.zh}，实际是 ${actual.zh}。`,
      },
      {
        en: 'The file is damaged or another one: see that the four files belong together and that none has the name of another.',
        zh: '文件已损坏，或不是这一个：请检查四个文件是否属于同一个数据集，文件名有没有互换。',
      },
    );
  }
}
