import { at } from '../../array';
import type { TensorId } from '../backend';
import { attrOf, kindOf, type Tape, type TapeOp } from '../tape/tape';

/** A convolution by steps of one, with its bias, and with ReLU and max pooling where these come next. */
export interface ConvBlock {
  readonly x: TensorId;
  readonly filters: TensorId;
  readonly bias: TensorId;
  readonly output: TensorId;
  readonly relu: boolean;
  /** Whether pictures are padded so that the output is as large. */
  readonly same: boolean;
  readonly pool?: Pool | undefined;
  readonly samples: number;
  readonly work: number;
  /** The ops that it takes the place of, in order. */
  readonly forward: readonly TapeOp[];
  readonly backward?: Backward | undefined;
}

/** Max pooling: sizes and steps of the window, down and to the right. */
interface Pool {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly same: boolean;
}

/** The gradients of a block, from that of its output. */
export interface Backward {
  readonly slope: TensorId;
  readonly ofFilters?: TensorId | undefined;
  readonly ofBias?: TensorId | undefined;
  readonly ofX?: TensorId | undefined;
  /** The ops that it takes the place of, in order. */
  readonly ops: readonly TapeOp[];
}

/**
 * A kernel of more numbers, by 64 filters, is larger than the second cache of most processors, from
 * which `conv-block.cc` reads it again and again.
 */
const MOST_NUMBERS = 2048;

/** `conv-block.cc` keeps tables of a window. */
const MOST_OF_WINDOW = 255;

/**
 * Finds the blocks of a tape of which nothing else uses what is on the way.
 *
 * @param kept tensors that must remain.
 */
export function findConvBlocks(tape: Tape, kept: ReadonlySet<TensorId>): ConvBlock[] {
  const users = new Map<TensorId, TapeOp[]>();
  for (const op of tape.ops) {
    for (const id of new Set(op.inputs)) users.set(id, [...(users.get(id) ?? []), op]);
  }
  const graph: Graph = {
    tape,
    order: new Map(tape.ops.map((op, i) => [op, i])),
    usersOf: id => users.get(id) ?? [],
    isKept: id => kept.has(id) || tape.outputs.includes(id),
  };
  return tape.ops.flatMap(op => (isUsual(op, tape) ? (blockOf(op, graph) ?? []) : []));
}

interface Graph {
  readonly tape: Tape;
  readonly order: ReadonlyMap<TapeOp, number>;
  usersOf(id: TensorId): readonly TapeOp[];
  isKept(id: TensorId): boolean;
}

const isOnes = (value: unknown) => Array.isArray(value) && value.every(each => each === 1);
const outputOf = (op: TapeOp): TensorId => at(op.outputs, 0);
const isPlain = (op: TapeOp) =>
  attrOf(op, 'data_format') === 'NHWC' && /^(SAME|VALID)$/.test(String(attrOf(op, 'padding')));

function isUsual(op: TapeOp, { kinds }: Tape): boolean {
  if (op.op !== 'Conv2D' || !isPlain(op)) return false;
  const [rows = 0, columns = 0, channels = 0] = kindOf(kinds, at(op.inputs, 1)).shape;
  return (
    isOnes(attrOf(op, 'strides')) &&
    isOnes(attrOf(op, 'dilations')) &&
    rows * columns * channels <= MOST_NUMBERS &&
    // An output without numbers is not worth it, nor is it tried.
    kindOf(kinds, outputOf(op)).shape.every(length => length > 0)
  );
}

function blockOf(conv: TapeOp, graph: Graph): ConvBlock | undefined {
  const { usersOf, isKept, tape } = graph;
  const shapeOf = (id: TensorId) => kindOf(tape.kinds, id).shape;
  const [x, filters] = [at(conv.inputs, 0), at(conv.inputs, 1)];
  const [samples = 0, height = 0, width = 0, count = 0] = shapeOf(outputOf(conv));
  const [add, ...others] = usersOf(outputOf(conv));
  if (!add || others.length > 0 || isKept(outputOf(conv))) return undefined;
  const bias = add.inputs[1];
  const isBias = /^(Add|AddV2|BiasAdd)$/.test(add.op) && add.inputs[0] === outputOf(conv);
  if (!isBias || bias === undefined || String(shapeOf(bias)) !== `${count}`) return undefined;

  const made = { x, filters, bias, samples, same: attrOf(conv, 'padding') === 'SAME' };
  const work = samples * height * width * shapeOf(filters).reduce((size, n) => size * n, 1);
  const sum = outputOf(add);
  const relu = usersOf(sum).find(({ op }) => op === 'Relu');
  const isAlone = usersOf(sum).length === 1 && !isKept(sum);
  const activated = relu && isAlone ? outputOf(relu) : sum;
  const forward = [conv, add, ...(relu && isAlone ? [relu] : [])];
  const given = { ...made, work, relu: forward.length > 2 };
  const pool = usersOf(activated).find(isPool);
  const whole =
    pool &&
    close({ ...given, output: outputOf(pool), pool: poolOf(pool) }, [...forward, pool], graph);
  return whole ?? close({ ...given, output: activated }, forward, graph);
}

const isPool = (op: TapeOp) => {
  const window = attrOf(op, 'ksize');
  if (op.op !== 'MaxPool' || !isPlain(op) || !Array.isArray(window)) return false;
  const [n, rows, columns, channels] = window;
  return n === 1 && channels === 1 && rows * columns <= MOST_OF_WINDOW;
};

const poolOf = (op: TapeOp): Pool => ({
  size: (attrOf(op, 'ksize') as number[]).slice(1, 3),
  strides: (attrOf(op, 'strides') as number[]).slice(1, 3),
  same: attrOf(op, 'padding') === 'SAME',
});

/** Adds the gradients to a block; undefined if others use what is on the way. */
function close(
  block: Omit<ConvBlock, 'forward' | 'backward'>,
  forward: readonly TapeOp[],
  graph: Graph,
): ConvBlock | undefined {
  const { usersOf, isKept, order } = graph;
  const { pool, relu, output } = block;
  const activated = pool ? at(at(forward, forward.length - 1).inputs, 0) : output;
  const unpooled = pool && gradientOver('MaxPoolGrad', activated, 0, graph);
  const rectified = relu ? gradientOver('ReluGrad', activated, 1, graph) : undefined;
  // Where both are there, the one must be made of the other.
  if (pool && relu && rectified?.inputs[0] !== (unpooled && outputOf(unpooled))) return undefined;
  const over = [unpooled, rectified].flatMap(op => op ?? []);
  const isMade = over.length > 0 || !(pool || relu);
  const ends = isMade ? endsOf(block, over.at(-1), graph) : undefined;
  const backward = ends && [...over, ...ends.ops];
  const inside = [...(pool ? [activated] : []), ...over.map(outputOf)];
  const own = new Set([...forward, ...(backward ?? [])]);
  if (inside.some(id => isKept(id) || usersOf(id).some(op => !own.has(op)))) return undefined;
  if (!ends || !backward) return { ...block, forward };
  const slope = unpooled ? at(unpooled.inputs, 2) : (rectified?.inputs[0] ?? ends.slope);
  const ops = backward.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return { ...block, forward, backward: { ...ends, slope, ops } };
}

/** Returns the only op of this name that takes the gradient back over the one that made a tensor. */
function gradientOver(name: string, made: TensorId, place: number, { usersOf }: Graph) {
  const [op, ...more] = usersOf(made).filter(
    each => each.op === name && each.inputs[place] === made,
  );
  return more.length > 0 ? undefined : op;
}

/** Finds the gradients that are made of what this op gives; without one, of the sum's own. */
function endsOf(
  { x, filters, bias }: Pick<ConvBlock, 'x' | 'filters' | 'bias'>,
  over: TapeOp | undefined,
  { tape, usersOf }: Graph,
) {
  const shapeIs = (op: TapeOp, other: TensorId) =>
    String(kindOf(tape.kinds, outputOf(op)).shape) === String(kindOf(tape.kinds, other).shape);
  const allFilters = usersOf(x).filter(
    op => op.op === 'Conv2DBackpropFilter' && op.inputs[0] === x && shapeIs(op, filters),
  );
  // The gradient of a sum is told by what is made of it, which must be made of no other's.
  const convolved = [x, filters].map(id => usersOf(id).filter(({ op }) => op === 'Conv2D').length);
  const isOnly = allFilters.length === 1 && convolved.every(count => count === 1);
  const slope = over ? outputOf(over) : isOnly ? allFilters[0]?.inputs[2] : undefined;
  if (slope === undefined) return undefined;
  const ofFilters = allFilters.find(op => op.inputs[2] === slope);
  const ofX = usersOf(filters).find(
    op => op.op === 'Conv2DBackpropInput' && op.inputs[2] === slope && shapeIs(op, x),
  );
  const ofBias = usersOf(slope).find(
    op => op.op === 'Sum' && isOverPlaces(tape, op) && shapeIs(op, bias),
  );
  return {
    slope,
    ofFilters: ofFilters && outputOf(ofFilters),
    ofX: ofX && outputOf(ofX),
    ofBias: ofBias && outputOf(ofBias),
    ops: [ofFilters, ofX, ofBias].flatMap(op => op ?? []),
  };
}

const isOverPlaces = ({ constants }: Tape, op: TapeOp) => {
  const axes = constants.find(({ id }) => id === op.inputs[1]);
  return axes !== undefined && String([...axes.values].sort()) === '0,1,2';
};
