import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { nativeBackend } from '../backend';
import { Column } from '../bytes/column';
import { registerMissingKernels } from '../wasm/register-missing-kernels';
import {
  type Call,
  type CompilerInput,
  type InnerModel,
  type Part,
  type StepValues,
  trainableWeights,
} from './model';
import { compileNativeSteps } from './native-steps';
import { OptimizerState } from './optimizer-state';
import type { Programs } from './record-step';
import { moveStatesToVariables } from './states';
import { allRows, callsOf } from './steps';
import { compileWasmSteps } from './wasm-steps';

/** The samples to compile steps for, and the planned number of steps. */
export interface StepRequest {
  /** Inputs, targets and sample weights; empty for evaluation. */
  readonly training: readonly tf.Tensor[];
  readonly validation: readonly tf.Tensor[];
  readonly batchSize: number;
  /** Steps after which to update the model's weights, counted from 1 over all epochs. */
  readonly stops?: readonly number[];
  readonly steps: number;
  /** Minimal number of steps for which compiling is worthwhile. */
  readonly minSteps: number;
}

const VALIDATION_STEPS = 100;

/** Target duration of a call in milliseconds: a few percent of overhead, and the delay of interrupts and progress. */
const CALL_MS = 30;

/** Steps of models with outdated weights. */
const ahead = new Set<CompiledSteps>();

/** Updates the weights of all models to the last step, because another training may share them. */
export function pullAll(): void {
  for (const steps of ahead) steps.pull();
}

/** A model's compiled steps for one kind of request, run on copies of the weights. */
export class CompiledSteps {
  readonly input: CompilerInput;
  private readonly compiled: Programs;
  private readonly releaseStates: () => void;
  private isInUse = true;
  /** Milliseconds per step in the fastest call. */
  private perStep = Number.POSITIVE_INFINITY;

  /** Compiles steps with the samples of a request. `isObsolete` makes {@link release} free the steps. */
  constructor(
    model: InnerModel,
    { training, validation, batchSize, stops }: StepRequest,
    private isObsolete: boolean,
  ) {
    const backend = nativeBackend();
    const optimizer = new OptimizerState(model.optimizer);
    const parts = { training: partOf(training), validation: partOf(validation) };
    this.input = { ...parts, model, optimizer, batchSize, stops };
    this.releaseStates = moveStatesToVariables(model.layers);
    try {
      if (training.length > 0) optimizer.prepare(trainableWeights(model));
      if (!backend) registerMissingKernels();
      const { input } = this;
      this.compiled = backend ? compileNativeSteps(backend, input) : compileWasmSteps(input);
    } catch (error) {
      this.releaseStates();
      throw error;
    }
  }

  reuse({ training, validation }: StepRequest): this {
    this.isInUse = true;
    this.load([...training, ...validation]);
    return this;
  }

  /** Releases the samples; a single batch, which is small, remains until the next batch if `keepsSamples`. */
  release(keepsSamples = false): void {
    this.isInUse = false;
    if (!keepsSamples) {
      const empty = this.columns.map(column => column.empty());
      this.load(empty);
      tf.dispose(empty);
    }
    if (this.isObsolete) this.compiled.module.dispose?.();
    this.releaseStates();
  }

  /** Frees the steps, or makes {@link release} free them. */
  discard(): void {
    this.isObsolete = true;
    if (!this.isInUse) this.compiled.module.dispose?.();
  }

  /** Returns the maximum of steps for the next call of {@link train}. */
  stepsAtOnce(): number {
    const { unrolled = 1 } = at(this.compiled.programs, 0);
    return unrolled * Math.max(1, Math.round(CALL_MS / this.perStep / unrolled));
  }

  /** Runs steps on training samples, after assignments to weights and optimizer state since the last {@link pull}. */
  train(call: Call): readonly StepValues[] {
    if (!ahead.has(this)) {
      // Throws tfjs-layers' error if the model has been disposed of.
      trainableWeights(this.input.model);
      pullAll();
      this.push();
    }
    // Even if the call fails, some steps may be done.
    ahead.add(this);
    const start = performance.now();
    const values = this.run(call, true);
    this.perStep = Math.min(this.perStep, (performance.now() - start) / call.steps);
    return values;
  }

  /** Evaluates the validation samples. Returns the means. */
  validate(): StepValues {
    const { validation, batchSize } = this.input;
    const { count } = validation;
    let sums: StepValues = [];
    for (const call of callsOf(allRows(count), batchSize, () => VALIDATION_STEPS)) {
      for (const values of this.run(call, false)) {
        sums = values.map((value, i) => (sums[i] ?? 0) + value * call.batchSize);
      }
    }
    const { module, programs } = this.compiled;
    // Copies the states of stateful layers.
    if (programs.some(({ trains, step }) => !trains && step.assigned.size > 0)) module.pull();
    return sums.map(sum => sum / count);
  }

  /** Copies weights and optimizer state of the last step to the model. */
  pull(): void {
    if (!ahead.delete(this)) return;
    this.compiled.module.pull();
    this.input.optimizer.save();
  }

  private push(): void {
    this.input.optimizer.load();
    this.compiled.module.push();
  }

  private run(call: Call, trains: boolean): readonly StepValues[] {
    const { programs } = this.compiled;
    const fits = programs.filter(p => p.batchSize === call.batchSize && p.trains === trains);
    return at(fits, 0).run(call);
  }

  private get columns(): readonly Column[] {
    return [...this.input.training.columns, ...this.input.validation.columns];
  }

  private load(samples: readonly tf.Tensor[]): void {
    for (const [i, column] of this.columns.entries()) column.tensor = at(samples, i);
    this.push();
  }
}

const partOf = (tensors: readonly tf.Tensor[]): Part => ({
  columns: tensors.map(tensor => new Column(tensor)),
  count: tensors[0]?.shape[0] ?? 0,
});
