import { at } from '../../array';
import { hasOwnOp, type NativeBackend, type OpAttr, type TensorId } from '../backend';
import type { Tape, TapeOp } from '../tape/tape';
import { TapeWriter } from '../tape/writer';
import { type ConvBlock, findConvBlocks } from './find-conv-blocks';

/** The ops that `conv-block.cc` adds to TensorFlow. */
const [FORWARD, BACKWARD] = ['ConvBlock', 'ConvBlockGrad'] as const;

/** A part of fewer multiplications takes less time than what hands it to another core. */
const MIN_WORK = 2 ** 21;

/**
 * Computes convolutions, each with its bias, ReLU and max pooling, by an op of our own, and their
 * gradients by another: see `conv-block.cc`. TensorFlow leaves a single op to one core, as large as it may
 * be, unless all ops are divided, and small ones lose by that: so here each core takes its part of the
 * samples, from one convolution to the next, and the parts are put together for others.
 *
 * @param kept tensors that must remain.
 * @param most parts that are computed side by side.
 */
export function blockConvolutions(
  { binding, isUsingGpuDevice }: NativeBackend,
  tape: Tape,
  kept: ReadonlySet<TensorId>,
  most: number,
): Tape {
  if (isUsingGpuDevice) return tape;
  const blocks = findConvBlocks(tape, kept);
  if (blocks.length === 0) return tape;
  const { TF_FLOAT: float32, TF_INT32: int32 } = binding;
  const writer = new TapeWriter(tape, binding);
  const attrs = attrsOf(writer, { ...ALONE, samples: 1 }, 0, 1);
  const inputs = [float32, float32, float32];
  if (!hasOwnOp(binding, FORWARD, inputs, { attrs, rank: 4, outputs: 2 })) return tape;

  const largest = Math.max(...blocks.map(({ work }) => work));
  const samples = Math.min(...blocks.map(block => block.samples));
  const parts = Math.max(1, Math.min(most, samples, Math.floor(largest / MIN_WORK)));
  const places = Array.from({ length: parts }, (_, part) => part);
  const replaced = new Set(
    blocks.flatMap(({ forward, backward }) => [...forward, ...(backward?.ops ?? [])]),
  );
  const used = new Set([
    ...kept,
    ...tape.outputs,
    ...tape.ops.flatMap(op => (replaced.has(op) ? [] : op.inputs)),
  ]);
  /** What the parts have made of tensors, in the order of the samples. */
  const made = new Map<TensorId, readonly TensorId[]>();
  const chosen = new Map<ConvBlock, readonly TensorId[]>();
  const partOf = (id: TensorId, part: number) => made.get(id)?.[part] ?? id;

  /** Names the parts of a tensor whose first axis is that of the samples. */
  const divide = (id: TensorId): readonly TensorId[] => {
    const [count = 0, ...shape] = writer.shapeOf(id);
    const begin = (part: number) => Math.floor((count * part) / parts);
    const all = places.map(part =>
      parts === 1 ? id : writer.tensor([begin(part + 1) - begin(part), ...shape], float32),
    );
    made.set(id, all);
    return all;
  };
  const join = (id: TensorId) => {
    const all = made.get(id) ?? [];
    if (parts === 1 || !used.has(id)) return;
    const attrs = [writer.type('T', float32), writer.type('Tidx', int32), writer.int('N', parts)];
    writer.add('ConcatV2', attrs, [...all, writer.integers([0], [])], [id]);
  };
  /** Names what each part has of a sum over all samples. */
  const addends = (id: TensorId) =>
    places.map(() => (parts === 1 ? id : writer.tensor(writer.shapeOf(id), float32)));
  const sum = (id: TensorId, all: readonly TensorId[]) => {
    if (parts > 1)
      writer.add('AddN', [writer.type('T', float32), writer.int('N', parts)], all, [id]);
  };

  const addForward = (block: ConvBlock) => {
    const outputs = divide(block.output);
    const numbers = places.map(part => writer.tensor(writer.shapeOf(at(outputs, part)), int32));
    chosen.set(block, numbers);
    for (const part of places) {
      const inputs = [partOf(block.x, part), block.filters, block.bias];
      writer.add(FORWARD, attrsOf(writer, block, part, parts), inputs, [
        at(outputs, part),
        at(numbers, part),
      ]);
    }
    join(block.output);
  };
  const addBackward = (
    block: ConvBlock,
    { slope, ofFilters, ofBias, ofX }: Required<ConvBlock>['backward'],
  ) => {
    const filters = ofFilters ?? writer.tensor(writer.shapeOf(block.filters), float32);
    const bias = ofBias ?? writer.tensor(writer.shapeOf(block.bias), float32);
    const [allFilters, allBiases] = [addends(filters), addends(bias)];
    const allX = ofX === undefined ? undefined : divide(ofX);
    for (const part of places) {
      const inputs = [block.x, block.filters, block.output].map(id => partOf(id, part));
      writer.add(
        BACKWARD,
        [...attrsOf(writer, block, part, parts), writer.bool('with_input', allX !== undefined)],
        [...inputs, at(chosen.get(block) ?? [], part), partOf(slope, part)],
        [
          at(allFilters, part),
          at(allBiases, part),
          allX ? at(allX, part) : writer.tensor([0], float32),
        ],
      );
    }
    sum(filters, allFilters);
    sum(bias, allBiases);
    if (ofX !== undefined) join(ofX);
  };

  const last = new Map<TapeOp, ConvBlock>();
  const first = new Map<TapeOp, ConvBlock>();
  for (const block of blocks) {
    last.set(at(block.forward, block.forward.length - 1), block);
    if (block.backward) first.set(at(block.backward.ops, 0), block);
  }
  for (const op of tape.ops) {
    const [begun, ended] = [first.get(op), last.get(op)];
    if (ended) addForward(ended);
    else if (begun?.backward) addBackward(begun, begun.backward);
    else if (!replaced.has(op)) writer.keep(op);
  }
  return writer.finish();
}

/** A block of one number, to see whether the op is there. */
const ALONE = {
  relu: false,
  same: false,
  pool: { size: [1, 1], strides: [1, 1], same: false },
} as const;

function attrsOf(
  writer: TapeWriter,
  { relu, same, pool, samples }: Pick<ConvBlock, 'relu' | 'same' | 'pool' | 'samples'>,
  part: number,
  parts: number,
): OpAttr[] {
  const { size, strides, same: poolSame } = pool ?? ALONE.pool;
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
