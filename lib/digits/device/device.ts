/** Describes the active engine, on Node and in browsers. */
import { messages } from '../language';

/** The engines that can run the lesson, fastest first. */
export const DEVICE_KINDS = ['gpu', 'cpu', 'wasm'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** The active engine and the reason for its choice. Prints as a few lines of text. */
export interface Device {
  /** An NVIDIA GPU, the native CPU engine, or WebAssembly. */
  readonly kind: DeviceKind;
  /** The engine and its version, such as `TensorFlow 2.20.0`. */
  readonly engine: string;
  /** Number of threads; configurable only for the native CPU engine. */
  readonly threads?: number;
  /** The model of the GPU or processor. */
  readonly hardware: string;
  /** Reason for this engine, in the language at its start. */
  readonly why: string;
}

export const deviceOf = (device: Device): Device =>
  printedAs(device, () => {
    const { kind, engine, threads, hardware, why } = device;
    const words = messages().device;
    const threadText = threads ? words.threads(threads) : '';
    const name = kind === 'gpu' ? 'GPU' : 'CPU';
    return words.described(name, hardware, engine, threadText, why);
  });

/** Key of the custom print method in Node, tslab and the browser kernel. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Returns a copy of an object with a non-enumerable print method. */
const printedAs = <T extends object>(fields: T, print: () => string): T =>
  Object.defineProperty({ ...fields }, INSPECT, { value: print });

/** Returns texts with a print form of one line per entry. */
export const printedAsLines = <T extends Readonly<Record<string, string>>>(entries: T): T =>
  printedAs(entries, () =>
    Object.entries(entries)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
  );
