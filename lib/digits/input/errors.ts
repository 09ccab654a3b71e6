/** An error for learners. Its name is a text, because bundlers shorten class names. */
export class LearnerError extends Error {
  constructor(
    override readonly name: `${string}Error`,
    message: string,
  ) {
    super(message);
  }
}
