import { availableParallelism } from 'node:os';
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
import { addProgram, type StepProgram } from './step-program';

const VALIDATION_STEPS = 100;

/** Steps that an iteration may take: more of them lengthen the first call for little. */
const UNROLLED = [4, 3, 2, 1];
/** Ops of an iteration: with more, epochs take longer too, those of a masked LSTM by a quarter. */
const MOST_OPS = 1000;

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
  const { optimizer, live, stops = [] } = input;
  const perEpoch = Math.ceil(input.training.count / input.batchSize);
  const parting = stops.map(stop => stop % perEpoch);
  const module = new GraphModule(backend, parts * threadsOfOp());
  const recorded = withRecurrence(backend, parts, () =>
    withConvBlocks(backend, parts, () => recordSteps(nativeStepRecorder(backend), input)),
  );
  const assignsInValidation = recorded.some(each => !each.trains && each.step.assigned.size > 0);
  const shares = planShares(
    recorded.map(({ step }) => step),
    parts,
  );
  const training = new Map<number, StepProgram>();
  const validating = new Map<number, StepProgram>();
  for (const { columns, steps, batchSize, step, trains } of recorded) {
    const fits = (n: number) =>
      n * step.tape.ops.length < MOST_OPS && [steps, ...parting].every(part => part % n === 0);
    const unrolled = (trains && !live && UNROLLED.find(fits)) || 1;
    const rewritten = applyRewrites(step, { backend, columns, shares });
    const data = { columns, batchSize, unrolled, optimizer: trains ? optimizer : undefined };
    const programs = trains ? training : validating;
    programs.set(batchSize, addProgram(backend, module, rewritten, data));
  }
  module.load();
  /** Milliseconds, of the fastest call so far. */
  let perStep = Number.POSITIVE_INFINITY;
  return {
    /**
     * Whole iterations, so that what remains of an epoch is whole, too: a single one as long as nobody
     * knows how long a step takes.
     */
    stepsAtOnce() {
      const { unrolled = 1 } = training.get(input.batchSize) ?? {};
      return unrolled * Math.max(1, Math.round(CALL / perStep / unrolled));
    },
    train(call) {
      const began = performance.now();
      const values = programOf(training, call).run(call);
      perStep = Math.min(perStep, (performance.now() - began) / call.steps);
      return values;
    },
    validate(part) {
      const values = meansOver(part, input.batchSize, VALIDATION_STEPS, call =>
        programOf(validating, call).run(call),
      );
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

function programOf(programs: ReadonlyMap<number, StepProgram>, { batchSize }: Call): StepProgram {
  const program = programs.get(batchSize);
  if (!program) throw new RangeError(`Expected a planned batch size but received ${batchSize}`);
  return program;
}
