import * as tf from '@tensorflow/tfjs';

type Method = (...values: unknown[]) => unknown;

/** How often `work` calls a method of the native addon, such as the one that loads a graph. */
export async function callsOf(method: string, work: () => Promise<unknown>): Promise<number> {
  const backend = tf.backend() as unknown as { binding: Record<string, Method> };
  const { binding } = backend;
  // The addon's own methods can be neither replaced nor enumerated.
  const methods = Object.getOwnPropertyNames(binding).map(name => [name, binding[name]]);
  let calls = 0;
  const counted: Method = (...values) => {
    calls++;
    return binding[method]?.(...values);
  };
  backend.binding = { ...Object.fromEntries(methods), [method]: counted };
  try {
    await work();
  } finally {
    backend.binding = binding;
  }
  return calls;
}
