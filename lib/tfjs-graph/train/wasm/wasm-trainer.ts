import { at } from '../../array';
import type { Column } from '../../graph/column';
import type { OptimizerState } from '../optimizer-state';
import { programTrainer } from '../recorded/program-trainer';
import { type PlannedStep, recordSteps } from '../recorded/record-step';
import type { Call, StepValues, Trainer, TrainerInput } from '../trainer';
import { CompiledModule } from './compiled-module';
import { load, mul } from './expression';
import type { Placed } from './ir';
import { kernelRecorder } from './record-kernels';
import { copyRows, samplesPlace } from './samples';
import { addUpdate } from './updates';

/**
 * Takes a stock step of tfjs-layers, forward, loss, metrics, gradients and update, recorded and compiled to
 * WebAssembly of our own, with the weights in a memory of its own. The engine has a kernel for each operation:
 * see `registerMissingKernels`.
 *
 * @throws NotRecordableError for a model that it cannot train.
 */
export function wasmTrainer(input: TrainerInput): Trainer {
  const { optimizer } = input;
  const module = new CompiledModule();
  for (const [slot, factor] of optimizer.scales()) module.scale(slot, factor);
  const scalars = module.place([optimizer.scalarCount]);
  const programs = recordSteps(kernelRecorder, input).map(recorded => ({
    ...recorded,
    run: addProgram(module, recorded, scalars, optimizer),
  }));
  module.load();
  return { ...programTrainer(module, programs, input), dispose() {} };
}

/** Adds a step to a module. Returns a function that takes it once the module is loaded. */
function addProgram(
  module: CompiledModule,
  { step, columns, trains }: PlannedStep,
  scalars: Placed,
  optimizer: OptimizerState,
): (call: Call) => StepValues[] {
  /** Columns of the data, and where their samples of a batch go. */
  const inputs: [Column, Placed][] = [];
  const { outputs, builder, find, run } = module.add(step, (input, shape, builder) => {
    if (typeof input === 'object' && 'scalar' in input) {
      const own = load({ ...scalars.access, offset: input.scalar, strides: [] });
      return builder.map([], () => mul(own, input.sign), 'float32', []);
    }
    const column = at(columns, typeof input === 'number' ? input : input.bytesOf);
    const place = samplesPlace(column, shape);
    inputs.push([column, place]);
    return place;
  });
  const { fused } = optimizer;
  for (const { variable, slots, gradient } of fused ? step.updates : []) {
    const [weight, ...kept] = [variable, ...slots].map(each => module.hold(each, true));
    const slope = find(gradient);
    addUpdate(builder, fused?.wasm ?? 'descend', [weight as Placed, ...kept], slope, scalars);
  }
  const { memory } = module;
  return ({ rows, steps, batchSize }) =>
    Array.from({ length: steps }, (_, step) => {
      const own = rows.subarray(step * batchSize, (step + 1) * batchSize);
      for (const [column, place] of inputs) copyRows(column.tensor, own, place, memory);
      if (trains) memory.floats(scalars.access.value).set(optimizer.nextScalars());
      run();
      return [...memory.floats(at(outputs, 0).access.value)];
    });
}
