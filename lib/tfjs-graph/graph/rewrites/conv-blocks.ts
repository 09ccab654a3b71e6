import { at } from '../../array';
import type { Attributes, Binding, OpAttr, TensorId } from '../backend';
import type { Tape } from '../tape/tape';
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
  if (blocks.length === 0) return tape;
  const writer = new TapeWriter(tape, binding);
  const float32 = binding.TF_FLOAT;
  const largest = Math.max(...blocks.map(({ work }) => work));
  const samples = Math.min(...blocks.map(block => block.samples));
  const parts = Math.max(1, Math.min(most, samples, Math.floor(largest / MIN_WORK)));
  const each = <T>(make: (part: number) => T) => Array.from({ length: parts }, (_, i) => make(i));
  const replaced = new Set(
    blocks.flatMap(({ forward, backward }) => [...forward, ...(backward?.ops ?? [])]),
  );
  const others = tape.ops.filter(op => !replaced.has(op));
  /** The tensors that something else needs whole. */
  const used = new Set([...kept, ...tape.outputs, ...others.flatMap(op => op.inputs)]);
  /** The parts of tensors, in the order of the samples. */
  const made = new Map<TensorId, readonly TensorId[]>();
  /** Which number of each window max pooling has left, by block and part. */
  const chosen = new Map<ConvBlock, readonly TensorId[]>();

  const like = (id: TensorId, dtype = float32) => writer.tensor(writer.shapeOf(id), dtype);
  const partOf = (id: TensorId, part: number) => made.get(id)?.[part] ?? id;
  /** Names the parts of a tensor whose first axis is that of the samples. */
  const divide = (id: TensorId) => {
    const [count = 0, ...shape] = writer.shapeOf(id);
    const begin = (part: number) => Math.floor((count * part) / parts);
    const sized = (part: number) => [begin(part + 1) - begin(part), ...shape];
    const all = each(part => (parts === 1 ? id : writer.tensor(sized(part), float32)));
    made.set(id, all);
    return all;
  };
  /** Puts the parts of a tensor together if something else uses it. */
  const join = (id: TensorId) => {
    if (used.has(id)) writer.concat(made.get(id) ?? [id], 0, id);
  };
  /** Names what each part adds to a sum over all samples. */
  const addends = (id: TensorId) => each(() => (parts === 1 ? id : like(id)));

  const addForward = (block: ConvBlock) => {
    const outputs = divide(block.output);
    const numbers = outputs.map(id => like(id, binding.TF_INT32));
    chosen.set(block, numbers);
    for (let part = 0; part < parts; part++) {
      const inputs = [partOf(block.x, part), block.filters, block.bias];
      const all = [at(outputs, part), at(numbers, part)];
      writer.add(FORWARD, attrsOf(writer, block, part, parts), inputs, all);
    }
    join(block.output);
  };
  const addBackward = (block: ConvBlock, { slope, ofFilters, ofBias, ofX }: Backward) => {
    const filters = ofFilters ?? like(block.filters);
    const bias = ofBias ?? like(block.bias);
    const [allFilters, allBiases] = [addends(filters), addends(bias)];
    const allX = ofX === undefined ? undefined : divide(ofX);
    for (let part = 0; part < parts; part++) {
      const inputs = [block.x, block.filters, block.output].map(id => partOf(id, part));
      const x = allX ? at(allX, part) : writer.tensor([0], float32);
      writer.add(
        BACKWARD,
        [...attrsOf(writer, block, part, parts), writer.bool('with_input', allX !== undefined)],
        [...inputs, at(chosen.get(block) ?? [], part), partOf(slope, part)],
        [at(allFilters, part), at(allBiases, part), x],
      );
    }
    writer.sum(allFilters, filters);
    writer.sum(allBiases, bias);
    if (ofX !== undefined) join(ofX);
  };

  const last = new Map(blocks.map(block => [block.forward.at(-1), block]));
  const first = new Map(blocks.map(block => [block.backward?.ops[0], block]));
  for (const op of tape.ops) {
    const [begun, ended] = [first.get(op), last.get(op)];
    if (ended) addForward(ended);
    else if (begun?.backward) addBackward(begun, begun.backward);
    else if (!replaced.has(op)) writer.keep(op);
  }
  return writer.finish();
}

const NO_POOL = { size: [1, 1], strides: [1, 1], same: false } as const;

/** Returns the attributes of both ops, but for `with_input`. */
export function attrsOf(
  writer: Attributes,
  { relu, same, pool = NO_POOL, samples }: Pick<ConvBlock, 'relu' | 'same' | 'pool' | 'samples'>,
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
