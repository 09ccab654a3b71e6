import { DataError } from './data-error';

/** A set was asked for by a name that is not known, and no folder was given. */
export class UnknownSetError extends DataError {
  constructor(
    readonly set: string,
    readonly known: readonly string[],
  ) {
    super(
      {
        en: `Expected the name of a known set (${known.join(', ')}), but got ${JSON.stringify(set)}.`,
        zh: `应为已知的数据集名称（${known.join('、')}），实际是 ${JSON.stringify(set)}。`,
      },
      {
        en: 'Correct the name, or give the folder of your own four files with the option dir.',
        zh: '请改正名称，或用 dir 选项给出你自己的四个文件所在的文件夹。',
      },
    );
  }
}
