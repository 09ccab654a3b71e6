import { same, type Text } from '../../project/failure.mjs';

/** One thing that the doctor looks at. */
export interface Finding {
  readonly title: Text;
  /** Whether it is there, as it should be. */
  readonly there: boolean;
  /** What was seen: where it is, or what is wrong with it. */
  readonly seen?: string | Text;
  /** Whether the lesson cannot run without it. */
  readonly needed: boolean;
  /** Whether it takes gigabytes to bring it. */
  readonly large?: boolean;
  readonly cure: Text;
}

export const setUpAgain = same('npm run setup');
