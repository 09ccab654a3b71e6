import { at } from '../../array';
import { allRows, callsOf } from '../steps';
import type { Call, StepValues, Trainer, TrainerInput } from '../trainer';
import type { PlannedStep } from './record-step';

interface Program extends PlannedStep {
  /** Number of steps that run together. */
  readonly unrolled?: number;
  run(call: Call): readonly StepValues[];
}

/** Validation steps per call. */
const VALIDATION_STEPS = 100;

/** Target duration of a call in milliseconds: a few percent of overhead, and the delay of interrupts and progress. */
const CALL_MS = 30;

/** Creates a trainer from compiled programs and the module with the weights. */
export function programTrainer(
  module: { push(): void; pull(): void; dispose?(): void },
  programs: readonly Program[],
  { optimizer, batchSize }: TrainerInput,
): Trainer {
  const run = (call: Call, trains: boolean) => {
    const fits = (program: Program) =>
      program.batchSize === call.batchSize && program.trains === trains;
    return at(programs.filter(fits), 0).run(call);
  };
  const assignsInValidation = programs.some(
    ({ trains, step }) => !trains && step.assigned.size > 0,
  );
  const { unrolled = 1 } = at(programs, 0);
  /** Milliseconds per step in the fastest call. */
  let perStep = Number.POSITIVE_INFINITY;
  return {
    stepsAtOnce: () => unrolled * Math.max(1, Math.round(CALL_MS / perStep / unrolled)),
    train(call) {
      const start = performance.now();
      const values = run(call, true);
      perStep = Math.min(perStep, (performance.now() - start) / call.steps);
      return values;
    },
    validate({ count }) {
      let sums: StepValues = [];
      for (const call of callsOf(allRows(count), batchSize, () => VALIDATION_STEPS)) {
        for (const values of run(call, false)) {
          sums = values.map((value, i) => (sums[i] ?? 0) + value * call.batchSize);
        }
      }
      // Copies the states of stateful layers.
      if (assignsInValidation) module.pull();
      return sums.map(sum => sum / count);
    },
    push() {
      optimizer.load();
      module.push();
    },
    pull() {
      module.pull();
      optimizer.save();
    },
    dispose: () => module.dispose?.(),
  };
}
