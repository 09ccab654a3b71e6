/** Gives back the tensors of values that cells have replaced, once nothing reaches them: JavaScript itself frees none. */
import type { DataId, DataType, Tensor, Variable } from '@tensorflow/tfjs';
import { collectGarbage } from '../collect-garbage';

/** What is left of a tensor that nothing reaches. */
interface Left {
  readonly dataId: DataId;
  readonly dtype: DataType;
  readonly size: number;
  readonly name: string | undefined;
  isDisposed: boolean;
}

interface Engine {
  readonly ENV: { set(flag: string, value: number): void };
  readonly registeredVariables: Record<string, object>;
  disposeTensor(left: Left): void;
}

/** TensorFlow.js keeps its engine there, once it is loaded. */
const engine = () => (globalThis as { _tfengine?: Engine })._tfengine;

/** Bytes that wait to be given back, beyond which garbage is collected at once. */
const MOST = 256 * 2 ** 20;

/** Milliseconds after which it is in any case. */
const LATER = 2000;

/** The most objects in which tensors are looked for. */
const MOST_OBJECTS = 10_000;

let waiting = 0;
let timer: NodeJS.Timeout | undefined;

const registry = new FinalizationRegistry<Left>(left => {
  if (left.isDisposed) return;
  engine()?.disposeTensor(left);
  if (left.name) delete engine()?.registeredVariables[left.name];
});

/** Watches over the values that names had, of those that have another one by now. */
export function giveBack(names: Readonly<Record<string, unknown>>, had: typeof names): void {
  if (!engine()) return;
  const replaced = Object.keys(had).filter(name => had[name] !== names[name]);
  for (const tensor of tensorsIn(replaced.map(name => had[name]))) watch(tensor);
  if (waiting > MOST) setTimeout(collect).unref();
  else if (waiting > 0) timer ??= setTimeout(collect, LATER).unref();
}

function collect(): void {
  waiting = 0;
  clearTimeout(timer);
  timer = undefined;
  // Orders of layers by which models have run: they keep the layers of a hundred models.
  for (const entries of [0, 100]) engine()?.ENV.set('TOPOLOGICAL_SORT_CACHE_MAX_ENTRIES', entries);
  collectGarbage();
}

function* tensorsIn(values: readonly unknown[]): Generator<Tensor> {
  const found = new Set(values);
  for (const value of found) {
    if (typeof value !== 'object' || !value || ArrayBuffer.isView(value)) continue;
    if ('dataId' in value && 'isDisposedInternal' in value) yield value as never;
    for (const member of membersOf(value)) if (found.size < MOST_OBJECTS) found.add(member);
  }
}

function membersOf(value: object): unknown[] {
  if (Array.isArray(value)) return value.slice(0, MOST_OBJECTS);
  if (value instanceof Map || value instanceof Set) return [...value.values()];
  // Calls no getter, which may do something.
  return Object.values(Object.getOwnPropertyDescriptors(value)).map(({ value }) => value);
}

const watched = new WeakSet<Tensor>();

function watch(tensor: Tensor): void {
  const { dataId, dtype, size, isDisposed } = tensor;
  if (isDisposed || watched.has(tensor)) return;
  watched.add(tensor);
  waiting += size * 4;
  const { registeredVariables = {} } = engine() ?? {};
  const name = (tensor as Variable).name;
  const isVariable = name !== undefined && registeredVariables[name] === tensor;
  const left: Left = { dataId, dtype, size, name: isVariable ? name : undefined, isDisposed };
  Object.defineProperty(tensor, 'isDisposedInternal', {
    get: () => left.isDisposed,
    set: (value: boolean) => {
      left.isDisposed = value;
    },
  });
  if (isVariable) hold(registeredVariables, name, tensor);
  registry.register(tensor, left);
}

/** What stands for a variable that is on its way out. */
const GONE = { trainable: false };

/** Has the engine know a variable without keeping it. */
function hold(variables: Record<string, object>, name: string, variable: object): void {
  const known = new WeakRef(variable);
  Object.defineProperty(variables, name, {
    get: () => known.deref() ?? GONE,
    enumerable: true,
    configurable: true,
  });
}
