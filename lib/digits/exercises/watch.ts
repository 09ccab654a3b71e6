/** Sees what TensorFlow computes while a function runs, whatever the function's source looks like. */
import * as tf from '@tensorflow/tfjs';

/** One operation: its kernel's name, such as `BatchMatMul`, the shapes that went in, and its time. */
export interface Operation {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  readonly ms: number;
}

/** What was seen of a function's work. */
export interface Seen<T> {
  readonly result: T;
  readonly operations: readonly Operation[];
  /** Whether anything was read back, or the device's own clock asked. */
  readonly read: boolean;
  /** How long it all took. */
  readonly ms: number;
}

/** Runs `work` and sees each operation of TensorFlow's in it. */
export async function watch<T>(work: () => T | Promise<T>): Promise<Seen<T>> {
  const engine = tf.engine();
  const operations: Operation[] = [];
  let read = false;
  const { runKernel } = engine;
  const restore = [
    overlay(engine, 'runKernel', (name: string, inputs: object, ...rest: never[]) => {
      const begin = performance.now();
      const result = runKernel.call(engine, name, inputs as tf.NamedTensorMap, ...rest);
      const shapes = Object.values(inputs).map(tensor => [...((tensor as tf.Tensor)?.shape ?? [])]);
      operations.push({ name, shapes, ms: performance.now() - begin });
      return result;
    }),
    ...(['readSync', 'read', 'time'] as const).map(name => {
      const original = engine[name] as (...given: unknown[]) => unknown;
      return overlay(engine, name, (...given: unknown[]) => {
        read = true;
        return original.apply(engine, given);
      });
    }),
  ];
  const begin = performance.now();
  try {
    const result = await work();
    return { result, operations, read, ms: performance.now() - begin };
  } finally {
    for (const undo of restore) undo();
  }
}

/** Puts a method in front of an object's own, and returns what takes it away again. */
function overlay(on: object, name: string, method: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(on, name);
  Object.defineProperty(on, name, { value: method, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(on, name, before);
    else Reflect.deleteProperty(on, name);
  };
}
