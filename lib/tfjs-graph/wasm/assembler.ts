/** Writes WebAssembly modules in their binary format. */

/** Instructions: bytes, in lists of any depth. */
export type Code = readonly (number | Code)[];

export const FLOAT = 4;

export const I32 = 0x7f;
export const V128 = 0x7b;

/** Encodes an integer in LEB128. */
function unsigned(value: number): Code {
  const low = value & 0x7f;
  const rest = value >>> 7;
  return rest === 0 ? [low] : [low | 0x80, unsigned(rest)];
}

function signed(value: number): Code {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && !(low & 0x40)) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, signed(rest)];
}

const floatBytes = (value: number) => [...new Uint8Array(Float32Array.of(value).buffer)];
const simd = (code: number) => [0xfd, unsigned(code)];
/** Encodes an unaligned load or store. */
const atAddress = (code: number, offset: number) => [simd(code), 0, unsigned(offset)];

export const wasm = {
  local: (index: number) => [0x20, unsigned(index)],
  set: (index: number) => [0x21, unsigned(index)],
  tee: (index: number) => [0x22, unsigned(index)],
  call: (index: number) => [0x10, unsigned(index)],
  i32: (value: number) => [0x41, signed(value)],
  /** A vector of four equal numbers. */
  splat: (value: number) => {
    const bytes = floatBytes(value);
    return [simd(0x0c), bytes, bytes, bytes, bytes];
  },
  /** A mask of the first number. */
  firstLane: [simd(0x0c), 255, 255, 255, 255, Array<number>(12).fill(0)],
  load: (offset = 0) => atAddress(0x00, offset),
  loadSplat: (offset = 0) => atAddress(0x09, offset),
  store: (offset = 0) => atAddress(0x0b, offset),
  storeLane: (offset = 0, lane = 0) => [atAddress(0x5a, offset), lane],
  i32Load: [0x28, 0, 0],
  loadByte: [0x2d, 0, 0],
  /** Loads a float32 and converts it to an integer. */
  wholeFloat: [0x2a, 0, 0, 0xfc, 0x00],
  i32Below: [0x49],
  drop: [0x1a],
  select: [0x1b],
  /** Returns whether eight bytes are 0. */
  isWordZero: [0x29, 0, 0, 0x50],
  i32StoreAt: (offset: number) => [0x36, 0, unsigned(offset)],
  add: [0x6a],
  i32Mul: [0x6c],
  i32Or: [0x72],
  i32Shift: [0x74],
  i32Differs: [0x47],
  bitselect: simd(0x52),
  /** Repeats a body `times` times, possibly 0; `counter` is a local. */
  repeat: (times: number, counter: number, body: Code): Code =>
    times < 2
      ? body.slice(0, times * body.length)
      : [
          [wasm.i32(times), wasm.set(counter), 0x03, 0x40, body],
          [wasm.local(counter), wasm.i32(1), 0x6b, wasm.tee(counter), 0x0d, 0, 0x0b],
        ],
  /** Repeats a body while local `a` is less than local `b`. */
  whileLess: (a: number, b: number, body: Code) => {
    const isLess = [wasm.local(a), wasm.local(b), 0x49];
    return [isLess, 0x04, 0x40, 0x03, 0x40, body, isLess, 0x0d, 0, 0x0b, 0x0b];
  },
  ifElse: (yes: Code, no: Code) => [0x04, 0x40, yes, 0x05, no, 0x0b],
  move: (pointer: number, bytes: number) =>
    bytes === 0 ? [] : [wasm.local(pointer), wasm.i32(bytes), 0x6a, wasm.set(pointer)],
  /** Selects four numbers of two vectors. */
  shuffle: (lanes: readonly number[]) => [
    simd(0x0d),
    lanes.map(l => [4 * l, 4 * l + 1, 4 * l + 2, 4 * l + 3]),
  ],
  /** Operations on vectors of four integers, or of the bits of float32. */
  i32x4: {
    'i32.add': simd(0xae),
    'i32.sub': simd(0xb1),
    'i32.trunc': simd(0xf8),
    'i32.mul': simd(0xb5),
    'i32.xor': simd(0x51),
    'i32.above9': [0x41, 9, simd(0xad)],
    'i32.above15': [0x41, 15, simd(0xad)],
    'i32.above16': [0x41, 16, simd(0xad)],
    'i32.half': [0x41, 1, simd(0xac)],
    /** The power of two with an exponent biased by 127. */
    'i32.exponent': [0x41, 23, simd(0xab)],
    'i32.exponentOf': [0x41, 23, simd(0xac), simd(0xfa)],
  },
  /** Operations on vectors of four float32. */
  f32x4: {
    eq: simd(0x41),
    ne: simd(0x42),
    lt: simd(0x43),
    gt: simd(0x44),
    le: simd(0x45),
    ge: simd(0x46),
    and: simd(0x4e),
    or: simd(0x50),
    floor: simd(0x68),
    trunc: simd(0x69),
    nearest: simd(0x6a),
    abs: simd(0xe0),
    neg: simd(0xe1),
    sqrt: simd(0xe3),
    add: simd(0xe4),
    sub: simd(0xe5),
    mul: simd(0xe6),
    div: simd(0xe7),
    min: simd(0xe8),
    max: simd(0xe9),
    relaxed_madd: simd(0x105),
  },
};

/** A function without results: the types of parameters and other locals, and the instructions. */
export interface WasmFunction {
  readonly takes: readonly number[];
  readonly locals: readonly number[];
  readonly code: Code;
}

function flat(code: Code, bytes: number[] = []): number[] {
  for (const item of code) {
    if (typeof item === 'number') bytes.push(item);
    else flat(item, bytes);
  }
  return bytes;
}

function sized(code: Code): Code {
  const bytes = flat(code);
  return [unsigned(bytes.length), bytes];
}

const vector = (parts: readonly Code[]) => [unsigned(parts.length), parts];
const text = (value: string) => sized([...new TextEncoder().encode(value)]);
const section = (id: number, parts: readonly Code[]) => [id, sized(vector(parts))];

/** Returns a module that imports the memory `env.memory` and exports the last function as `run`. */
export function moduleOf(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ takes }) => [0x60, sized(takes), 0]);
  const bodies = functions.map(({ locals, code }) =>
    sized([vector(locals.map(local => [1, local])), code, 0x0b]),
  );
  const indices = functions.map((_, i) => unsigned(i));
  const memory = [text('env'), text('memory'), 2, 0, 1];
  const run = [text('run'), 0, unsigned(functions.length - 1)];
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const start = [section(1, types), section(2, [memory]), section(3, indices)];
  return Uint8Array.from(flat([header, start, section(7, [run]), section(10, bodies)]));
}
