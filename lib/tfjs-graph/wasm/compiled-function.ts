import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import {
  copyOf,
  preservingVariables,
  recordOnExamples,
  type TensorFunction,
} from '../trace/recording';
import { CompiledModule } from './compiled-module';
import { fixed, sizeOf } from './ir';
import { recordKernels } from './record-kernels';
import { registerMissingKernels } from './register-missing-kernels';
import { copyRows } from './samples';

/** Compiles a function of tensors to WebAssembly. Returns the module, and a callback to run the compiled function. */
export function compiledFunction(fn: TensorFunction, examples: readonly tf.Tensor[]) {
  registerMissingKernels();
  const module = new CompiledModule();
  const locations = examples.map(({ shape }) => fixed(shape));
  // Call the function first: tensors created by a recording, such as an optimizer's slots, would have no values.
  preservingVariables(() => tf.tidy(() => void fn(...examples.map(copyOf))));
  const step = recordOnExamples(recordKernels, fn, examples);
  const { outputs, run } = module.add(step, input => at(locations, input));
  module.load();
  const scan = (inputs: readonly tf.Tensor[]): tf.Tensor[] => {
    const [runs = 0] = at(inputs, 0).shape;
    const results = outputs.map(({ shape, dtype }) =>
      tf.util.getArrayFromDType(dtype as 'float32', runs * sizeOf(shape)),
    );
    for (let i = 0; i < runs; i++) {
      for (const [k, x] of inputs.entries()) {
        copyRows(x, Int32Array.of(i), at(locations, k), module.memory);
      }
      run();
      outputs.forEach(({ access: { value } }, k) => {
        at(results, k).set(module.memory.floats(value), i * value.size);
      });
    }
    return outputs.map(({ shape, dtype }, k) => tf.tensor(at(results, k), [runs, ...shape], dtype));
  };
  return { module, scan };
}
