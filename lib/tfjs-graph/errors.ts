/** The package's errors, with a code, facts as data, and a message in English. */
import { errors } from './messages/en';

/** Messages by code: strings, or functions of the facts. */
type Messages = Readonly<Record<string, string | ((facts: never) => string)>>;

/** Code and facts of a message. */
type Facts<M extends Messages> = {
  [Code in keyof M]: M[Code] extends (facts: infer F) => string
    ? { readonly code: Code } & Readonly<F>
    : { readonly code: Code };
}[keyof M];

function messageOf<M extends Messages>(messages: M, data: Facts<M>): string {
  const message = messages[data.code];
  return typeof message === 'function' ? message(data as never) : String(message);
}

/** Creates an error class with a code and facts. */
function coded<Name extends string, Data extends { readonly code: string }>(
  Base: new (message: string, options?: ErrorOptions) => Error,
  name: Name,
  messageOf: (data: Data) => string,
) {
  return class extends Base {
    override readonly name = name;
    readonly code: Data['code'];

    constructor(
      readonly data: Data,
      options?: ErrorOptions,
    ) {
      super(messageOf(data), options);
      this.code = data.code;
    }
  };
}

const reasonOf = (data: Facts<typeof errors.notRecordable>) =>
  messageOf(errors.notRecordable, data);

/** A function or training step cannot be replayed by a graph, or uses an operation unknown to the WebAssembly compiler. */
export class NotRecordableError extends coded(
  Error,
  'NotRecordableError',
  (data: Parameters<typeof reasonOf>[0]) => `It cannot be recorded: ${reasonOf(data)}`,
) {
  /** English clause that can follow "because". */
  readonly reason = reasonOf(this.data);
}

/** Code and facts of an invalid argument. Texts are in English. */
export type BadInput = Facts<typeof errors.badInput>;

/** An argument is invalid. */
export class InputError extends coded(RangeError, 'InputError', (data: BadInput) =>
  messageOf(errors.badInput, data),
) {}
