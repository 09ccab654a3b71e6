/** What this package throws: classes with a code, the facts as data, and a message in English. */
import type * as tf from '@tensorflow/tfjs';

/** Why a function, or a step of training, cannot be a graph. */
export type NotRecordable =
  | { readonly code: 'no-native-engine' }
  /** It reads a tensor's values, which would be frozen into the graph. */
  | { readonly code: 'reads-back' }
  /** Two recordings of it differ in more than the numbers that come from JavaScript. */
  | { readonly code: 'other-operations' }
  | { readonly code: 'new-numbers' }
  | { readonly code: 'foreign-tensor' }
  | { readonly code: 'constant-type' }
  /** `layer` is the name of the one that carries a state from batch to batch. */
  | { readonly code: 'stateful'; readonly layer: string }
  /** `message` is what TensorFlow says. */
  | { readonly code: 'graph-refused'; readonly message: string }
  /** `message` is what the file system says. */
  | { readonly code: 'folder-unwritable'; readonly message: string };

/** The function, or the step, does what no graph can repeat. */
export class NotRecordableError extends Error {
  override readonly name = 'NotRecordableError';
  readonly code: NotRecordable['code'];
  /** In English, to follow upon "because". */
  readonly reason: string;

  constructor(readonly data: NotRecordable) {
    super(`It cannot be recorded as a graph: ${notRecordable(data)}`);
    this.code = data.code;
    this.reason = notRecordable(data);
  }
}

function notRecordable(data: NotRecordable): string {
  switch (data.code) {
    case 'no-native-engine':
      return 'only the native engine runs graphs';
    case 'reads-back':
      return 'it reads a tensor back into JavaScript on the way';
    case 'other-operations':
      return 'it does not execute the same operations at each step';
    case 'new-numbers':
      return 'it generates new numbers in JavaScript at each step, such as random noise';
    case 'foreign-tensor':
      return 'it uses a tensor that does not belong to TensorFlow.js';
    case 'constant-type':
      return 'it uses a constant that is not float32, int32 or bool';
    case 'stateful':
      return `its layer ${data.layer} carries its state from one batch to the next (stateful)`;
    case 'graph-refused':
      return `TensorFlow refuses its graph (${data.message})`;
    case 'folder-unwritable':
      return `its graph cannot be written to a temporary folder (${data.message})`;
  }
}

/** What a model or its data has that WebAssembly's own step of training does not know. */
export type NotWasm =
  | 'layers'
  | 'activation'
  | 'penalty'
  | 'loss'
  | 'labels'
  | 'frozen'
  | 'optimizer';

/** WebAssembly's own step cannot train the model as it is to be trained. */
export class NotWasmError extends Error {
  override readonly name = 'NotWasmError';
  /** In English, to follow upon "because". */
  readonly reason: string;

  constructor(readonly code: NotWasm) {
    super(`WebAssembly's own step cannot train it: ${NOT_WASM[code]}`);
    this.reason = NOT_WASM[code];
  }
}

const NOT_WASM: Readonly<Record<NotWasm, string>> = {
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

/** Why no training begins, or why it ends at once. */
export type NotTrainable =
  | { readonly code: 'busy' }
  | { readonly code: 'not-compiled' }
  /** `kernel` is the operation that the WebAssembly engine lacks. */
  | { readonly code: 'no-kernel'; readonly kernel: string };

/** A model cannot be trained now, or not on this engine. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  readonly code: NotTrainable['code'];

  constructor(
    readonly data: NotTrainable,
    options?: ErrorOptions,
  ) {
    super(notTrainable(data), options);
    this.code = data.code;
  }
}

function notTrainable(data: NotTrainable): string {
  switch (data.code) {
    case 'busy':
      return 'The model is already being trained. Wait for that to end, or stop it first.';
    case 'not-compiled':
      return 'The model has not been compiled. Call model.compile({ optimizer, loss }) first.';
    case 'no-kernel':
      return `The WebAssembly engine cannot train this model: it lacks the operation ${data.kernel}.`;
  }
}

/** What most likely made a loss, or weights, that are no finite numbers. */
export type Cause =
  /** `name` as the caller knows the data, such as `x`; `sample` counts from 0. */
  | {
      readonly code: 'data';
      readonly name: string;
      readonly sample: number;
      readonly value: number;
    }
  /** The weights were NaN or infinite even before this. */
  | { readonly code: 'weights' }
  /** `range` is that of samples that are not scaled: the smallest and the largest value. */
  | {
      readonly code: 'learning-rate';
      readonly rate?: number | undefined;
      readonly range?: readonly [number, number] | undefined;
    };

/** What is no finite number, and where: epochs and steps count from 1. */
export type NotFinite = (
  | {
      readonly code: 'loss';
      readonly value: number;
      readonly epoch: number;
      readonly step: number;
      /** Steps in an epoch. */
      readonly steps: number;
      /** The epoch with whose first weights the model is left. */
      readonly restored: number;
    }
  | { readonly code: 'weights'; readonly epoch: number; readonly restored: number }
  | { readonly code: 'validation-loss'; readonly value: number; readonly epoch: number }
  | { readonly code: 'evaluation'; readonly value: number }
) & { readonly cause: Cause };

/** The loss or the weights are no numbers any more: NaN or infinite. */
export class NotFiniteError extends RangeError {
  override readonly name = 'NotFiniteError';
  readonly code: NotFinite['code'];

  /** @param history the epochs that came to their end, as `fit` would have returned them. */
  constructor(
    readonly data: NotFinite,
    readonly history?: Pick<tf.History, 'epoch' | 'history'>,
  ) {
    super(`${notFinite(data)}. ${likely(data.cause)}.`);
    this.code = data.code;
  }
}

function notFinite(data: NotFinite): string {
  switch (data.code) {
    case 'loss':
      return `The loss became ${data.value} at epoch ${data.epoch}, step ${data.step}/${data.steps}; the model has its weights from the start of epoch ${data.restored} again`;
    case 'weights':
      return `The weights became NaN or infinite by the end of epoch ${data.epoch}; the model has its weights from the start of epoch ${data.restored} again`;
    case 'validation-loss':
      return `The validation loss is ${data.value} at the end of epoch ${data.epoch}; the model keeps the weights of that epoch`;
    case 'evaluation':
      return `The loss is ${data.value}`;
  }
}

function likely(cause: Cause): string {
  switch (cause.code) {
    case 'data':
      return `Sample ${cause.sample} of ${cause.name} contains ${cause.value}`;
    case 'weights':
      return 'The weights were NaN or infinite even before this';
    case 'learning-rate':
      return `Most likely the learning rate${cause.rate === undefined ? '' : `, ${cause.rate},`} is too large${cause.range ? `, and the samples are not scaled: they lie between ${cause.range[0]} and ${cause.range[1]}` : ''}`;
  }
}

/** What is wrong with what a caller of this package has given. */
export type BadInput =
  | { readonly code: 'divisor'; readonly received: number }
  | { readonly code: 'no-example' }
  | { readonly code: 'no-output' }
  | { readonly code: 'input-count'; readonly expected: number; readonly received: number }
  /** `place` counts from 1; the others are a type and a shape, such as `float32 [2, 3]`. */
  | {
      readonly code: 'input-kind';
      readonly place: number;
      readonly expected: string;
      readonly received: string;
    }
  | { readonly code: 'input-runs'; readonly received: readonly number[] }
  /** `name` is none of the options that are `known`. */
  | { readonly code: 'option-name'; readonly name: string; readonly known: readonly string[] }
  /** `expected` and `received` are in English. */
  | {
      readonly code: 'option-value';
      readonly name: string;
      readonly expected: string;
      readonly received: string;
    }
  /** `name` is that of the argument; the others are in English. */
  | {
      readonly code: 'dataset';
      readonly name: string;
      readonly expected: string;
      readonly received: string;
      readonly remedy: string;
    }
  /** `name` is that of an input or output of the model; `received` is a type of JavaScript. */
  | { readonly code: 'no-tensor'; readonly name: string; readonly received: string };

/** An argument is not what it has to be. */
export class InputError extends RangeError {
  override readonly name = 'InputError';
  readonly code: BadInput['code'];

  constructor(readonly data: BadInput) {
    super(badInput(data));
    this.code = data.code;
  }
}

function badInput(data: BadInput): string {
  switch (data.code) {
    case 'divisor':
      return `Expected a finite divisor other than 0 but received ${data.received}.`;
    case 'no-example':
      return 'Expected at least one example, to tell the graph the shape and type of an input.';
    case 'no-output':
      return 'Expected the function to return at least one tensor but received an empty array.';
    case 'input-count':
      return `Expected ${data.expected} inputs, one for each example, but received ${data.received}.`;
    case 'input-kind':
      return `Expected input ${data.place} to be ${data.expected}, like its example, but received ${data.received}.`;
    case 'input-runs':
      return `Expected the first axes of all inputs to have the same length, one slice per run, but received ${data.received.join(', ')}.`;
    case 'option-name':
      return `There is no option ${data.name}. The options are ${data.known.join(', ')}.`;
    case 'option-value':
      return `Expected the option ${data.name} to be ${data.expected}, but received ${data.received}.`;
    case 'dataset':
      return `Expected ${data.name} to ${data.expected}, but ${data.received}. ${data.remedy}.`;
    case 'no-tensor':
      return `Expected a tensor for ${data.name} but received ${data.received}.`;
  }
}
