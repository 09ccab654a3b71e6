import type { NativeBackend } from '../../graph/backend';
import { multiplySmall } from '../../graph/passes/small-mat-mul';
import type { Session } from '../../graph/session';
import type { OptimizerState } from '../optimizer-state';
import { type Call, callsOf, planCalls, rowsFrom } from '../plan';
import type { InnerModel, Part, StepValues, Trainer } from '../trainer';
import { divideWeights } from './divide-weights';
import { fuseUpdates } from './fuse-updates';
import { type RecordedStep, recordStep } from './record-step';
import { skipZeros } from './skip-zeros';
import { type Program, StepGraph } from './step-graph';

/** Steps of validation in a call. */
const TEST_STEPS = 100;

/** Steps that an iteration may take: more of them lengthen the first call for little. */
const UNROLLED = [4, 3, 2, 1];

/**
 * Milliseconds that a call of training is to take: some hundredths of them go to what a call costs,
 * and an interrupt, or the line that shows the progress, waits so long.
 */
const CALL = 30;

/** What a {@link RecordedTrainer} works on. */
export interface TrainerInput {
  readonly model: InnerModel;
  readonly optimizer: OptimizerState;
  readonly training: Part;
  readonly validation?: Part | undefined;
  readonly batchSize: number;
  /** Whether each step of training is to be a call of its own. */
  readonly single: boolean;
}

/**
 * Takes a stock step of tfjs-layers, forward, loss, metrics, gradients and update, recorded into a
 * graph of TensorFlow, several steps a call. The weights stay in the session; so do the data on a GPU,
 * and the processor is handed them at each call.
 */
export class RecordedTrainer implements Trainer {
  private readonly testCalls: readonly Call[];
  private readonly steps: StepGraph;
  /** By the size of the batch. */
  private readonly training = new Map<number, Program>();
  private readonly testing = new Map<number, Program>();
  private readonly session: Session;
  /** Milliseconds, of the fastest call so far. */
  private perStep = Number.POSITIVE_INFINITY;
  /** Whether a step was taken since the last pull. */
  private stepped = false;

  /** @throws NotRecordableError where the model does what a graph cannot repeat. */
  constructor(
    private readonly backend: NativeBackend,
    private readonly input: TrainerInput,
  ) {
    const { model, optimizer, training, validation, batchSize } = input;
    this.steps = new StepGraph(backend);
    this.testCalls = validation ? planCalls(validation.count, batchSize, TEST_STEPS) : [];
    // One of each size.
    const calls = planCalls(training.count, batchSize, Number.POSITIVE_INFINITY);
    const testSizes = batchSizes(this.testCalls);
    const recorded = divideWeights(backend, [
      ...calls.map(call => recordStep(backend, model, training, call.batchSize, optimizer)),
      ...testSizes.map(size => recordStep(backend, model, validation as Part, size)),
    ]);
    const multiplied = (steps: readonly RecordedStep[], part: Part) =>
      skipZeros(backend, steps, part).map(step => ({
        ...step,
        tape: multiplySmall(backend, step.tape),
      }));
    const trainings = multiplied(recorded.slice(0, calls.length), training);
    trainings.forEach((step, i) => {
      const { steps, batchSize: size } = calls[i] as Call;
      const unrolled = UNROLLED.find(n => !input.single && steps % n === 0) ?? 1;
      const fused = fuseUpdates(step, optimizer);
      this.training.set(size, this.steps.train(fused, training, size, unrolled, optimizer));
    });
    if (validation) {
      const tests = multiplied(recorded.slice(calls.length), validation);
      tests.forEach((step, i) => {
        const size = testSizes[i] as number;
        this.testing.set(size, this.steps.test(step, validation, size));
      });
    }
    this.session = this.steps.state.load();
  }

  get calls(): Iterable<Call> {
    const { training, batchSize, single } = this.input;
    return callsOf(training.count, batchSize, () => (single ? 1 : this.stepsAtOnce()));
  }

  train(call: Call, rows: Int32Array): StepValues[] {
    const { optimizer } = this.input;
    this.stepped = true;
    const { scalarCount } = optimizer;
    const scalars = new Float32Array(call.steps * scalarCount);
    for (let i = 0; i < call.steps; i++) scalars.set(optimizer.nextScalars(), i * scalarCount);
    const began = performance.now();
    const values = this.run(this.training, call, rows, scalars);
    this.perStep = Math.min(this.perStep, (performance.now() - began) / call.steps);
    return values;
  }

  /**
   * Whole iterations, so that what remains of an epoch is whole, too: a single one as long as nobody
   * knows how long a step takes.
   */
  private stepsAtOnce(): number {
    const { unrolled } = this.programOf(this.training, this.input.batchSize);
    return unrolled * Math.max(1, Math.round(CALL / this.perStep / unrolled));
  }

  test(): StepValues {
    const { start = 0, count = 1 } = this.input.validation ?? {};
    let row = start;
    let sums: number[] = [];
    for (const call of this.testCalls) {
      const rows = rowsFrom(row, call.steps * call.batchSize);
      row += rows.length;
      for (const values of this.run(this.testing, call, rows)) {
        sums = values.map((value, i) => (sums[i] ?? 0) + value * call.batchSize);
      }
    }
    return sums.map(sum => sum / count);
  }

  push(): void {
    this.steps.state.push(this.session);
  }

  pull(): void {
    // What callbacks have assigned since the last step is not to be undone.
    if (this.stepped) this.steps.state.pull(this.session, this.steps.changed);
    this.stepped = false;
    this.input.optimizer.save();
  }

  dispose(): void {
    this.session.dispose();
    this.steps.state.dispose();
  }

  private programOf(programs: ReadonlyMap<number, Program>, batchSize: number): Program {
    const program = programs.get(batchSize);
    if (!program) throw new RangeError(`Expected a planned batch size but received ${batchSize}`);
    return program;
  }

  private run(
    programs: ReadonlyMap<number, Program>,
    { steps, batchSize }: Call,
    rows: Int32Array,
    scalars?: Float32Array,
  ): StepValues[] {
    const { binding } = this.backend;
    const program = this.programOf(programs, batchSize);
    const { unrolled } = program;
    const shape = [steps / unrolled, unrolled];
    const own = new Map([
      [program.rows, binding.createTensor([...shape, batchSize], binding.TF_INT32, rows)],
    ]);
    if (program.scalars && scalars) {
      const each = [...shape, scalars.length / steps];
      own.set(program.scalars, binding.createTensor(each, binding.TF_FLOAT, scalars));
    }
    try {
      const feeds = this.steps.state.feeds(own);
      const [values = new Float32Array()] = this.session.read(feeds, [program.outputs]);
      const width = values.length / steps;
      return Array.from({ length: steps }, (_, step) =>
        Array.from(values.subarray(step * width, (step + 1) * width)),
      );
    } finally {
      for (const id of own.values()) binding.deleteTensor(id);
    }
  }
}

const batchSizes = (calls: readonly Call[]): number[] => [
  ...new Set(calls.map(({ batchSize }) => batchSize)),
];
