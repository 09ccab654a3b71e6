type Received<T> = { received: T };
type Compared<T> = { expected: T; received: T };

/** What the errors say, by their codes: a text, or a function of the facts. */
export const errors = {
  /** Each follows upon "because". */
  notRecordable: {
    /** Its values would be frozen into the graph. */
    'reads-back': 'it reads a tensor back into JavaScript on the way',
    'other-operations': 'it does not execute the same operations at each step',
    'new-numbers':
      'it generates new numbers in JavaScript at each step, other than by tf.randomNormal, tf.randomUniform or tf.truncatedNormal as float32 without a seed. Draw them by one of these, or pass them in as an input',
    'foreign-tensor': 'it uses a tensor that does not belong to TensorFlow.js',
    'constant-type': 'it uses a constant that is not float32, int32 or bool',
    stateful: ({ layer }: { layer: string }) =>
      `its layer ${layer} carries its state from one batch to the next (stateful)`,
    'graph-refused': ({ message }: { message: string }) =>
      `TensorFlow refuses its graph (${message})`,
    'folder-unwritable': ({ message }: { message: string }) =>
      `its graph cannot be written to a temporary folder (${message})`,
    /** `operation` is the name of a kernel of TensorFlow.js. */
    operation: ({ operation }: { operation: string }) =>
      `it uses the operation ${operation}, or uses it in a way, that the compiler to WebAssembly does not know`,
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
    parts: ({ received }: Received<unknown>) =>
      `Expected a whole number of parts from 1 on but received ${received}.`,
    'other-copy':
      'The model does not belong to the TensorFlow.js that tfjs-graph imports: the program has two copies of it. `npm ls @tensorflow/tfjs` tells which package brings the other; `npm dedupe`, or `overrides` in package.json, leaves one. A bundler has to find both imports at one place.',
  },
};

/** Printed with the environment variable `TFJS_GRAPH_DEBUG`. */
export const debug = {
  fallback: (model: string, why: string): string =>
    `tfjs-graph: ${model} trains and measures by TensorFlow.js's own steps, which are slower. ${why}`,
};

/** What the program `tfjs-graph` says. */
export const program = {
  usage:
    "Usage: npx tfjs-graph libraries\nfetches TensorFlow's libraries from PyPI into the folder that all projects share; the first tensor of a program would otherwise.",
  noWheel: (system: string) =>
    `Expected a system for which PyPI has TensorFlow's libraries but this is ${system}. Use @tensorflow/tfjs-backend-wasm here: models train with it, too.`,
  progress: (percent: number, megabytes: number) =>
    `tfjs-graph: TensorFlow's libraries, ${percent} % of ${megabytes} MB`,
  notOnIndex: (file: string, page: string) => `${page} does not list ${file}`,
  answered: (address: string, status: number) => `${address} answered ${status}`,
  silent: (seconds: number) => `nothing came for ${seconds} seconds`,
  noParts: (address: string) => `${address} does not come in parts (HTTP's Range)`,
  /** Two hashes, or why there is none. */
  otherContent: (path: string, wheel: string, expected: string, received: string) =>
    `${path} of ${wheel} is not what was published: expected the SHA-256 ${expected} but received ${received}`,
  notFetched: (index: string, why: string, cache: string) =>
    `tfjs-graph: TensorFlow's libraries are needed once and could not be fetched from ${index}: ${why}.\nCheck the network, or name a mirror of PyPI (PIP_INDEX_URL) or a proxy (HTTPS_PROXY), and try again by npx tfjs-graph libraries. Without a network, copy ${cache} from a machine of the same kind.`,
  noProxy: (node: string) =>
    `HTTPS_PROXY is not used: Node ${node} knows of no proxy. Run npx tfjs-graph libraries by Node 22.21 or later once; the libraries serve every Node.`,
  notLoaded: (folder: string, message: string) =>
    `tfjs-graph: the native engine could not be loaded: ${message}\nTensorFlow.js takes its next engine, which is much slower. If a file in ${folder} is damaged, delete the folder: it is fetched anew. On Windows, they need Microsoft's Visual C++ Redistributable (https://aka.ms/vs/17/release/vc_redist.x64.exe).`,
  noEngine:
    'tfjs-graph: without TensorFlow’s libraries, TensorFlow.js takes its next engine, which is much slower.',
};
