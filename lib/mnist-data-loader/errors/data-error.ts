import { type Language, say, sentences, type Text } from '../language';

/** What every error of this package is: a problem, and what to do about it, in each language. */
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
    // The stack's first line is made from name and message: take it again now that both are known.
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
