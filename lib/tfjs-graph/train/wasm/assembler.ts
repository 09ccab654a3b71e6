/**
 * Writes WebAssembly. Each function gives the bytes of an instruction after those of its operands,
 * so that an expression is written as in other languages.
 *
 * The format is that of the WebAssembly Core Specification 2.0, chapter 5.
 */
export type Code = readonly number[];

export const VALUE_TYPES = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type ValueType = keyof typeof VALUE_TYPES;

/** Writes a number from 0 on, in LEB128: seven bits a byte, the lowest first. */
export function unsigned(value: number): Code {
  const low = value & 0x7f;
  return value > 0x7f ? [low | 0x80, ...unsigned(value >>> 7)] : [low];
}

/** Writes a number that may be negative, in LEB128. */
function signed(value: number): Code {
  const low = value & 0x7f;
  return value >= -0x40 && value < 0x40 ? [low] : [low | 0x80, ...signed(value >> 7)];
}

type Operation = (...operands: Code[]) => Code;

const plain =
  (opcode: number): Operation =>
  (...operands) => [...operands.flat(), opcode];

const simd =
  (opcode: number): Operation =>
  (...operands) => [...operands.flat(), 0xfd, ...unsigned(opcode)];

/** Numbers of 4 bytes lie at multiples of 4. */
const ALIGNMENT = 2;

/** Reads memory, `offset` bytes after the address. */
const load =
  (...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, ALIGNMENT, ...unsigned(offset)];

/** Writes to memory, `offset` bytes after the address. */
const store =
  (...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...opcode,
    ALIGNMENT,
    ...unsigned(offset),
  ];

/** Whole numbers and addresses. */
export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: load(0x28),
  store: store(0x36),
  less: plain(0x49),
  add: plain(0x6a),
  sub: plain(0x6b),
  mul: plain(0x6c),
};

export const f32 = {
  load: load(0x2a),
  store: store(0x38),
  /** 1 where two numbers differ, else 0. */
  differ: plain(0x5c),
  const: (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
};

/** Eight whole numbers of two bytes at once, four of four bytes. */
export const i16x8 = {
  /** Of eight bytes, each from 0 to 255. */
  loadBytes: load(0xfd, 0x02),
};
export const i32x4 = {
  /** The lower, or the upper, four of eight numbers from 0 on. */
  lower: simd(0xa9),
  upper: simd(0xaa),
};

/** Four numbers at once. */
export const f32x4 = {
  load: load(0xfd, 0x00),
  /** Four times the one number in memory. */
  loadSplat: load(0xfd, 0x09),
  store: store(0xfd, 0x0b),
  /** Four times one number. */
  splat: simd(0x13),
  /** All bits of a number where the first operand is larger, else none. */
  greater: simd(0x44),
  and: simd(0x4e),
  sqrt: simd(0xe3),
  add: simd(0xe4),
  sub: simd(0xe5),
  mul: simd(0xe6),
  div: simd(0xe7),
  max: simd(0xe9),
  /** Of whole numbers. */
  convert: simd(0xfa),
};

/** A variable of a function. */
export class Local {
  readonly get: Code;

  constructor(private readonly index: number) {
    this.get = [0x20, ...unsigned(index)];
  }

  set(value: Code): Code {
    return [...value, 0x21, ...unsigned(this.index)];
  }

  /** Adds to a whole number. */
  increase(by: Code): Code {
    return this.set(i32.add(this.get, by));
  }
}

/** Repeats the body as long as the condition holds, which is looked at before each turn. */
export function loopWhile(condition: Code, ...body: Code[]): Code {
  const [block, loop, end, isZero, leaveIf, noResult] = [0x02, 0x03, 0x0b, 0x45, 0x0d, 0x40];
  // Looked at once before the loop and then at its end, where it takes one jump a turn.
  return [
    ...[block, noResult, ...condition, isZero, leaveIf, 0],
    ...[loop, noResult, ...body.flat(), ...condition, leaveIf, 0],
    ...[end, end],
  ];
}
