/** Releases unreachable tensors and variables, which TensorFlow.js alone would keep forever. */
import * as tf from '@tensorflow/tfjs';

/** The part of TensorFlow.js's engine that tracks tensors. */
interface Engine {
  readonly state: { activeScope?: object | null; registeredVariables: Record<string, tf.Variable> };
  track(tensor: tf.Tensor): tf.Tensor;
  keep(tensor: tf.Tensor): tf.Tensor;
  disposeTensor(tensor: tf.Tensor): void;
  /** Called when a variable is created or assigned. */
  incRef(variable: tf.Variable, backend: unknown): void;
}

/** The tensor fields that the engine needs for disposal. */
type Remains = Pick<tf.Tensor, 'dataId' | 'dtype' | 'size'>;

/**
 * Maximum number of models in TensorFlow.js's cache of layer orders, which keeps their weights alive; its
 * default is 100.
 */
const MODELS_KEPT = 4;

/**
 * Makes tensors outside scopes, and variables, garbage-collected like arrays. A cell that is executed again
 * therefore does not leak its previous tensors.
 *
 * @example
 * releaseUnreachable();
 * tf.tensor1d([1, 2]).sum().arraySync(); // 3
 */
export function releaseUnreachable(): void {
  const engine = tf.engine() as unknown as Engine;
  // Idempotent: a tensor registered twice would be released twice.
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
    // Must come first: after an interrupt here, the end of the scope must not release shared data again.
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

/** Returns a record with weak references to its values. */
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
