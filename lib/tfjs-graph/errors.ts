/** The errors of this package: each has a code, the facts as data, and a message in English. */
import { errors } from './messages/en';

/** Messages by code: a text, or a function of the facts. */
type Messages = Readonly<Record<string, string | ((facts: never) => string)>>;

/** The code and the facts of one of several messages. */
type Facts<M extends Messages> = {
  [Code in keyof M]: M[Code] extends (facts: infer F) => string
    ? { readonly code: Code } & Readonly<F>
    : { readonly code: Code };
}[keyof M];

function messageOf<M extends Messages>(messages: M, data: Facts<M>): string {
  const message = messages[data.code];
  return typeof message === 'function' ? message(data as never) : String(message);
}

/** Makes a class of errors that have a code and facts. */
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

/** The function, or the step of training, does what no graph can repeat, or what the compiler to WebAssembly does not know. */
export class NotRecordableError extends coded(
  Error,
  'NotRecordableError',
  (data: Parameters<typeof reasonOf>[0]) => `It cannot be recorded: ${reasonOf(data)}`,
) {
  /** In English, to follow upon "because". */
  readonly reason = reasonOf(this.data);
}

/** A fault of an argument; texts among the facts are in English. */
export type BadInput = Facts<typeof errors.badInput>;

/** An argument is not what it has to be. */
export class InputError extends coded(RangeError, 'InputError', (data: BadInput) =>
  messageOf(errors.badInput, data),
) {}
