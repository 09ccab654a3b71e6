/** Records a convolution, with ReLU and max pooling if they come next, as an op of our own: see `conv-block.cc`. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { Attributes, hasOwnOps, type NativeBackend, type OpAttr } from '../../graph/backend';
import { isLearnt } from '../../graph/gradients';
import { type Call, type Weight, withCalls } from '../../graph/layer-calls';
import { partsOf } from './parts';

type Numbers = readonly number[];

/** A layer that moves a window over pictures, with what its type leaves out. */
interface Moving extends tf.layers.Layer {
  readonly strides: Numbers;
  readonly padding: string;
  readonly dataFormat?: string;
}

interface Convolution extends Moving {
  readonly kernel: Weight | null;
  readonly bias: Weight | null;
  readonly dilationRate: number | Numbers;
  readonly activation: tf.serialization.Serializable & { apply(x: tf.Tensor): tf.Tensor };
}

interface Pooling extends Moving {
  readonly poolSize: number[];
}

/** Max pooling: sizes and steps of the window, down and to the right. */
interface Pool {
  readonly size: Numbers;
  readonly strides: Numbers;
  readonly same: boolean;
}

/** A convolution by steps of one, with its bias. */
interface Block {
  readonly layer: Convolution;
  readonly x: tf.Tensor;
  /** The same samples, which stay if `x` is disposed of before a gradient, or pooling, needs them. */
  readonly kept: tf.Tensor;
  readonly relu: boolean;
  readonly same: boolean;
}

const { sizeFromShape: sizeOf } = tf.util;

/** A part of fewer multiplications takes less time than what hands it to another core. */
const MIN_WORK = 2 ** 21;

/**
 * A kernel of more numbers, by 64 filters, is larger than the second cache of most processors, from
 * which `conv-block.cc` reads it again and again.
 */
const MOST_NUMBERS = 2048;

/** `conv-block.cc` keeps tables of a window. */
const MOST_OF_WINDOW = 255;

/**
 * Runs `work`, in which convolutions and their gradients are ops of our own. TensorFlow leaves a single op to
 * one core, however large, unless all ops are divided, and small ones lose by that: so here each core takes its
 * part of the samples, from one convolution to the next, and the parts are put together for others.
 *
 * @param most parts that are computed side by side.
 */
export function withConvBlocks<T>(backend: NativeBackend, most: number, work: () => T): T {
  if (!hasOwnOps(backend)) return work();
  const ops = new BlockOps(backend, most);
  /** What a layer has given, with its shape, if pooling may come next. */
  const given = new WeakMap<tf.DataId, readonly [block: Block, shape: string]>();
  const convolve: Call = (layer: Convolution, x, _, stock) => {
    if (!isUsual(layer, x)) return stock();
    return tf.tidy(() => {
      const relu = layer.activation.getClassName() === 'relu';
      const kept = ops.keep(x.clone());
      const block = { layer, x, kept, relu, same: layer.padding === 'same' };
      const y = ops.compute(block);
      const users = new Set(layer.outboundNodes.map(node => node.outboundLayer));
      if (users.size === 1) given.set(y.dataId, [block, String(y.shape)]);
      return relu ? y : layer.activation.apply(y);
    });
  };
  const pool: Call = (layer: Pooling, x, _, stock) => {
    const [block, shape] = given.get(x.dataId) ?? [];
    const fits = shape === String(x.shape) && sizeOf(layer.poolSize) <= MOST_OF_WINDOW;
    if (!block || !fits || !isPlain(layer, x)) return stock();
    const [size, strides] = [[1, ...layer.poolSize].slice(-2), [1, ...layer.strides].slice(-2)];
    // What the convolution has given, nobody else needs, so that it is left out of the record.
    return tf.tidy(() => ops.compute(block, { size, strides, same: layer.padding === 'same' }));
  };
  const changes = { Conv1D: convolve, Conv2D: convolve, MaxPooling1D: pool, MaxPooling2D: pool };
  try {
    return withCalls(changes, work);
  } finally {
    ops.dispose();
  }
}

/** An output without numbers is not worth it, nor is it tried. */
const isPlain = (layer: Moving, x: tf.Tensor) =>
  layer.dataFormat !== 'channelsFirst' &&
  /^(same|valid)$/.test(layer.padding) &&
  (layer.computeOutputShape(x.shape) as number[]).every(length => length > 0);

const isUsual = (layer: Convolution, x: tf.Tensor): boolean =>
  isPlain(layer, x) &&
  x.dtype === 'float32' &&
  [layer.strides, layer.dilationRate].flat().every(step => step === 1) &&
  sizeOf(layer.kernel?.read().shape.slice(0, -1) ?? []) <= MOST_NUMBERS;

/** Computes blocks, and keeps their parts until it is disposed of. */
class BlockOps {
  private readonly attributes: Attributes;
  /** Tensors by their parts, in the order of the samples. */
  private readonly parts = new WeakMap<tf.DataId, readonly tf.Tensor[]>();
  private readonly kept: tf.Tensor[] = [];

  constructor(
    private readonly backend: NativeBackend,
    private readonly most: number,
  ) {
    this.attributes = new Attributes(backend.binding);
  }

  compute(block: Block, pool?: Pool): tf.Tensor {
    const { attributes, backend } = this;
    const { layer, kept } = block;
    const given = block.x.isDisposed ? kept : block.x;
    const samples = at(given.shape, 0);
    const weights = layer.kernel?.read() as tf.Tensor;
    // A sequence is a picture of one row.
    const isRow = given.rank === 3;
    const [x, filters] = isRow ? [given.expandDims(1), weights.expandDims(0)] : [given, weights];
    const held = isRow ? this.keep(x) : kept;
    if (isRow) this.keep(filters);
    const bias = layer.bias?.read() ?? tf.zeros(filters.shape.slice(-1));
    const places = (layer.computeOutputShape(given.shape) as number[]).slice(1, -1);
    const work = samples * sizeOf(places) * filters.size;
    const count = Math.max(1, Math.min(this.most, samples, Math.floor(work / MIN_WORK)));
    const attrs = attrsOf(attributes, block, pool);
    const learnt = isLearnt(x);
    const xs = this.partsOf(held, count);
    const run = (op: string, own: OpAttr[], inputs: tf.Tensor[][], outputs: number) => {
      const made = inputs.map(each => backend.executeMultipleOutputs(op, own, each, outputs));
      return Array.from({ length: outputs }, (_, i) => made.map(all => this.keep(at(all, i))));
    };
    const op = tf.customGrad(() => {
      const inputs = xs.map(each => [each, filters, bias]);
      const [ys = [], chosen = []] = run('ConvBlock', attrs, inputs, 2);
      const gradFunc = (dy: tf.Tensor) => {
        const slopes = this.partsOf(dy, count);
        const own = [...attrs, attributes.bool('with_input', learnt)];
        const given = xs.map((x, i) => [x, filters, at(ys, i), at(chosen, i), at(slopes, i)]);
        const [byFilters = [], byBias = [], byX = []] = run('ConvBlockGrad', own, given, 3);
        const ofX = learnt ? this.join(byX) : tf.zerosLike(held);
        return [ofX, sum(byFilters), sum(byBias)];
      };
      return { value: this.join(ys), gradFunc };
    });
    const y = op(x, filters, bias);
    return isRow ? y.squeeze([1]) : y;
  }

  keep(tensor: tf.Tensor): tf.Tensor {
    this.kept.push(tf.keep(tensor));
    return tensor;
  }

  /** Returns the parts of which a tensor is made if it has so many; else divides it. */
  private partsOf(whole: tf.Tensor, count: number): readonly tf.Tensor[] {
    const own = this.parts.get(whole.dataId);
    const isSame =
      own?.length === count && String(own[0]?.shape.slice(1)) === String(whole.shape.slice(1));
    return isSame ? own : partsOf(whole, count).map(part => this.keep(part));
  }

  private join(parts: readonly tf.Tensor[]): tf.Tensor {
    const whole = tf.concat([...parts]);
    this.parts.set(whole.dataId, parts);
    return whole;
  }

  dispose(): void {
    tf.dispose(this.kept);
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
