import type { Text } from 'digits/language';

/** WebAssembly's own step cannot train the model as it is to be trained. */
export class NotDenseError extends Error {
  override readonly name = 'NotDenseError';

  /** @param reason what the step does not know. */
  constructor(readonly reason: Text) {
    super(reason.en);
  }
}
