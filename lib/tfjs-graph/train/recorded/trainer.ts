import { availableParallelism } from 'node:os';
import { at } from '../../array';
import type { NativeBackend } from '../../graph/backend';
import { GraphModule } from '../../graph/module';
import { threadsOfOp } from '../../graph/session';
import { nativeRecorder } from '../../graph/tape/simplify';
import { meansOver } from '../steps';
import type { Call, Trainer, TrainerInput } from '../trainer';
import { withConvBlocks } from './convolutions';
import { withLogitLoss, withNativeGradients } from './gradients';
import { recordSteps, type StepRecorder } from './record-step';
import { withRecurrence } from './recurrence';
import { applyRewrites, planShares } from './rewrites';
import { addProgram } from './step-program';

const VALIDATION_STEPS = 100;

/**
 * Milliseconds that a call of training is to take: some hundredths of them go to what a call costs,
 * and an interrupt, or the line that shows the progress, waits so long.
 */
const CALL = 30;

/**
 * Takes a stock step of tfjs-layers, forward, loss, metrics, gradients and update, recorded into a
 * graph of TensorFlow, several steps a call. The weights and the data stay in the graph.
 *
 * @param parts of a large product that are computed side by side.
 * @throws NotRecordableError if the model does what a graph cannot repeat.
 */
export function recordedTrainer(
  backend: NativeBackend,
  input: TrainerInput,
  parts = availableParallelism(),
): Trainer {
  const { optimizer } = input;
  const module = new GraphModule(backend, parts * threadsOfOp());
  const recorded = withRecurrence(backend, parts, () =>
    withConvBlocks(backend, parts, () => recordSteps(nativeStepRecorder(backend), input)),
  );
  const assignsInValidation = recorded.some(each => !each.trains && each.step.assigned.size > 0);
  const shares = planShares(
    recorded.map(({ step }) => step),
    parts,
  );
  const programs = recorded.map(({ columns, batchSize, step, trains }) => {
    const rewritten = applyRewrites(step, { backend, columns, shares });
    const data = { columns, batchSize, optimizer: trains ? optimizer : undefined };
    return { batchSize, trains, run: addProgram(backend, module, rewritten, data) };
  });
  const take = (call: Call, trains: boolean) =>
    at(
      programs.filter(each => each.batchSize === call.batchSize && each.trains === trains),
      0,
    ).run(call);
  module.load();
  /** Milliseconds, of the fastest call so far. */
  let perStep = Number.POSITIVE_INFINITY;
  return {
    /** A single one as long as nobody knows how long a step takes. */
    stepsAtOnce: () => Math.max(1, Math.round(CALL / perStep)),
    train(call) {
      const began = performance.now();
      const values = take(call, true);
      perStep = Math.min(perStep, (performance.now() - began) / call.steps);
      return values;
    },
    validate(part) {
      const values = meansOver(part, input.batchSize, VALIDATION_STEPS, call => take(call, false));
      // The states that its layers carry on.
      if (assignsInValidation) module.pull();
      return values;
    },
    push: () => module.push(),
    pull() {
      module.pull();
      optimizer.save();
    },
    dispose: () => module.dispose(),
  };
}

/** Returns what records steps on TensorFlow. */
export const nativeStepRecorder = (backend: NativeBackend): StepRecorder => ({
  ...nativeRecorder(backend),
  asInKeras: (model, work) =>
    withLogitLoss(backend, model, () => withNativeGradients(backend, work)),
});
