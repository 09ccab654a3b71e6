import { divideWeights } from './divide-weights';
import type { NativeBackend } from './graph/native';
import { Session } from './graph/session';
import type { OptimizerState } from './optimizer-state';
import { type Call, planCalls } from './plan';
import { type RecordedStep, recordStep } from './record-step';
import { type Program, StepGraph } from './step-graph';
import type { InnerModel, Part, StepValues, Trainer } from './trainer';

/** Steps of validation in a call. */
const TEST_STEPS = 100;

/** Steps that an iteration takes where it can: more would lengthen the first call for little. */
const UNROLLED = 5;

/** What a {@link RecordedTrainer} works on. */
export interface TrainerInput {
  readonly model: InnerModel;
  readonly optimizer: OptimizerState;
  readonly training: Part;
  readonly validation?: Part | undefined;
  readonly batchSize: number;
  /** Steps of training in a call: more of them save calls and lengthen the set-up. */
  readonly stepsPerCall: number;
}

/**
 * Takes a stock step of tfjs-layers, forward, loss, metrics, gradients and update, recorded into a
 * graph of TensorFlow, several steps a call. Weights and data stay in the session.
 */
export class RecordedTrainer implements Trainer {
  readonly calls: readonly Call[];
  private readonly testCalls: readonly Call[];
  private readonly steps: StepGraph;
  /** By the size of the batch. */
  private readonly training = new Map<number, Program>();
  private readonly testing = new Map<number, Program>();
  private readonly session: Session;
  /** Whether a step was taken since the last pull. */
  private stepped = false;

  /** @throws NotRecordableError where the model does what a graph cannot repeat. */
  constructor(
    private readonly backend: NativeBackend,
    private readonly input: TrainerInput,
  ) {
    const { model, optimizer, training, validation, batchSize, stepsPerCall } = input;
    this.steps = new StepGraph(backend);
    this.calls = planCalls(training.count, batchSize, stepsPerCall);
    this.testCalls = validation ? planCalls(validation.count, batchSize, TEST_STEPS) : [];
    const sizes = batchSizes(this.calls);
    const testSizes = batchSizes(this.testCalls);
    const recorded = divideWeights(backend, [
      ...sizes.map(size => recordStep(backend, model, training, size, optimizer)),
      ...testSizes.map(size => recordStep(backend, model, validation as Part, size)),
    ]);
    sizes.forEach((size, i) => {
      const step = recorded[i] as RecordedStep;
      const unrolled = canUnroll(this.calls, size) ? UNROLLED : 1;
      this.training.set(size, this.steps.train(step, training, size, unrolled, optimizer));
    });
    testSizes.forEach((size, i) => {
      const step = recorded[sizes.length + i] as RecordedStep;
      this.testing.set(size, this.steps.test(step, validation as Part, size));
    });
    this.session = Session.load(backend.binding, this.steps.graph);
    this.push();
  }

  train(call: Call, rows: Int32Array): StepValues[] {
    const { optimizer } = this.input;
    this.stepped = true;
    const scalars = Array.from({ length: call.steps }, () => optimizer.nextScalars());
    return this.run(this.training, call, rows, Float32Array.from(scalars.flat()));
  }

  test(): StepValues {
    const { start = 0, count = 1 } = this.input.validation ?? {};
    let row = start;
    let sums: number[] = [];
    for (const call of this.testCalls) {
      const rows = Int32Array.from({ length: call.steps * call.batchSize }, () => row++);
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
  }

  private run(
    programs: ReadonlyMap<number, Program>,
    { steps, batchSize }: Call,
    rows: Int32Array,
    scalars?: Float32Array,
  ): StepValues[] {
    const { binding } = this.backend;
    const program = programs.get(batchSize);
    if (!program) throw new RangeError(`Expected a planned batch size but received ${batchSize}`);
    const { unrolled } = program;
    const shape = [steps / unrolled, unrolled];
    const fed = binding.createTensor([...shape, batchSize], binding.TF_INT32, rows);
    const feeds = new Map([[program.rows, fed]]);
    if (program.scalars && scalars) {
      const each = [...shape, scalars.length / steps];
      feeds.set(program.scalars, binding.createTensor(each, binding.TF_FLOAT, scalars));
    }
    try {
      const [values = new Float32Array()] = this.session.read(feeds, [program.outputs]);
      const width = values.length / steps;
      return Array.from({ length: steps }, (_, step) =>
        Array.from(values.subarray(step * width, (step + 1) * width)),
      );
    } finally {
      for (const id of feeds.values()) binding.deleteTensor(id);
    }
  }
}

const batchSizes = (calls: readonly Call[]): number[] => [
  ...new Set(calls.map(({ batchSize }) => batchSize)),
];

/** Whether every call of this size is a multiple of {@link UNROLLED}. */
const canUnroll = (calls: readonly Call[], size: number): boolean =>
  calls.every(({ steps, batchSize }) => batchSize !== size || steps % UNROLLED === 0);
