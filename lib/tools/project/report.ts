import type { Text } from './failure.mjs';

/** Shows how far a step is, by a string where both languages say the same. */
export type Report = (progress: string | Text) => void;
