import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { preservingVariables } from '../../graph/recording';
import { type RecordedStep, recordSteps } from '../recorded/record-step';
import { meansOver } from '../steps';
import {
  type Call,
  type Part,
  type StepValues,
  type Trainer,
  type TrainerInput,
  trainableWeights,
} from '../trainer';
import { CompiledModule } from './compiled-module';
import { load, mul } from './expression';
import type { Placed } from './ir';
import { kernelRecorder } from './record-kernels';
import { copyRows, samplesPlace } from './samples';
import { addUpdate } from './updates';

/**
 * Takes a stock step of tfjs-layers, forward, loss, metrics, gradients and update, recorded and compiled to
 * WebAssembly of our own, with the weights in a memory of its own.
 */
export class WasmTrainer implements Trainer {
  private readonly module = new CompiledModule();
  private readonly scalars: Placed;
  private readonly programs;

  /**
   * The engine has a kernel for each operation: see `registerMissingKernels`.
   *
   * @throws NotRecordableError for a model that it cannot train.
   */
  constructor(private readonly given: TrainerInput) {
    const { model, optimizer } = given;
    const gradients = () =>
      trainableWeights(model).map(({ name, shape }) => ({ name, tensor: tf.zeros(shape) }));
    const makeSlots = () => tf.tidy(() => model.optimizer.applyGradients(gradients()));
    // A recording computes nothing: they would lack numbers.
    if (!optimizer.fused) preservingVariables(makeSlots);
    this.scalars = this.module.place([optimizer.scalarCount]);
    this.programs = recordSteps(kernelRecorder, given).map(({ step, columns, ...planned }) => ({
      ...planned,
      ...this.programOf(step, columns),
    }));
    this.module.load();
  }

  private programOf(step: RecordedStep, columns: readonly tf.Tensor[]) {
    /** Columns of the data, and where their samples of a batch go. */
    const inputs: [tf.Tensor, Placed][] = [];
    const { scalars, module } = this;
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
    const { fused } = this.given.optimizer;
    for (const { variable, slots, gradient } of fused ? step.updates : []) {
      const [weight, ...kept] = [variable, ...slots].map(each => module.hold(each, true));
      const slope = find(gradient);
      addUpdate(builder, fused?.wasm ?? 'descend', [weight as Placed, ...kept], slope, scalars);
    }
    return { inputs, values: at(outputs, 0).access.value, run };
  }

  train(call: Call): StepValues[] {
    const numbers = this.given.optimizer.nextScalars();
    this.module.memory.floats(this.scalars.access.value).set(numbers);
    return [this.run(call, true)];
  }

  validate(part: Part): StepValues {
    return meansOver(part, this.given.batchSize, 1, call => [this.run(call, false)]);
  }

  private run(call: Call, trains: boolean): StepValues {
    const fitting = this.programs.filter(
      each => each.batchSize === call.batchSize && each.trains === trains,
    );
    const { inputs, run, values } = at(fitting, 0);
    for (const [column, place] of inputs) copyRows(column, call.rows, place, this.module.memory);
    run();
    return [...this.module.memory.floats(values)];
  }

  push(): void {
    this.module.push();
  }

  pull(): void {
    this.module.pull();
    this.given.optimizer.save();
  }
}
