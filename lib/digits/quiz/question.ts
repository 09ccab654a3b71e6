import type { Text } from '../language';

/** An answer to choose, with what is said to whoever chooses it. */
export interface Option {
  readonly says: Text;
  /** Why this very answer is right, or wrong. */
  readonly why: Text;
  /** Of exactly one option of a question. */
  readonly isRight?: true;
}

/** A question about what is easily misunderstood. */
export interface Question {
  readonly asks: Text;
  readonly options: readonly Option[];
}
