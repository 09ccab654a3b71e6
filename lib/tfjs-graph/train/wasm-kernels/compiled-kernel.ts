import * as tf from '@tensorflow/tfjs';
import { Builder, expressionOf, fixed, type Tensor } from '../wasm/ir';
import { lowerKernel } from '../wasm/lower';
import { Memory } from '../wasm/memory';
import { loadPrograms } from '../wasm/program';
import { numbersOf } from '../wasm/samples';

type Run = (inputs: readonly tf.Tensor[]) => tf.Tensor;

/** By the shapes and attributes, of which a model has few. */
const known = new Map<string, Run>();

/** Computes a kernel of TensorFlow.js as a recorded step computes it. */
export const compiledKernel =
  (name: string) =>
  (inputs: Readonly<Record<string, tf.Tensor>>, attrs: tf.NamedAttrMap): tf.Tensor => {
    const all = Object.values(inputs);
    const key = JSON.stringify([name, all.map(({ shape }) => shape), attrs]);
    const run = known.get(key) ?? compile(name, inputs, attrs);
    known.set(key, run);
    return run(all);
  };

function compile(name: string, inputs: Readonly<Record<string, tf.Tensor>>, attrs: object): Run {
  const builder = new Builder();
  const memory = new Memory();
  const places = Object.values(inputs).map(({ shape }) => fixed(shape));
  const lowered = lowerKernel(name, Object.keys(inputs), places, { ...attrs }, builder);
  const [made] = [lowered].flat() as [Tensor];
  const out = fixed(made.shape);
  builder.loop(made.shape, [{ access: { ...out.access }, of: expressionOf(made) }]);
  for (const { access } of [...places, out]) memory.place(access.value);
  const [run] = loadPrograms(memory, [builder.steps]);
  return all => {
    places.forEach(({ access }, i) => {
      memory.floats(access.value).set(numbersOf(all[i] as tf.Tensor));
    });
    run?.();
    return tf.tensor(memory.floats(out.access.value).slice(), [...made.shape]);
  };
}
