/** Describes the engine that runs, on Node and in browsers. */
import { messages } from '../language';

/** The engines that can run the lesson, the fastest first. */
export const DEVICE_KINDS = ['gpu', 'cpu', 'wasm'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** The engine that runs, and why. Printed, it is a few lines of text. */
export interface Device {
  /** What computes: an NVIDIA GPU, the native CPU engine, or WebAssembly. */
  readonly kind: DeviceKind;
  /** The engine and its version, such as `TensorFlow 2.20.0`. */
  readonly engine: string;
  /** How many compute at once; only the native CPU engine can choose. */
  readonly threads?: number;
  /** The model of the GPU or processor. */
  readonly hardware: string;
  /** Why this engine runs and not a faster one, in the language in use when it started. */
  readonly why: string;
}

/** Gives the device its print form. */
export const deviceOf = (device: Device): Device =>
  printedAs(device, () => {
    const { kind, engine, threads, hardware, why } = device;
    const words = messages().device;
    const said = threads ? words.threads(threads) : '';
    const name = kind === 'gpu' ? 'GPU' : 'CPU';
    return words.described(name, hardware, engine, said, why);
  });

/** By which Node, tslab and the kernel in a browser find how an object prints itself. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Gives a copy of an object a print form, without showing that among its fields. */
const printedAs = <T extends object>(fields: T, print: () => string): T =>
  Object.defineProperty({ ...fields }, INSPECT, { value: print });

/** Gives texts by their names a print form of a line each. */
export const printedAsLines = <T extends Readonly<Record<string, string>>>(entries: T): T =>
  printedAs(entries, () =>
    Object.entries(entries)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
  );
