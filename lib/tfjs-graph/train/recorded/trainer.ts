import { availableParallelism } from 'node:os';
import type { NativeBackend } from '../../graph/backend';
import { GraphModule } from '../../graph/module';
import { threadsOfOp } from '../../graph/session';
import { nativeRecorder } from '../../graph/tape/simplify';
import { meansOver } from '../steps';
import type { Call, Part, StepValues, Trainer, TrainerInput } from '../trainer';
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
 */
export class RecordedTrainer implements Trainer {
  private readonly module: GraphModule;
  private readonly training = new Map<number, StepProgram>();
  private readonly validating = new Map<number, StepProgram>();
  /** Milliseconds, of the fastest call so far. */
  private perStep = Number.POSITIVE_INFINITY;
  private readonly assignsInValidation: boolean;

  /**
   * @param parts of a large product that are computed side by side.
   * @param taken steps that another trainer has taken of the epoch that comes first.
   * @throws NotRecordableError if the model does what a graph cannot repeat.
   */
  constructor(
    backend: NativeBackend,
    private readonly input: TrainerInput,
    parts = availableParallelism(),
    taken = 0,
  ) {
    const { optimizer, live, stops = [] } = input;
    const perEpoch = Math.ceil(input.training.count / input.batchSize);
    const parting = [taken, ...stops.map(stop => stop % perEpoch)];
    this.module = new GraphModule(backend, parts * threadsOfOp());
    const recorded = withRecurrence(backend, parts, () =>
      recordSteps(nativeStepRecorder(backend), input),
    );
    this.assignsInValidation = recorded.some(each => !each.trains && each.step.assigned.size > 0);
    const shares = planShares(
      recorded.map(({ step }) => step),
      parts,
    );
    for (const { columns, steps, batchSize, step, trains } of recorded) {
      const fits = (n: number) =>
        n * step.tape.ops.length < MOST_OPS && [steps, ...parting].every(part => part % n === 0);
      const unrolled = (trains && !live && UNROLLED.find(fits)) || 1;
      const rewritten = applyRewrites(step, { backend, columns, shares, parts });
      const data = { columns, batchSize, unrolled, optimizer: trains ? optimizer : undefined };
      const programs = trains ? this.training : this.validating;
      programs.set(batchSize, addProgram(backend, this.module, rewritten, data));
    }
    this.module.load();
  }

  /**
   * Whole iterations, so that what remains of an epoch is whole, too: a single one as long as nobody
   * knows how long a step takes.
   */
  stepsAtOnce(): number {
    const { unrolled = 1 } = this.training.get(this.input.batchSize) ?? {};
    return unrolled * Math.max(1, Math.round(CALL / this.perStep / unrolled));
  }

  train(call: Call): StepValues[] {
    const began = performance.now();
    const values = programOf(this.training, call).run(call);
    this.perStep = Math.min(this.perStep, (performance.now() - began) / call.steps);
    return values;
  }

  validate(part: Part): StepValues {
    const values = meansOver(part, this.input.batchSize, VALIDATION_STEPS, call =>
      programOf(this.validating, call).run(call),
    );
    // The states that its layers carry on.
    if (this.assignsInValidation) this.module.pull();
    return values;
  }

  push(): void {
    this.module.push();
  }

  pull(): void {
    this.module.pull();
    this.input.optimizer.save();
  }

  dispose(): void {
    this.module.dispose();
  }
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
