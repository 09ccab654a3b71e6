import { type Language, same, say, type Text, words } from './language';
import { platform } from './platform';

/** Says a problem and what to do about it, in each language. Every error of this package is one. */
export abstract class DataError extends Error {
  protected constructor(
    override readonly name: string,
    /** What was expected and what came. */
    readonly problem: Text,
    /** What to do next. */
    readonly cure: Text,
    options?: { cause?: unknown },
  ) {
    super(say(words.sentences(problem, cure)), options);
    // Else the console prints them below the stack.
    for (const field of ['name', 'problem', 'cure']) {
      Object.defineProperty(this, field, { enumerable: false });
    }
    // Taken anew, since its first line has the name, which is known only now. The stacks of browsers
    // that lack this have no such line.
    Error.captureStackTrace?.(this, new.target);
  }

  /** The message in a given language, whichever `setLanguage` chose. */
  messageIn(language: Language): string {
    return words.sentences(this.problem, this.cure)[language];
  }
}

/** A place that was searched and what was there instead of a readable file. */
export interface Searched {
  /** The file's path or address. */
  path: string;
  /**
   * `page`: a web page, which many a server sends for what it has not. `unfit`: a pipe, a device or the
   * like. `unusable`: a warning has said why. `passing`: it could not be read just now.
   */
  found: 'nothing' | 'folder' | 'page' | 'unfit' | 'unreadable' | 'unusable' | 'passing';
  /** The system's reason, where it gave one. */
  why?: Text;
}

/** Remedies differ between Node and browsers. */
const remedies = words[platform];

/** One of the four files is in none of the places searched, or cannot be read there. */
export class FileNotFoundError extends DataError {
  constructor(
    /** The file's name, for example `train-images-idx3-ubyte`. */
    readonly file: string,
    readonly searched: readonly Searched[],
    { cause, cure }: { cause?: unknown; cure?: Text } = {},
  ) {
    const places = searched.map(({ path, found, why }) =>
      words.place(path, words.found[found](), why),
    );
    super(
      'FileNotFoundError',
      words.problem.fileNotFound(file, places),
      cure ?? remedies.notFound[searched[0]?.found ?? 'nothing'](),
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
    super('ChecksumError', words.problem.checksum(file, expected, actual), remedies.damaged());
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
    super('NotIdxError', words.problem.notIdx(file, found), remedies.notIdx());
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
    const problem =
      expected === undefined
        ? words.problem.truncatedGzip(file, actual)
        : words.problem.truncated(file, expected, actual);
    super('TruncatedError', problem, remedies.truncated());
  }
}

/** The content is IDX, but its shape or length is not what belongs there. */
export class WrongShapeError extends DataError {
  constructor(
    /** The file's path or address. */
    readonly file: string,
    /** For example `uint8 [60000, 28, 28]`. */
    readonly expected: Text,
    readonly actual: Text,
  ) {
    const problem = words.problem.wrongShape(file, expected, actual);
    super('WrongShapeError', problem, words.cure.wrongShape());
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
    const answers = attempts.map(({ url, reason }) => words.place(url, reason));
    super('DownloadError', words.problem.download(file, answers), remedies.download(folder));
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
    super('OptionError', words.problem.option(expected, received), cure);
  }
}

/** Says why the system refused something: in words with its code, or as the system puts it. */
export function systemReason(error: unknown): Text {
  const { code, message } = error as NodeJS.ErrnoException;
  const said = code ?? message;
  // A browser tells no more of a connection that fails.
  const isBrowser = code === undefined && error instanceof TypeError;
  const meaning = isBrowser ? words.noNetwork : words.system[code as keyof typeof words.system];
  return meaning ? words.withCode(meaning(), said) : same(said);
}

/** Returns whether it failed for want of what other work holds, which says nothing of the file. */
export function isPassing(error: unknown): boolean {
  return ['EMFILE', 'ENFILE', 'ENOMEM'].includes((error as NodeJS.ErrnoException)?.code ?? '');
}
