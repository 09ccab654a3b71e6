/** Releases what TensorFlow.js alone would keep for ever: tensors and variables that no code can reach any more. */
import * as tf from '@tensorflow/tfjs';

/** The part of TensorFlow.js's engine that knows of all tensors. */
interface Engine {
  readonly state: { activeScope?: object | null; registeredVariables: Record<string, tf.Variable> };
  track(tensor: tf.Tensor): tf.Tensor;
  keep(tensor: tf.Tensor): tf.Tensor;
  disposeTensor(tensor: tf.Tensor): void;
  /** Called for a variable, when it is made and whenever it is assigned. */
  incRef(variable: tf.Variable, backend: unknown): void;
}

/** What the engine asks of a tensor that it disposes of. */
type Remains = Pick<tf.Tensor, 'dataId' | 'dtype' | 'size'>;

/** TensorFlow.js remembers the order of the layers of so many models, and with it their weights; of 100 by itself. */
const MODELS_KEPT = 4;

/**
 * Has tensors that belong to no scope, and variables, end with the last reference to them, as arrays do.
 * So a cell that is run again does not leave behind what it made before.
 *
 * @example
 * releaseUnreachable();
 * tf.tensor1d([1, 2]).sum().arraySync(); // 3
 */
export function releaseUnreachable(): void {
  const engine = tf.engine() as unknown as Engine;
  // Once, whoever else asks for it: what is watched twice would be released twice.
  if (Object.hasOwn(engine, 'track')) return;
  const { track, keep, disposeTensor, incRef } = engine;
  const registry = new FinalizationRegistry<Remains>(remains =>
    disposeTensor.call(engine, remains as tf.Tensor),
  );
  const watch = (tensor: tf.Tensor) => {
    const { dataId, dtype, size } = tensor;
    registry.unregister(tensor);
    registry.register(tensor, { dataId, dtype, size }, tensor);
  };
  engine.track = tensor => {
    if (!engine.state.activeScope) watch(tensor);
    return track.call(engine, tensor);
  };
  engine.keep = tensor => {
    watch(tensor);
    return keep.call(engine, tensor);
  };
  engine.disposeTensor = tensor => {
    registry.unregister(tensor);
    // First: if an interrupt cuts this off, the end of the scope must not release shared data again.
    if (!(tensor instanceof tf.Variable)) Object.assign(tensor, { isDisposedInternal: true });
    disposeTensor.call(engine, tensor);
  };
  engine.incRef = (variable, backend) => {
    incRef.call(engine, variable, backend);
    watch(variable);
  };
  tf.env().set('TOPOLOGICAL_SORT_CACHE_MAX_ENTRIES', MODELS_KEPT);
  engine.state.registeredVariables = weakly(engine.state.registeredVariables);
}

/** A record of the same values that does not keep them alive. */
function weakly(values: Record<string, tf.Variable>): Record<string, tf.Variable> {
  const references: Record<string, WeakRef<tf.Variable>> = {};
  const lost = new FinalizationRegistry<string>(name => {
    if (!references[name]?.deref()) delete references[name];
  });
  const record = new Proxy(references as unknown as Record<string, tf.Variable>, {
    get: (_, name) => references[String(name)]?.deref(),
    set(_, name, value: tf.Variable) {
      references[String(name)] = new WeakRef(value);
      lost.register(value, String(name));
      return true;
    },
    ownKeys: () => Object.keys(references).filter(name => references[name]?.deref()),
    getOwnPropertyDescriptor(_, name) {
      const value = references[String(name)]?.deref();
      return value && { value, writable: true, enumerable: true, configurable: true };
    },
  });
  return Object.assign(record, values);
}
