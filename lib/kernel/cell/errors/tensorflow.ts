import { type ErrorContext, hints, type Rule } from './context';
import tables from './hints.json';
import { isNear, nearest } from './nearest';

const texts = () => hints().tensorFlow;

/** Messages that alone determine the text. */
const fixedRules = tables.tensorFlow.map(
  ([pattern = '', name]): Rule => [new RegExp(pattern), () => texts()[name as 'labels']],
);

/** Compares the axes of the samples with the input axes of the model. */
function samples(_: ErrorContext, expected: string, shape: string): string {
  const received = shape.split(',').filter(Boolean);
  const missing = Number(expected) - received.length;
  if (missing === 1) return texts().noBatchAxis(`[1, ${received.join(', ')}]`);
  const isNested = missing === -1 && received[0] === '1';
  return isNested ? texts().tooManyAxes(`[${received.join(', ')}]`) : texts().otherSamples;
}

/** Suggests a name similar to an unknown name. */
const unknownName =
  (names: readonly string[]) =>
  (_: ErrorContext, name: string): string => {
    const meant = nearest(name, names);
    return meant && isNear(name, meant)
      ? hints().write(`'${meant}'`)
      : texts().names(names.join(', '));
  };

/** Returns whether a value is a list of tensors, from any copy of TensorFlow.js. */
const isTensorList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(item => typeof (item as { dataId?: unknown } | null)?.dataId === 'object');

/** Matches TensorFlow's messages about insufficient GPU memory, which another process usually holds. */
const GPU_MEMORY =
  /CUBLAS_STATUS_(?:NOT_INITIALIZED|ALLOC_FAILED)|without BLAS support|Blas \w{1,40} launch failed|CUDNN_STATUS_NOT_INITIALIZED|CUDA_ERROR_OUT_OF_MEMORY|Dst tensor is not initialized|OOM when allocating|RESOURCE_EXHAUSTED/;

/** Matches messages about CPU memory instead of GPU memory. */
const ON_CPU = /device:CPU:|allocator cpu/;

export const tensorFlowRules: readonly Rule[] = [
  ...fixedRules,
  [
    /^Error when checking(?: input)? ?: expected \S+ to have (\d+) dimension\(s\)[.,] but got array with shape \[?([\d,]+)/,
    samples,
  ],
  [
    /^Input Tensors should have the same number of samples as target Tensors\. Found (\d+) input sample\(s\) and (\d+) /,
    (_, samples, labels) => texts().unequalCounts(samples, labels),
  ],
  [
    /^Cannot read propert.*\blength\b/,
    ({ line }) => (/\.predict\(\s*\[\s*\[/.test(line) ? texts().nestedArrays : undefined),
  ],
  [
    /^([\p{L}\w$]+)\.([\w$]+) is not a function$/u,
    ({ error }, name, method) =>
      isTensorList(error.known?.[name]) ? texts().tensorList(name, method) : undefined,
  ],
  [/^Unknown loss (\w+)/, unknownName(tables.losses)],
  // For labels that are classes, 'accuracy' is the sparse one.
  [/^Unknown metric sparse/i, () => hints().write("'accuracy'")],
  [/^Unknown metric (\w+)/, unknownName(tables.metrics)],
  [/^Unknown Optimizer (\w+)/, unknownName(tables.optimizers)],
  [
    /^Kernel '(\w+)' not registered for backend 'wasm'/,
    (_, name) => texts().noOperation(name, process.versions?.node),
  ],
  [GPU_MEMORY, ({ error }) => (ON_CPU.test(error.message) ? undefined : texts().gpuMemory)],
];
