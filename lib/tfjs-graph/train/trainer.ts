import { at } from '../array';
import type { Call, Part, StepValues, TrainerInput } from './model';
import type { PlannedStep } from './recorded/record-step';
import { allRows, callsOf } from './steps';

interface Program extends PlannedStep {
  /** Number of steps that run together. */
  readonly unrolled?: number;
  run(call: Call): readonly StepValues[];
}

/** Validation steps per call. */
const VALIDATION_STEPS = 100;

/** Target duration of a call in milliseconds: a few percent of overhead, and the delay of interrupts and progress. */
const CALL_MS = 30;

/** Runs a model's compiled steps on copies of the weights. */
export class Trainer {
  /** Milliseconds per step in the fastest call. */
  private perStep = Number.POSITIVE_INFINITY;

  constructor(
    private readonly module: { push(): void; pull(): void; dispose?(): void },
    private readonly programs: readonly Program[],
    private readonly input: TrainerInput,
  ) {}

  /** Returns the maximum of steps for the next call of {@link train}. */
  stepsAtOnce(): number {
    const { unrolled = 1 } = at(this.programs, 0);
    return unrolled * Math.max(1, Math.round(CALL_MS / this.perStep / unrolled));
  }

  /** Runs steps on training samples. */
  train(call: Call): readonly StepValues[] {
    const start = performance.now();
    const values = this.run(call, true);
    this.perStep = Math.min(this.perStep, (performance.now() - start) / call.steps);
    return values;
  }

  /** Evaluates all samples of a part. Returns the means. */
  validate({ count }: Part): StepValues {
    let sums: StepValues = [];
    for (const call of callsOf(allRows(count), this.input.batchSize, () => VALIDATION_STEPS)) {
      for (const values of this.run(call, false)) {
        sums = values.map((value, i) => (sums[i] ?? 0) + value * call.batchSize);
      }
    }
    // Copies the states of stateful layers.
    if (this.programs.some(({ trains, step }) => !trains && step.assigned.size > 0)) {
      this.module.pull();
    }
    return sums.map(sum => sum / count);
  }

  /** Copies assignments to weights, optimizer state and columns since the last {@link pull} to the trainer. */
  push(): void {
    this.input.optimizer.load();
    this.module.push();
  }

  /** Copies weights and optimizer state of the last step to the model. */
  pull(): void {
    this.module.pull();
    this.input.optimizer.save();
  }

  dispose(): void {
    this.module.dispose?.();
  }

  private run(call: Call, trains: boolean): readonly StepValues[] {
    const fits = (program: Program) =>
      program.batchSize === call.batchSize && program.trains === trains;
    return at(this.programs.filter(fits), 0).run(call);
  }
}
