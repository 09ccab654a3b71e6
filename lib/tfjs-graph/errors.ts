/** The errors of this package: each has a code, the facts as data, and a message in English. */
import type * as tf from '@tensorflow/tfjs';
import { errors } from './messages/en';

/** Messages by code: a text, or a function of the facts. */
type Messages = Readonly<Record<string, string | ((facts: never) => string)>>;

/** The code and the facts of one of several messages. */
export type Facts<M extends Messages> = {
  [Code in keyof M]: M[Code] extends (facts: infer F) => string
    ? { readonly code: Code } & Readonly<F>
    : { readonly code: Code };
}[keyof M];

export function messageOf<M extends Messages>(messages: M, data: Facts<M>): string {
  const message = messages[data.code];
  return typeof message === 'function' ? message(data as never) : String(message);
}

type NotRecordable = Facts<typeof errors.notRecordable>;

/** The function, or the step of training, does what no graph can repeat. */
export class NotRecordableError extends Error {
  override readonly name = 'NotRecordableError';
  readonly code: NotRecordable['code'];
  /** In English, to follow upon "because". */
  readonly reason: string;

  constructor(readonly data: NotRecordable) {
    const reason = messageOf(errors.notRecordable, data);
    super(`It cannot be recorded as a graph: ${reason}`);
    this.code = data.code;
    this.reason = reason;
  }
}

type NotWasm = Facts<typeof errors.notWasm>;

/** WebAssembly's own step of training does not know something that a model does. */
export class NotWasmError extends Error {
  override readonly name = 'NotWasmError';
  readonly code: NotWasm['code'];
  /** In English, to follow upon "because". */
  readonly reason: string;

  constructor(readonly data: NotWasm) {
    const reason = messageOf(errors.notWasm, data);
    super(`WebAssembly's own step cannot train it: ${reason}`);
    this.code = data.code;
    this.reason = reason;
  }
}

/** Why no training begins, or why it ends at once. */
export type NotTrainable = Facts<typeof errors.notTrainable>;

/** A model cannot be trained now, or not on this engine. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  readonly code: NotTrainable['code'];

  constructor(
    readonly data: NotTrainable,
    options?: ErrorOptions,
  ) {
    super(messageOf(errors.notTrainable, data), options);
    this.code = data.code;
  }
}

/** The likeliest cause of a loss, or weights, that are no finite numbers. */
export type Cause = Facts<typeof errors.cause>;

/** What is no finite number, and where. */
export type NotFinite = Facts<typeof errors.notFinite> & { readonly cause: Cause };

/** The loss or the weights became NaN or infinite. */
export class NotFiniteError extends RangeError {
  override readonly name = 'NotFiniteError';
  readonly code: NotFinite['code'];

  /** @param history the completed epochs, as `fit` would have returned them. */
  constructor(
    readonly data: NotFinite,
    readonly history?: Pick<tf.History, 'epoch' | 'history'>,
  ) {
    super(`${messageOf(errors.notFinite, data)}. ${messageOf(errors.cause, data.cause)}.`);
    this.code = data.code;
  }
}

/** A fault of an argument; texts among the facts are in English. */
export type BadInput = Facts<typeof errors.badInput>;

/** An argument is not what it has to be. */
export class InputError extends RangeError {
  override readonly name = 'InputError';
  readonly code: BadInput['code'];

  constructor(
    readonly data: BadInput,
    options?: ErrorOptions,
  ) {
    super(messageOf(errors.badInput, data), options);
    this.code = data.code;
  }
}
