/** `name` as the caller knows the data, such as `x`; `sample` counts from 0. */
type InData = { name: string; sample: number; value: number };

/** `range` is that of samples that are not scaled: the smallest and the largest value. */
type TooLarge = { rate?: number | undefined; range?: readonly [number, number] | undefined };

/** Epochs and steps count from 1, of `steps` in an epoch. The model has the weights from the start of epoch `restored`. */
type AtStep = { value: number; epoch: number; step: number; steps: number; restored: number };

type Received<T> = { received: T };
type Compared<T> = { expected: T; received: T };

/** What the errors say, by their codes: a text, or a function of the facts. */
export const errors = {
  /** Each follows upon "because". */
  notRecordable: {
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
  },

  /** Each follows upon "because". */
  notWasm: {
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
  },

  notTrainable: {
    busy: 'The model is already being trained. Wait for that to end, or stop it first.',
    'not-compiled':
      'The model has not been compiled. Call model.compile({ optimizer, loss }) first.',
    'no-kernel': ({ kernel }: { kernel: string }) =>
      `The WebAssembly engine cannot train this model: it lacks the operation ${kernel}.`,
  },

  cause: {
    data: ({ name, sample, value }: InData) => `Sample ${sample} of ${name} contains ${value}`,
    weights: 'The weights were NaN or infinite even before this',
    'learning-rate': ({ rate, range }: TooLarge) =>
      `Most likely the learning rate${rate === undefined ? '' : `, ${rate},`} is too large${range ? `, and the samples are not scaled: they lie between ${range[0]} and ${range[1]}` : ''}`,
  },

  notFinite: {
    loss: ({ value, epoch, step, steps, restored }: AtStep) =>
      `The loss became ${value} at epoch ${epoch}, step ${step}/${steps}; the model has its weights from the start of epoch ${restored} again`,
    weights: ({ epoch, restored }: { epoch: number; restored: number }) =>
      `The weights became NaN or infinite by the end of epoch ${epoch}; the model has its weights from the start of epoch ${restored} again`,
    'validation-loss': ({ value, epoch }: { value: number; epoch: number }) =>
      `The validation loss is ${value} at the end of epoch ${epoch}; the model keeps the weights of that epoch`,
    evaluation: ({ value }: { value: number }) => `The loss is ${value}`,
  },

  badInput: {
    divisor: ({ received }: Received<number>) =>
      `Expected a finite divisor other than 0 but received ${received}.`,
    'no-example':
      'Expected at least one example, to tell the graph the shape and type of an input.',
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
  },
};

/** What the program `tfjs-graph` says. */
export const program = {
  help: `tfjs-graph: a fast fit and tf.function for TensorFlow.js

Usage: npx tfjs-graph addon [options]

Compiles the native addon of @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu, whichever the project
in this folder has, together with the operations of tfjs-graph, against TensorFlow's libraries from PyPI.
TensorFlow.js's own installer need not have run: npm install --ignore-scripts @tensorflow/tfjs-node

Options:
  --tensorflow FOLDER  takes the libraries from an installed TensorFlow: a site-packages folder, or the
                       folder tensorflow in it; for a GPU, one that was installed with its CUDA libraries
  --python PROGRAM     the Python that fetches from PyPI; otherwise uv, python3 or python on the path
  --force              compiles even if the addon is there already
  --help               prints this
  --version            prints the version

Exit codes: 0 the addon is there; 1 it could not be made; 2 wrong arguments; 130 interrupted.
`,
  noCommand: 'Expected the command addon.',
  otherCommand: (received: string) => `Expected the command addon but received ${received}.`,
  interrupted: 'Interrupted: the addon is as it was before.\n',

  noMachine: (known: string, machine: string) =>
    `Expected a machine for which PyPI has TensorFlow's libraries (${known}) but this is ${machine}. Use @tensorflow/tfjs-backend-wasm here: fit trains with it, too.`,
  noTfjs: (names: string, project: string) =>
    `Expected ${names} in the project ${project} but found neither. Install one first, without its installer:\n  npm install --ignore-scripts @tensorflow/tfjs-node`,
  noSource: (folder: string, name: string) =>
    `Expected the source of the addon in ${folder} but it is not there. Install ${name} anew: npm install --ignore-scripts ${name}`,
  unwritable: (folder: string, name: string, why: string) =>
    `Expected to be allowed to write to ${folder}, where ${name} keeps its addon and libraries, but: ${why}\nRun this as the user who owns that folder.`,

  thereAlready: (name: string, spec: string) =>
    `${name}: its addon is there already, for ${spec} (--force makes it anew)`,
  compiled: (name: string, compiler: string, spec: string, addon: string) =>
    `${name}: compiled by ${compiler} for ${spec}, and loaded: ${addon}`,
  trouble: {
    missing: 'it has no addon yet',
    /** It was made by others, or whoever made it did not come to the end. */
    'no-record': 'its addon was not made by this command',
    /** The versions are such as `tensorflow-cpu==2.20.0, tfjs 4.22.0`. */
    'other-version': ({ from, to }: { from: string; to: string }) =>
      `its addon was made for ${from}, but there is ${to}`,
    'other-source': 'its addon was made from other source code',
    'other-folders': 'its addon was made in other folders',
    changed: 'its addon is incomplete or was changed',
  },

  news: {
    compiling: (compiler: string) => `Compiling with ${compiler}, up to a minute`,
    compilerFailed: (compiler: string) =>
      `${compiler} failed: fetching and compiling with ziglang, about two minutes`,
    noCompiler: () =>
      'No C++ compiler here: fetching and compiling with ziglang, about two minutes',
  },

  taking: (spec: string, packages: string) => `Taking the libraries of ${spec} from ${packages}`,
  fetching: (spec: string) => `Fetching ${spec} from PyPI, about 260 MB`,
  kept: (megabytes: string, folder: string) => `Kept its libraries, ${megabytes} MB, in ${folder}`,
  noTensorflow: (folder: string) =>
    `Expected an installed TensorFlow in ${folder}: a folder with tensorflow/include and tensorflow-….dist-info, as this prints it\n  python3 -c "import tensorflow; print(tensorflow.__path__[0])"`,
  noPython: (asked: string) => `Expected ${asked} to run but it does not. Install Python 3.`,
  noInstaller: (spec: string, found: string) =>
    `Expected pip or uv, to fetch ${spec} from PyPI, but found ${found}. Install one (such as: sudo apt install python3-pip), or name an installed TensorFlow by --tensorflow FOLDER.`,
  notFetched: (spec: string, failures: string) =>
    `${spec} could not be fetched from PyPI.\n\n${failures}\n\nCheck the network, and the index and the proxy that pip or uv are set to (PIP_INDEX_URL, UV_DEFAULT_INDEX, HTTPS_PROXY), or name an installed TensorFlow by --tensorflow FOLDER.`,
};
