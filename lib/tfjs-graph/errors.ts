/** The package's errors, with a code, facts as data, and a message in English. */
import { errors } from './messages/en';

/** Messages by code: strings, or functions of the facts. */
type Messages = Readonly<Record<string, string | ((facts: never) => string)>>;

type Facts<M extends Messages> = {
  [Code in keyof M]: M[Code] extends (facts: infer F) => string
    ? { readonly code: Code } & Readonly<F>
    : { readonly code: Code };
}[keyof M];

function messageOf<M extends Messages>(messages: M, data: Facts<M>): string {
  const message = messages[data.code];
  return typeof message === 'function' ? message(data as never) : String(message);
}

type RecordingProblem = Facts<typeof errors.notRecordable>;

/** A function or training step cannot be replayed by a graph, or uses an operation unknown to the WebAssembly compiler. */
export class NotRecordableError extends Error {
  override readonly name = 'NotRecordableError';
  readonly code: RecordingProblem['code'];
  /** English clause that can follow "because". */
  readonly reason: string;

  constructor(readonly data: RecordingProblem) {
    const reason = messageOf(errors.notRecordable, data);
    super(`It cannot be recorded: ${reason}`);
    this.code = data.code;
    this.reason = reason;
  }
}

/** Code and facts of an invalid argument. Texts are in English. */
export type BadInput = Facts<typeof errors.badInput>;

/** An argument is invalid. */
export class InputError extends RangeError {
  override readonly name = 'InputError';
  readonly code: BadInput['code'];

  constructor(readonly data: BadInput) {
    super(messageOf(errors.badInput, data));
    this.code = data.code;
  }
}
