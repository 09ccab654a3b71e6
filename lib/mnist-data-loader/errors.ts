import { type Language, say, type Text, untranslated, words } from './language';
import { platform } from './platform';

/** Base class of this package's errors: a problem and a remedy, in each language. */
export abstract class DataError extends Error {
  protected constructor(
    override readonly name: string,
    /** The expected and the actual value. */
    readonly problem: Text,
    /** The next step for the user. */
    readonly cure: Text,
    options?: { cause?: unknown },
  ) {
    super(say(words.sentences(problem, cure)), options);
    // Otherwise the console prints these fields below the stack.
    for (const field of ['name', 'problem', 'cure']) {
      Object.defineProperty(this, field, { enumerable: false });
    }
    // Capture the stack again: the first line must contain the new name. Some browsers omit that line and lack
    // this function.
    Error.captureStackTrace?.(this, new.target);
  }

  /** Returns the message in `language`, regardless of `setLanguage`. */
  messageIn(language: Language): string {
    return words.sentences(this.problem, this.cure)[language];
  }
}

/** A searched location without a readable file. */
export interface Searched {
  /** The file's path or URL. */
  path: string;
  /**
   * The content of the location. `page`: a web page, sent by many servers for missing files. `unfit`: a pipe, a
   * device or similar. `unusable`: a warning has given the reason. `passing`: temporarily unreadable.
   */
  found: 'nothing' | 'folder' | 'page' | 'unfit' | 'unreadable' | 'unusable' | 'passing';
  /** The system's reason, if available. */
  why?: Text;
}

/** Remedies differ between Node and browsers. */
const remedies = words[platform];

/** A file was not found, or is unreadable. */
export class FileNotFoundError extends DataError {
  constructor(
    /** The file's name, for example `train-images-idx3-ubyte`. */
    readonly file: string,
    readonly searched: readonly Searched[],
    { cause, cure }: { cause?: unknown; cure?: Text } = {},
  ) {
    const locations = searched.map(({ path, found, why }) =>
      words.place(path, words.found[found](), why),
    );
    super(
      'FileNotFoundError',
      words.problem.fileNotFound(file, locations),
      cure ?? remedies.notFound[searched[0]?.found ?? 'nothing'](),
      { cause },
    );
  }
}

/** A file with the wrong checksum. */
export class ChecksumError extends DataError {
  constructor(
    /** The file's path or URL. */
    readonly file: string,
    /** The expected SHA-256 of the raw content, in hex. */
    readonly expected: string,
    /** The actual SHA-256, in hex. */
    readonly actual: string,
  ) {
    super('ChecksumError', words.problem.checksum(file, expected, actual), remedies.damaged());
  }
}

/** A file neither in IDX format nor gzip of that format. */
export class NotIdxError extends DataError {
  constructor(
    /** The file's path or URL. */
    readonly file: string,
    /** A description of the actual content. */
    readonly found: Text,
  ) {
    super('NotIdxError', words.problem.notIdx(file, found), remedies.notIdx());
  }
}

/** A file that ends too early. */
export class TruncatedError extends DataError {
  constructor(
    /** The file's path or URL. */
    readonly file: string,
    /** The size from the header, in bytes, or `undefined` for a truncated gzip stream. */
    readonly expected: number | undefined,
    /** The actual size, in bytes. */
    readonly actual: number,
  ) {
    const problem =
      expected === undefined
        ? words.problem.truncatedGzip(file, actual)
        : words.problem.truncated(file, expected, actual);
    super('TruncatedError', problem, remedies.truncated());
  }
}

/** An IDX file with the wrong shape or length. */
export class WrongShapeError extends DataError {
  constructor(
    /** The file's path or URL. */
    readonly file: string,
    /** For example `uint8 [60000, 28, 28]`. */
    readonly expected: Text,
    readonly actual: Text,
  ) {
    const problem = words.problem.wrongShape(file, expected, actual);
    super('WrongShapeError', problem, words.cure.wrongShape());
  }
}

/** A failed download from one URL. */
export interface Attempt {
  url: string;
  reason: Text;
}

/** No mirror provided the file. */
export class DownloadError extends DataError {
  constructor(
    /** The file's name, for example `train-images-idx3-ubyte`. */
    readonly file: string,
    /** The failures of all mirrors, in order. */
    readonly attempts: readonly Attempt[],
    /** The folder for a manual download of the file. */
    readonly folder: string,
  ) {
    const answers = attempts.map(({ url, reason }) => words.place(url, reason));
    super('DownloadError', words.problem.download(file, answers), remedies.download(folder));
  }
}

/** An unknown option, or an invalid value. */
export class OptionError extends DataError {
  constructor(
    /** The option's name, or `undefined` if the argument is not an options object. */
    readonly option: string | undefined,
    readonly expected: Text,
    readonly received: Text,
    cure: Text,
  ) {
    super('OptionError', words.problem.option(expected, received), cure);
  }
}

/** Returns the reason of a system error: a text with the error code, or the system's message. */
export function systemReason(error: unknown): Text {
  const { code, message } = error as NodeJS.ErrnoException;
  const detail = code ?? message;
  // Browsers do not report a reason for failed connections.
  const isBrowser = code === undefined && error instanceof TypeError;
  const meaning = isBrowser ? words.noNetwork : words.system[code as keyof typeof words.system];
  return meaning ? words.withCode(meaning(), detail) : untranslated(detail);
}

/** Returns whether an error is caused by the system rather than by the file. */
export function isTransient(error: unknown): boolean {
  return ['EMFILE', 'ENFILE', 'ENOMEM', 'EIO'].includes(
    (error as NodeJS.ErrnoException)?.code ?? '',
  );
}
