/** Traces what TensorFlow computes while a function runs, whatever the function's source looks like. */
import * as tf from '@tensorflow/tfjs';

/** One operation: its kernel's name, such as `BatchMatMul`, and the shapes that went in. */
export interface Operation {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  /** Whether a number that came of this was read back, or TensorFlow's own clock was used. */
  read: boolean;
  /** Whether the clock was looked at after that, or is TensorFlow's own. */
  timed: boolean;
  /** When the first of what went in was made, where that was watched; by `performance.now`, as all times. */
  readonly made: number | undefined;
  readonly begin: number;
  readonly end: number;
}

export interface Trace<T> {
  readonly result: T;
  readonly operations: readonly Operation[];
  /** The functions of TensorFlow's that were called, such as `softmax`, by `tf`, a tensor or a layer. */
  readonly called: ReadonlySet<string>;
  readonly clock: boolean;
  readonly begin: number;
  readonly end: number;
}

/** With this the name of a scope ends that one of TensorFlow's functions opens. */
const OP = '__op';

/** Runs `work` and traces each operation of TensorFlow's in it. */
export async function traceOps<T>(work: () => T | Promise<T>): Promise<Trace<T>> {
  const engine = tf.engine();
  const operations: Operation[] = [];
  const called = new Set<string>();
  const births = new Map<number, number>();
  // By what it holds: the operations that a tensor came of.
  const ancestry = new Map<object, Set<Operation>>();
  const clock = performance.now.bind(performance);
  let looked = false;
  const wasRead = (of: Iterable<Operation>, timed = false) => {
    for (const operation of of) Object.assign(operation, { read: true, timed });
  };
  const undo = [
    before(engine, 'runKernel', (run, name: string, inputs: object) => {
      const begin = clock();
      const result = run();
      const end = clock();
      const tensors = Object.values(inputs).filter(input => input instanceof tf.Tensor);
      const shapes = tensors.map(({ shape }) => [...shape]);
      const [made] = tensors.flatMap(({ id }) => births.get(id) ?? []).sort((a, b) => a - b);
      const outputs = [result].flat() as tf.TensorInfo[];
      const operation = { name, shapes, made, begin, end, read: false, timed: false };
      operations.push(operation);
      const before = tensors.flatMap(({ dataId }) => [...(ancestry.get(dataId) ?? [])]);
      for (const { dataId } of outputs) ancestry.set(dataId, new Set([...before, operation]));
      return result;
    }),
    before(engine, 'trackTensor', (run, { id }: tf.Tensor) => {
      births.set(id, clock());
      return run();
    }),
    before(engine, 'startScope', (run, name?: string) => {
      if (name?.endsWith(OP)) called.add(name.slice(0, -OP.length));
      return run();
    }),
    ...(['readSync', 'read'] as const).map(name =>
      before(engine, name, (run, dataId: object) => {
        const result = run();
        const read = () => wasRead(ancestry.get(dataId) ?? []);
        if (name === 'readSync') read();
        else void (result as Promise<unknown>).then(read, () => {});
        return result;
      }),
    ),
    before(engine, 'time', run => {
      const result = run();
      wasRead(operations, true);
      return result;
    }),
    ...[performance, Date].map(clock =>
      before(clock, 'now', run => {
        looked = true;
        for (const operation of operations) operation.timed ||= operation.read;
        return run();
      }),
    ),
  ];
  const begin = clock();
  try {
    const result = await work();
    return { result, operations, called, clock: looked, begin, end: clock() };
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
  const isOwn = Object.hasOwn(target, name);
  const method = Reflect.get(target, name) as (...given: Given) => unknown;
  Reflect.set(target, name, (...given: Given) =>
    wrapper(() => method.apply(target, given), ...given),
  );
  return () => (isOwn ? Reflect.set(target, name, method) : Reflect.deleteProperty(target, name));
}
