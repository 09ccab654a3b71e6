import { at } from '../../array';
import { meansOver } from '../steps';
import type { Call, Part, StepValues, TrainerInput } from '../trainer';
import type { PlannedStep } from './record-step';

interface Program extends PlannedStep {
  run(call: Call): readonly StepValues[];
}

/** Validation steps per call. */
const VALIDATION_STEPS = 100;

/** Creates a trainer from compiled programs and the module with the weights. */
export function programTrainer(
  module: { push(): void; pull(): void },
  programs: readonly Program[],
  { optimizer, batchSize }: TrainerInput,
) {
  const run = (call: Call, trains: boolean) => {
    const fits = (program: Program) =>
      program.batchSize === call.batchSize && program.trains === trains;
    return at(programs.filter(fits), 0).run(call);
  };
  const assignsInValidation = programs.some(
    ({ trains, step }) => !trains && step.assigned.size > 0,
  );
  return {
    train: (call: Call) => run(call, true),
    validate(part: Part) {
      const values = meansOver(part, batchSize, VALIDATION_STEPS, call => run(call, false));
      // Copies the states of stateful layers.
      if (assignsInValidation) module.pull();
      return values;
    },
    push() {
      optimizer.load();
      module.push();
    },
    pull() {
      module.pull();
      optimizer.save();
    },
  };
}
