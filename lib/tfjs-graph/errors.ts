/** The errors of this package: each has a code, the facts as data, and a message in English. */
import type * as tf from '@tensorflow/tfjs';

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

/** Each follows upon "because". */
const NOT_RECORDABLE = {
  'no-native-engine': 'only the native engine runs graphs',
  /** Its values would be frozen into the graph. */
  'reads-back': 'it reads a tensor back into JavaScript on the way',
  'other-operations': 'it does not execute the same operations at each step',
  'new-numbers': 'it generates new numbers in JavaScript at each step, such as random noise',
  'foreign-tensor': 'it uses a tensor that does not belong to TensorFlow.js',
  'constant-type': 'it uses a constant that is not float32, int32 or bool',
  stateful: ({ layer }: { layer: string }) =>
    `its layer ${layer} carries its state from one batch to the next (stateful)`,
  'graph-refused': ({ message }: { message: string }) =>
    `TensorFlow refuses its graph (${message})`,
  'folder-unwritable': ({ message }: { message: string }) =>
    `its graph cannot be written to a temporary folder (${message})`,
} satisfies Messages;

type NotRecordable = Facts<typeof NOT_RECORDABLE>;

/** The function, or the step of training, does what no graph can repeat. */
export class NotRecordableError extends Error {
  override readonly name = 'NotRecordableError';
  readonly code: NotRecordable['code'];
  /** In English, to follow upon "because". */
  readonly reason: string;

  constructor(readonly data: NotRecordable) {
    const reason = messageOf(NOT_RECORDABLE, data);
    super(`It cannot be recorded as a graph: ${reason}`);
    this.code = data.code;
    this.reason = reason;
  }
}

/** Each follows upon "because". */
const NOT_WASM = {
  layers:
    'it is not a plain stack of Dense, Conv2D (channels last, no dilation), MaxPooling2D, Dropout, Activation, Flatten and Reshape layers',
  activation:
    'its activations are not linear, relu, sigmoid or tanh in hidden layers and softmax at the end',
  penalty: 'its layers have regularizers or constraints',
  loss: 'its loss is neither sparseCategoricalCrossentropy nor categoricalCrossentropy, or it has metrics other than accuracy',
  labels: 'its labels are not one-hot',
  frozen: 'some of its weights are frozen',
  optimizer:
    'its optimizer is not SGD, with or without momentum, Adam, Adagrad or RMSprop that is not centred',
};

/** WebAssembly's own step of training does not know something that a model or its data has. */
export class NotWasmError extends Error {
  override readonly name = 'NotWasmError';
  /** In English, to follow upon "because". */
  readonly reason: string;

  constructor(readonly code: keyof typeof NOT_WASM) {
    super(`WebAssembly's own step cannot train it: ${NOT_WASM[code]}`);
    this.reason = NOT_WASM[code];
  }
}

const NOT_TRAINABLE = {
  busy: 'The model is already being trained. Wait for that to end, or stop it first.',
  'not-compiled': 'The model has not been compiled. Call model.compile({ optimizer, loss }) first.',
  'no-kernel': ({ kernel }: { kernel: string }) =>
    `The WebAssembly engine cannot train this model: it lacks the operation ${kernel}.`,
} satisfies Messages;

/** Why no training begins, or why it ends at once. */
export type NotTrainable = Facts<typeof NOT_TRAINABLE>;

/** A model cannot be trained now, or not on this engine. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  readonly code: NotTrainable['code'];

  constructor(
    readonly data: NotTrainable,
    options?: ErrorOptions,
  ) {
    super(messageOf(NOT_TRAINABLE, data), options);
    this.code = data.code;
  }
}

/** `name` as the caller knows the data, such as `x`; `sample` counts from 0. */
type InData = { name: string; sample: number; value: number };

/** `range` is that of samples that are not scaled: the smallest and the largest value. */
type TooLarge = { rate?: number | undefined; range?: readonly [number, number] | undefined };

const CAUSES = {
  data: ({ name, sample, value }: InData) => `Sample ${sample} of ${name} contains ${value}`,
  weights: 'The weights were NaN or infinite even before this',
  'learning-rate': ({ rate, range }: TooLarge) =>
    `Most likely the learning rate${rate === undefined ? '' : `, ${rate},`} is too large${range ? `, and the samples are not scaled: they lie between ${range[0]} and ${range[1]}` : ''}`,
} satisfies Messages;

/** The likeliest cause of a loss, or weights, that are no finite numbers. */
export type Cause = Facts<typeof CAUSES>;

/** Epochs and steps count from 1, of `steps` in an epoch. The model has the weights from the start of epoch `restored`. */
type AtStep = { value: number; epoch: number; step: number; steps: number; restored: number };

const NOT_FINITE = {
  loss: ({ value, epoch, step, steps, restored }: AtStep) =>
    `The loss became ${value} at epoch ${epoch}, step ${step}/${steps}; the model has its weights from the start of epoch ${restored} again`,
  weights: ({ epoch, restored }: { epoch: number; restored: number }) =>
    `The weights became NaN or infinite by the end of epoch ${epoch}; the model has its weights from the start of epoch ${restored} again`,
  'validation-loss': ({ value, epoch }: { value: number; epoch: number }) =>
    `The validation loss is ${value} at the end of epoch ${epoch}; the model keeps the weights of that epoch`,
  evaluation: ({ value }: { value: number }) => `The loss is ${value}`,
} satisfies Messages;

/** What is no finite number, and where. */
export type NotFinite = Facts<typeof NOT_FINITE> & { readonly cause: Cause };

/** The loss or the weights became NaN or infinite. */
export class NotFiniteError extends RangeError {
  override readonly name = 'NotFiniteError';
  readonly code: NotFinite['code'];

  /** @param history the completed epochs, as `fit` would have returned them. */
  constructor(
    readonly data: NotFinite,
    readonly history?: Pick<tf.History, 'epoch' | 'history'>,
  ) {
    super(`${messageOf(NOT_FINITE, data)}. ${messageOf(CAUSES, data.cause)}.`);
    this.code = data.code;
  }
}

type Received<T> = { received: T };
type Compared<T> = { expected: T; received: T };

const BAD_INPUT = {
  divisor: ({ received }: Received<number>) =>
    `Expected a finite divisor other than 0 but received ${received}.`,
  'no-example': 'Expected at least one example, to tell the graph the shape and type of an input.',
  'no-output': 'Expected the function to return at least one tensor but received an empty array.',
  'input-count': ({ expected, received }: Compared<number>) =>
    `Expected ${expected} inputs, one for each example, but received ${received}.`,
  /** `place` counts from 1; the others are a type and a shape, such as `float32 [2, 3]`. */
  'input-kind': ({ place, expected, received }: Compared<string> & { place: number }) =>
    `Expected input ${place} to be ${expected}, like its example, but received ${received}.`,
  'input-runs': ({ received }: Received<readonly number[]>) =>
    `Expected the first axes of all inputs to have the same length, one slice per run, but received ${received.join(', ')}.`,
  'option-name': ({ name, known }: { name: string; known: readonly string[] }) =>
    `There is no option ${name}. The options are ${known.join(', ')}.`,
  'option-value': ({ name, expected, received }: Compared<string> & { name: string }) =>
    `Expected the option ${name} to be ${expected}, but received ${received}.`,
  dataset: (data: Compared<string> & { name: string; remedy: string }) =>
    `Expected ${data.name} to ${data.expected}, but ${data.received}. ${data.remedy}.`,
  /** `name` is that of an input or output of the model; `received` is a type of JavaScript. */
  'no-tensor': ({ name, received }: Received<string> & { name: string }) =>
    `Expected a tensor for ${name} but received ${received}.`,
} satisfies Messages;

/** A fault of an argument; texts among the facts are in English. */
export type BadInput = Facts<typeof BAD_INPUT>;

/** An argument is not what it has to be. */
export class InputError extends RangeError {
  override readonly name = 'InputError';
  readonly code: BadInput['code'];

  constructor(readonly data: BadInput) {
    super(messageOf(BAD_INPUT, data));
    this.code = data.code;
  }
}
