/** Sees what TensorFlow computes while a function runs, whatever the function's source looks like. */
import * as tf from '@tensorflow/tfjs';

/** One operation: its kernel's name, such as `BatchMatMul`, and the shapes that went in. */
export interface Operation {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  /** When the first of what went in was made, where that was watched; by `performance.now`, as all times. */
  readonly made: number | undefined;
  readonly begin: number;
  readonly end: number;
}

/** What was seen of a function's work. */
export interface Seen<T> {
  readonly result: T;
  readonly operations: readonly Operation[];
  /** The functions of TensorFlow's that were called, such as `softmax`, by `tf`, a tensor or a layer. */
  readonly called: ReadonlySet<string>;
  /** Whether anything was read back, or TensorFlow's own clock was used. */
  readonly read: boolean;
  readonly begin: number;
  readonly end: number;
}

/** With this the name of a scope ends that one of TensorFlow's functions opens. */
const OP = '__op';

/** Runs `work` and sees each operation of TensorFlow's in it. */
export async function watch<T>(work: () => T | Promise<T>): Promise<Seen<T>> {
  const engine = tf.engine();
  const operations: Operation[] = [];
  const called = new Set<string>();
  const births = new Map<number, number>();
  let read = false;
  const undo = [
    before(engine, 'runKernel', (run, name: string, inputs: object) => {
      const begin = performance.now();
      const result = run();
      const end = performance.now();
      const tensors = Object.values(inputs).filter(input => input instanceof tf.Tensor);
      const shapes = tensors.map(({ shape }) => [...shape]);
      const [made] = tensors.flatMap(({ id }) => births.get(id) ?? []).sort((a, b) => a - b);
      operations.push({ name, shapes, made, begin, end });
      return result;
    }),
    before(engine, 'trackTensor', (run, { id }: tf.Tensor) => {
      births.set(id, performance.now());
      return run();
    }),
    before(engine, 'startScope', (run, name?: string) => {
      if (name?.endsWith(OP)) called.add(name.slice(0, -OP.length));
      return run();
    }),
    ...(['readSync', 'read', 'time'] as const).map(name =>
      before(engine, name, run => {
        read = true;
        return run();
      }),
    ),
  ];
  const begin = performance.now();
  try {
    const result = await work();
    return { result, operations, called, read, begin, end: performance.now() };
  } finally {
    for (const restore of undo) restore();
  }
}

/** Puts a function before an object's method, and returns what takes it away again. */
function before<Given extends unknown[]>(
  target: object,
  name: string,
  wrapper: (run: () => unknown, ...given: Given) => unknown,
): () => void {
  const own = Object.getOwnPropertyDescriptor(target, name);
  const method = Reflect.get(target, name) as (...given: Given) => unknown;
  const value = (...given: Given) => wrapper(() => method.apply(target, given), ...given);
  Object.defineProperty(target, name, { value, configurable: true });
  return () => {
    if (own) Object.defineProperty(target, name, own);
    else Reflect.deleteProperty(target, name);
  };
}
