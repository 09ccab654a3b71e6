import { at } from '../array';
import type { Column } from '../bytes/column';
import { CompiledModule } from '../wasm/compiled-module';
import { load } from '../wasm/expression';
import type { Placed } from '../wasm/ir';
import { recordKernels } from '../wasm/record-kernels';
import { allocateSamples, copyRows } from '../wasm/samples';
import type { Call, CompilerInput, StepValues } from './model';
import type { OptimizerState } from './optimizer-state';
import { type PlannedStep, type Programs, recordSteps, type StepRecorder } from './record-step';
import { addUpdate } from './wasm-updates';

/**
 * Records tfjs-layers' own steps (forward pass, loss, metrics, gradients and update) and compiles them to WebAssembly,
 * with the weights in a separate memory. Needs `registerMissingKernels`. Throws NotRecordableError if the steps cannot
 * be compiled.
 */
export function compileWasmSteps(input: CompilerInput): Programs {
  const { optimizer } = input;
  const module = new CompiledModule(optimizer.scales());
  const scalars = module.allocate([optimizer.scalarCount]);
  const recorder: StepRecorder = { record: recordKernels, withOwnOps: (_, work) => work() };
  const programs = recordSteps(recorder, input).map(recorded => ({
    ...recorded,
    run: addProgram(module, recorded, scalars, optimizer),
  }));
  module.load();
  return { module, programs };
}

/** Adds a step to a module. Returns a callback to run steps of the loaded module. */
function addProgram(
  module: CompiledModule,
  { step, columns, trains }: PlannedStep,
  scalars: Placed,
  optimizer: OptimizerState,
): (call: Call) => StepValues[] {
  /** Data columns, and the memory for a batch of samples. */
  const inputs: [Column, Placed][] = [];
  const { outputs, builder, find, run } = module.add(step, (input, shape, builder) => {
    if (typeof input === 'object' && 'scalar' in input) {
      const scalar = load({ ...scalars.access, offset: input.scalar, strides: [] });
      return builder.map([], () => scalar, 'float32', []);
    }
    const column = at(columns, typeof input === 'number' ? input : input.bytesOf);
    const location = allocateSamples(column, shape);
    inputs.push([column, location]);
    return location;
  });
  const { fused } = optimizer;
  for (const { variable, slots, gradient } of fused ? step.updates : []) {
    const locations = [variable, ...slots].map(item => module.bind(item, true));
    addUpdate(builder, fused?.wasm ?? 'descend', locations, find(gradient), scalars);
  }
  const { memory } = module;
  return ({ rows, steps, batchSize }) =>
    Array.from({ length: steps }, (_, step) => {
      const batch = rows.subarray(step * batchSize, (step + 1) * batchSize);
      for (const [column, location] of inputs) copyRows(column.tensor, batch, location, memory);
      if (trains) memory.floats(scalars.access.value).set(optimizer.nextScalars());
      run();
      return [...memory.floats(at(outputs, 0).access.value)];
    });
}
