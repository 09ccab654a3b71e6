import { FLOAT, moduleOf, wasm } from './assembler';
import type { Value } from './expression';

const VECTOR = 16;

/** Size of a page of WebAssembly's memory in bytes. */
const PAGE = 65536;

/** Returns whether the engine supports relaxed SIMD. */
function hasFused(): boolean {
  const zero = wasm.splat(0);
  const code = [zero, zero, zero, wasm.f32x4.relaxed_madd, wasm.drop];
  return WebAssembly.validate(moduleOf([{ takes: [], locals: [], code }]));
}

/** A WebAssembly memory and loader of modules. */
export class Memory {
  private readonly memory = new WebAssembly.Memory({ initial: 1 });
  /** Offset of the first free byte. */
  private end = VECTOR;

  /** @param isFused whether to use fused multiply-add; defaults to the engine's support */
  constructor(readonly isFused = hasFused()) {}

  /** Returns the exported `run` of a module. */
  load(binary: Uint8Array<ArrayBuffer>): () => void {
    const module = new WebAssembly.Module(binary);
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    return exports.run as () => void;
  }

  take(bytes: number): number {
    const address = this.end;
    this.end += bytes;
    const missing = this.end + 2 * VECTOR - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return address;
  }

  /** Allocates an array with a fixed address. */
  place(value: Value): void {
    if (value.address !== undefined) return;
    value.address = this.take(bytesOf(value));
    if (value.data) this.floats(value).set(value.data);
  }

  /** Returns a view of the numbers, valid until the memory grows. */
  floats({ address = 0, size }: Value): Float32Array {
    return new Float32Array(this.memory.buffer, address, size);
  }

  words({ address = 0, size }: Value): Int32Array {
    return new Int32Array(this.memory.buffer, address, size);
  }

  bytes({ address = 0 }: Value, size: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, size);
  }
}

/** Returns an array's size in bytes, padded by a vector. */
export const bytesOf = ({ size }: Value): number =>
  Math.ceil((size * FLOAT) / VECTOR) * VECTOR + VECTOR;
