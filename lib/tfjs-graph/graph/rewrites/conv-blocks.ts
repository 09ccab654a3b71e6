import { at } from '../../array';
import type { Binding, OpAttr, TensorId } from '../backend';
import type { Tape, TapeOp } from '../tape/tape';
import { TapeWriter } from '../tape/writer';
import { type Backward, type ConvBlock, findConvBlocks } from './find-conv-blocks';

/** The ops that `conv-block.cc` adds to TensorFlow. */
const [FORWARD, BACKWARD] = ['ConvBlock', 'ConvBlockGrad'] as const;

/** A part of fewer multiplications takes less time than what hands it to another core. */
const MIN_WORK = 2 ** 21;

/**
 * Computes convolutions, each with its bias, ReLU and max pooling, by an op of our own, and their
 * gradients by another: see `conv-block.cc`. TensorFlow leaves a single op to one core, however large,
 * unless all ops are divided, and small ones lose by that: so here each core takes its part of the
 * samples, from one convolution to the next, and the parts are put together for others.
 *
 * @param kept tensors that must remain.
 * @param most parts that are computed side by side.
 */
export function blockConvolutions(
  binding: Binding,
  tape: Tape,
  kept: ReadonlySet<TensorId>,
  most: number,
): Tape {
  const blocks = findConvBlocks(tape, kept);
  return blocks.length === 0 ? tape : new BlockWriter(tape, binding, blocks, kept, most).write();
}

/** Writes a tape anew, with blocks in place of the ops that they are made of. */
class BlockWriter {
  private readonly writer: TapeWriter;
  private readonly parts: readonly number[];
  private readonly replaced: ReadonlySet<TapeOp>;
  /** The tensors that something else needs whole. */
  private readonly used: ReadonlySet<TensorId>;
  /** The parts of tensors, in the order of the samples. */
  private readonly made = new Map<TensorId, readonly TensorId[]>();
  /** Which number of each window max pooling has left, by block and part. */
  private readonly chosen = new Map<ConvBlock, readonly TensorId[]>();

  constructor(
    private readonly tape: Tape,
    private readonly binding: Binding,
    private readonly blocks: readonly ConvBlock[],
    kept: ReadonlySet<TensorId>,
    most: number,
  ) {
    this.writer = new TapeWriter(tape, binding);
    const largest = Math.max(...blocks.map(({ work }) => work));
    const samples = Math.min(...blocks.map(block => block.samples));
    const count = Math.max(1, Math.min(most, samples, Math.floor(largest / MIN_WORK)));
    this.parts = Array.from({ length: count }, (_, part) => part);
    const replaced = new Set(
      blocks.flatMap(({ forward, backward }) => [...forward, ...(backward?.ops ?? [])]),
    );
    this.replaced = replaced;
    const others = tape.ops.filter(op => !replaced.has(op));
    this.used = new Set([...kept, ...tape.outputs, ...others.flatMap(op => op.inputs)]);
  }

  write(): Tape {
    const last = new Map(this.blocks.map(block => [block.forward.at(-1), block]));
    const first = new Map(this.blocks.map(block => [block.backward?.ops[0], block]));
    for (const op of this.tape.ops) {
      const [begun, ended] = [first.get(op), last.get(op)];
      if (ended) this.addForward(ended);
      else if (begun?.backward) this.addBackward(begun, begun.backward);
      else if (!this.replaced.has(op)) this.writer.keep(op);
    }
    return this.writer.finish();
  }

  private addForward(block: ConvBlock): void {
    const { writer, parts } = this;
    const outputs = this.divide(block.output);
    const numbers = outputs.map(id => writer.tensor(writer.shapeOf(id), this.binding.TF_INT32));
    this.chosen.set(block, numbers);
    for (const part of parts) {
      const inputs = [this.partOf(block.x, part), block.filters, block.bias];
      const made = [at(outputs, part), at(numbers, part)];
      writer.add(FORWARD, attrsOf(writer, block, part, parts.length), inputs, made);
    }
    this.join(block.output);
  }

  private addBackward(block: ConvBlock, { slope, ofFilters, ofBias, ofX }: Backward): void {
    const { writer, parts, binding } = this;
    const like = (id: TensorId) => writer.tensor(writer.shapeOf(id), binding.TF_FLOAT);
    const filters = ofFilters ?? like(block.filters);
    const bias = ofBias ?? like(block.bias);
    const [allFilters, allBiases] = [this.addends(filters), this.addends(bias)];
    const allX = ofX === undefined ? undefined : this.divide(ofX);
    for (const part of parts) {
      const inputs = [block.x, block.filters, block.output].map(id => this.partOf(id, part));
      const x = allX ? at(allX, part) : writer.tensor([0], binding.TF_FLOAT);
      writer.add(
        BACKWARD,
        [
          ...attrsOf(writer, block, part, parts.length),
          writer.bool('with_input', allX !== undefined),
        ],
        [...inputs, at(this.chosen.get(block) ?? [], part), this.partOf(slope, part)],
        [at(allFilters, part), at(allBiases, part), x],
      );
    }
    writer.sum(allFilters, filters);
    writer.sum(allBiases, bias);
    if (ofX !== undefined) this.join(ofX);
  }

  private partOf(id: TensorId, part: number): TensorId {
    return this.made.get(id)?.[part] ?? id;
  }

  /** Names the parts of a tensor whose first axis is that of the samples. */
  private divide(id: TensorId): readonly TensorId[] {
    const { writer, parts } = this;
    const [count = 0, ...shape] = writer.shapeOf(id);
    const begin = (part: number) => Math.floor((count * part) / parts.length);
    const all = parts.map(part =>
      parts.length === 1
        ? id
        : writer.tensor([begin(part + 1) - begin(part), ...shape], this.binding.TF_FLOAT),
    );
    this.made.set(id, all);
    return all;
  }

  /** Puts the parts of a tensor together if something else uses it. */
  private join(id: TensorId): void {
    if (this.used.has(id)) this.writer.concat(this.made.get(id) ?? [id], 0, id);
  }

  /** Names what each part adds to a sum over all samples. */
  private addends(id: TensorId): readonly TensorId[] {
    const { writer, parts } = this;
    if (parts.length === 1) return [id];
    return parts.map(() => writer.tensor(writer.shapeOf(id), this.binding.TF_FLOAT));
  }
}

const NO_POOL = { size: [1, 1], strides: [1, 1], same: false } as const;

function attrsOf(
  writer: TapeWriter,
  { relu, same, pool = NO_POOL, samples }: ConvBlock,
  part: number,
  parts: number,
): OpAttr[] {
  const { size, strides, same: poolSame } = pool;
  return [
    writer.bool('relu', relu),
    writer.bool('same', same),
    writer.int('pool_rows', at(size, 0)),
    writer.int('pool_columns', at(size, 1)),
    writer.int('pool_row_step', at(strides, 0)),
    writer.int('pool_column_step', at(strides, 1)),
    writer.bool('pool_same', poolSame),
    writer.int('samples', samples),
    writer.int('part', part),
    writer.int('parts', parts),
  ];
}
