import { cures } from './cures';
import { type Language, say, sentences, type Text } from './language';
import { foundThere, type Searched } from './searched';

export type { Searched };

/** Says a problem and what to do about it, in each language. Every error of this package is one. */
export abstract class DataError extends Error {
  /** What was expected and what came. */
  readonly problem: Text;
  /** What to do next. */
  readonly cure: Text;

  protected constructor(
    override readonly name: string,
    problem: Text,
    cure: Text,
    options?: { cause?: unknown },
  ) {
    super(say(sentences(problem, cure)), options);
    this.problem = problem;
    this.cure = cure;
    hide(this, 'problem');
    hide(this, 'cure');
    hide(this, 'name');
    // Taken anew, since its first line has the name, which is known only now. The stacks of browsers
    // that lack this have no such line.
    Error.captureStackTrace?.(this, new.target);
  }

  /** The message in a given language, whichever `setLanguage` chose. */
  messageIn(language: Language): string {
    return sentences(this.problem, this.cure)[language];
  }
}

/** Keeps a field out of what the console prints below the stack. */
function hide(error: Error, field: string): void {
  Object.defineProperty(error, field, { enumerable: false });
}

/** One of the four files is in none of the places searched, or cannot be read there. */
export class FileNotFoundError extends DataError {
  constructor(
    /** The file's name, for example `train-images-idx3-ubyte`. */
    readonly file: string,
    readonly searched: readonly Searched[],
    { cause, cure }: { cause?: unknown; cure?: Text } = {},
  ) {
    const reason = ({ found, why }: Searched, language: Language) =>
      foundThere[found][language] + (why ? { en: `: ${why.en}`, zh: `：${why.zh}` }[language] : '');
    const list = (language: Language) =>
      searched.map(place => `\n  ${place.path}: ${reason(place, language)}`).join('');
    super(
      'FileNotFoundError',
      {
        en: `Expected the file ${file}, raw or as .gz, but found none that can be read:${list('en')}\n`,
        zh: `需要文件 ${file}（原始文件或 .gz），但找不到可以读取的：${list('zh')}\n`,
      },
      cure ?? cures.notFound[searched[0]?.found ?? 'nothing'],
      { cause },
    );
  }
}

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
      'ChecksumError',
      {
        en: `${file}: expected sha256 ${expected}, but the content has ${actual}.`,
        zh: `${file}：sha256 应为 ${expected}，实际为 ${actual}。`,
      },
      cures.damaged,
    );
  }
}

/** The content is not in the IDX format, nor gzip of it. */
export class NotIdxError extends DataError {
  constructor(
    /** The file's path or address. */
    readonly file: string,
    /** What the content looks like instead. */
    readonly found: Text,
  ) {
    super(
      'NotIdxError',
      {
        en: `${file}: expected an IDX file (two zero bytes, a type, a rank), but found ${found.en}.`,
        zh: `${file}：应为 IDX 文件（两个零字节、类型、维数），实际是${found.zh}。`,
      },
      cures.notIdx,
    );
  }
}

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
      : { en: 'an impossible number of bytes', zh: '多得不可能的字节数' };
    super(
      'TruncatedError',
      expected === undefined
        ? {
            en: `${file}: expected a whole gzip file, but it ends early, after ${actual} bytes.`,
            zh: `${file}：应为完整的 gzip 文件，但在 ${actual} 字节处提前结束。`,
          }
        : {
            en: `${file}: expected ${bytes.en}, but there are only ${actual}.`,
            zh: `${file}：应有 ${bytes.zh}，实际只有 ${actual} 字节。`,
          },
      cures.truncated,
    );
  }
}

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
      'WrongShapeError',
      {
        en: `${file}: expected ${expected.en}, but found ${actual.en}.`,
        zh: `${file}：应为 ${expected.zh}，实际是 ${actual.zh}。`,
      },
      {
        en: 'The file is damaged, or is the wrong one: check that the four files belong to the same set and that no names are swapped.',
        zh: '文件已损坏，或者放错了文件：请检查四个文件是否属于同一个数据集，文件名有没有互换。',
      },
    );
  }
}

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
    const list = (language: Language) =>
      attempts.map(({ url, reason }) => `\n  ${url}: ${reason[language]}`).join('') ||
      { en: '\n  no mirror was given', zh: '\n  没有给出镜像地址' }[language];
    super(
      'DownloadError',
      {
        en: `Expected to download ${file}, but no mirror provided it:${list('en')}\n`,
        zh: `需要下载 ${file}，但没有镜像能提供：${list('zh')}\n`,
      },
      cures.download(folder),
    );
  }
}

/** A set was asked for by a name that is not known, and no folder was given. */
export class UnknownSetError extends DataError {
  constructor(
    readonly set: string,
    readonly known: readonly string[],
  ) {
    super(
      'UnknownSetError',
      {
        en: `Expected the name of a known set (${known.join(', ')}), but received ${JSON.stringify(set)}.`,
        zh: `应为已知的数据集名称（${known.join('、')}），收到的是 ${JSON.stringify(set)}。`,
      },
      {
        en: 'Correct the name, or use the option dir to name the folder that holds your own four files.',
        zh: '请改正名称，或用 dir 选项指定您自己的四个文件所在的文件夹。',
      },
    );
  }
}

/** An option that does not exist, or a value that it cannot have. */
export class OptionError extends DataError {
  constructor(
    /** The option's name; undefined where what was given is no object of options. */
    readonly option: string | undefined,
    readonly expected: Text,
    readonly received: Text,
    cure: Text,
  ) {
    super(
      'OptionError',
      {
        en: `loadData expected ${expected.en}, but received ${received.en}.`,
        zh: `${expected.zh}，收到：${received.zh}。`,
      },
      cure,
    );
  }
}
