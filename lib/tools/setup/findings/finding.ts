import { same, type Text } from '../../project/failure.mjs';

/** One thing that the doctor looks at. */
export interface Finding {
  readonly title: Text;
  /** Whether it is there, as it should be. */
  readonly there: boolean;
  /** Where it is, or what is wrong with it. */
  readonly seen?: string | Text;
  /** Whether the lesson cannot run without it. */
  readonly needed: boolean;
  /** Whether it is gigabytes to download. */
  readonly large?: boolean;
  /** The logs of set-up, in `build/setup`, that tell why it is missing. */
  readonly logs?: readonly string[];
  readonly cure: Text;
}

export const setUpAgain = same('npm run setup');
