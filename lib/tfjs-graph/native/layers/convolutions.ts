/** Records a convolution, fused with a subsequent ReLU and max pooling, as this package's op: see `conv-block.cc`. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { Attributes, type NativeBackend, type OpAttr } from '../../backend';
import type { Call, Weight } from '../../trace/layer-calls';
import { needsGradient } from './gradients';
import { partsOf } from './parts';

type Numbers = readonly number[];

/** A layer with a sliding window, with internal members. */
interface SlidingWindowLayer extends tf.layers.Layer {
  readonly strides: Numbers;
  readonly padding: string;
  readonly dataFormat?: string;
}

interface Convolution extends SlidingWindowLayer {
  readonly kernel: Weight | null;
  readonly bias: Weight | null;
  readonly dilationRate: number | Numbers;
  readonly activation: tf.serialization.Serializable & { apply(x: tf.Tensor): tf.Tensor };
}

interface Pooling extends SlidingWindowLayer {
  readonly poolSize: number[];
}

/** Max pooling, with `[height, width]` of window and strides. */
interface Pool {
  readonly size: Numbers;
  readonly strides: Numbers;
  readonly same: boolean;
}

/** A convolution with bias and strides of 1. */
interface Block {
  readonly layer: Convolution;
  readonly x: tf.Tensor;
  /** Clone of `x` for the gradient and pooling, kept after the disposal of `x`. */
  readonly clone: tf.Tensor;
  readonly relu: boolean;
  readonly same: boolean;
}

const { sizeFromShape: sizeOf } = tf.util;

/** Minimum of multiplications per part, for which another core is worthwhile. */
const MIN_WORK = 2 ** 21;

/** Maximal size of a filter. With 64 filters, larger kernels exceed most L2 caches, where `conv-block.cc` reads them. */
const MAX_FILTER_SIZE = 2048;

/** Maximal size of a pooling window: the length of tables in `conv-block.cc`. */
const MAX_WINDOW_SIZE = 255;

/** Returns the calls of convolutions and poolings by this package's ops. */
export function convolutionCalls(ops: BlockOps): Readonly<Record<string, Call>> {
  /** Blocks by output that a pooling layer may use, with the output's shape. */
  const blocks = new WeakMap<tf.DataId, readonly [block: Block, shape: string]>();
  const convolve: Call = (layer: Convolution, x, _, stock) => {
    if (!isSupported(layer, x)) return stock();
    return tf.tidy(() => {
      const relu = layer.activation.getClassName() === 'relu';
      const clone = ops.keep(x.clone());
      const block = { layer, x, clone, relu, same: layer.padding === 'same' };
      const y = ops.compute(block);
      const users = new Set(layer.outboundNodes.map(node => node.outboundLayer));
      if (users.size === 1) blocks.set(y.dataId, [block, String(y.shape)]);
      return relu ? y : layer.activation.apply(y);
    });
  };
  const pool: Call = (layer: Pooling, x, _, stock) => {
    const [block, shape] = blocks.get(x.dataId) ?? [];
    const fits = shape === String(x.shape) && sizeOf(layer.poolSize) <= MAX_WINDOW_SIZE;
    if (!block || !fits || !isPlain(layer, x)) return stock();
    const [size, strides] = [[1, ...layer.poolSize].slice(-2), [1, ...layer.strides].slice(-2)];
    // The convolution's own output is unused, so the recording drops it.
    return tf.tidy(() => ops.compute(block, { size, strides, same: layer.padding === 'same' }));
  };
  return { Conv1D: convolve, Conv2D: convolve, MaxPooling1D: pool, MaxPooling2D: pool };
}

/** Returns whether the data format and padding are supported, and the output is not empty. */
const isPlain = (layer: SlidingWindowLayer, x: tf.Tensor) =>
  layer.dataFormat !== 'channelsFirst' &&
  /^(same|valid)$/.test(layer.padding) &&
  (layer.computeOutputShape(x.shape) as number[]).every(length => length > 0);

const isSupported = (layer: Convolution, x: tf.Tensor): boolean =>
  isPlain(layer, x) &&
  x.dtype === 'float32' &&
  [layer.strides, layer.dilationRate].flat().every(step => step === 1) &&
  sizeOf(layer.kernel?.read().shape.slice(0, -1) ?? []) <= MAX_FILTER_SIZE;

/**
 * Computes blocks. TensorFlow's intra-op threads would slow down small ops. Instead, up to `maxParts` cores compute a
 * part of the samples through consecutive convolutions. Other layers get joined parts. Keeps all tensors until
 * {@link dispose}.
 */
export class BlockOps {
  private readonly attributes: Attributes;
  /** Parts of joined tensors, in the order of the samples. */
  private readonly parts = new WeakMap<tf.DataId, readonly tf.Tensor[]>();
  private readonly tensors: tf.Tensor[] = [];

  constructor(
    private readonly backend: NativeBackend,
    private readonly maxParts: number,
  ) {
    this.attributes = new Attributes(backend.binding);
  }

  compute(block: Block, pool?: Pool): tf.Tensor {
    const { attributes, backend } = this;
    const { layer, clone } = block;
    const input = block.x.isDisposed ? clone : block.x;
    const samples = at(input.shape, 0);
    const weights = layer.kernel?.read() as tf.Tensor;
    // A sequence is an image with one row.
    const isRow = input.rank === 3;
    const [x, filters] = isRow ? [input.expandDims(1), weights.expandDims(0)] : [input, weights];
    const savedX = isRow ? this.keep(x) : clone;
    if (isRow) this.keep(filters);
    const bias = layer.bias?.read() ?? tf.zeros(filters.shape.slice(-1));
    const outputSize = (layer.computeOutputShape(input.shape) as number[]).slice(1, -1);
    const work = samples * sizeOf(outputSize) * filters.size;
    const count = Math.max(1, Math.min(this.maxParts, samples, Math.floor(work / MIN_WORK)));
    const attrs = attrsOf(attributes, block, pool);
    const hasGradient = needsGradient(x);
    const xs = this.partsOf(savedX, count);
    /** Runs an op for each part. Returns lists of parts for each output. */
    const run = (op: string, opAttrs: OpAttr[], inputs: tf.Tensor[][], outputs: number) => {
      const results = inputs.map(part =>
        backend.executeMultipleOutputs(op, opAttrs, part, outputs),
      );
      return Array.from({ length: outputs }, (_, i) => results.map(part => this.keep(at(part, i))));
    };
    const op = tf.customGrad(() => {
      const inputs = xs.map(part => [part, filters, bias]);
      const [ys = [], maxima = []] = run('ConvBlock', attrs, inputs, 2);
      const gradFunc = (dy: tf.Tensor) => {
        const slopes = this.partsOf(dy, count);
        const gradAttrs = [...attrs, attributes.bool('with_input', hasGradient)];
        const gradInputs = xs.map((x, i) => [x, filters, at(ys, i), at(maxima, i), at(slopes, i)]);
        const [byFilters = [], byBias = [], byX = []] = run(
          'ConvBlockGrad',
          gradAttrs,
          gradInputs,
          3,
        );
        const gradient = hasGradient ? this.join(byX) : tf.zerosLike(savedX);
        return [gradient, sum(byFilters), sum(byBias)];
      };
      return { value: this.join(ys), gradFunc };
    });
    const y = op(x, filters, bias);
    return isRow ? y.squeeze([1]) : y;
  }

  keep(tensor: tf.Tensor): tf.Tensor {
    this.tensors.push(tf.keep(tensor));
    return tensor;
  }

  /** Returns a joined tensor's parts if their number matches; otherwise splits the tensor. */
  private partsOf(tensor: tf.Tensor, count: number): readonly tf.Tensor[] {
    const parts = this.parts.get(tensor.dataId);
    const isSame =
      parts?.length === count && String(parts[0]?.shape.slice(1)) === String(tensor.shape.slice(1));
    return isSame ? parts : partsOf(tensor, count).map(part => this.keep(part));
  }

  private join(parts: readonly tf.Tensor[]): tf.Tensor {
    const joined = tf.concat([...parts]);
    this.parts.set(joined.dataId, parts);
    return joined;
  }

  dispose(): void {
    tf.dispose(this.tensors);
  }
}

const sum = (addends: tf.Tensor[]) => (addends.length > 1 ? tf.addN(addends) : at(addends, 0));

const NO_POOL: Pool = { size: [1, 1], strides: [1, 1], same: false };

export function attrsOf(
  attributes: Attributes,
  { relu, same }: Pick<Block, 'relu' | 'same'>,
  { size, strides, same: pool_same }: Pool = NO_POOL,
): OpAttr[] {
  const names = ['pool_rows', 'pool_columns', 'pool_row_step', 'pool_column_step'];
  return [
    ...[...size, ...strides].map((value, i) => attributes.int(at(names, i), value)),
    ...Object.entries({ relu, same, pool_same }).map(entry => attributes.bool(...entry)),
  ];
}
