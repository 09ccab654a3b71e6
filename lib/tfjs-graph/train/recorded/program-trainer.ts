import { at } from '../../array';
import { meansOver } from '../steps';
import type { Call, Part, StepValues, TrainerInput } from '../trainer';
import type { PlannedStep } from './record-step';

interface Program extends PlannedStep {
  run(call: Call): readonly StepValues[];
}

/** Steps of validation that are taken together. */
const VALIDATION_STEPS = 100;

/** Takes the steps of a model by programs of a module, which has the weights. */
export function programTrainer(
  module: { push(): void; pull(): void },
  programs: readonly Program[],
  { optimizer, batchSize }: TrainerInput,
) {
  const take = (call: Call, trains: boolean) => {
    const fits = (each: Program) => each.batchSize === call.batchSize && each.trains === trains;
    return at(programs.filter(fits), 0).run(call);
  };
  const assignsInValidation = programs.some(each => !each.trains && each.step.assigned.size > 0);
  return {
    train: (call: Call) => take(call, true),
    validate(part: Part) {
      const values = meansOver(part, batchSize, VALIDATION_STEPS, call => take(call, false));
      // The states that its layers carry on.
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
