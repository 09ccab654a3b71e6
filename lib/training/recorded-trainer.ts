import type { NativeBackend } from './graph/native';
import { Session } from './graph/session';
import type { OptimizerState } from './optimizer-state';
import { type Call, callKey, planCalls } from './plan';
import { recordStep } from './record-step';
import { type Program, StepGraph } from './step-graph';
import type { InnerModel, Part, StepValues, Trainer } from './trainer';

/** Steps of validation in a call. */
const TEST_STEPS = 10;

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
  private readonly programs = new Map<string, Program>();
  private readonly session: Session;

  /** @throws NotRecordableError where the model does what a graph cannot repeat. */
  constructor(
    private readonly backend: NativeBackend,
    private readonly input: TrainerInput,
  ) {
    const { model, optimizer, training, validation, batchSize, stepsPerCall } = input;
    this.steps = new StepGraph(backend);
    this.calls = planCalls(training.count, batchSize, stepsPerCall);
    this.testCalls = validation ? planCalls(validation.count, batchSize, TEST_STEPS) : [];
    for (const call of distinct(this.calls)) {
      const step = recordStep(backend, model, training, call.batchSize, optimizer);
      this.programs.set(trainKey(call), this.steps.train(step, training, call, optimizer));
    }
    for (const call of distinct(this.testCalls)) {
      const part = validation as Part;
      const step = recordStep(backend, model, part, call.batchSize);
      this.programs.set(testKey(call), this.steps.test(step, part, call));
    }
    this.session = Session.load(backend.binding, this.steps.graph);
    this.push();
  }

  train(call: Call, rows: Int32Array): StepValues[] {
    const { optimizer } = this.input;
    const scalars = Array.from({ length: call.steps }, () => optimizer.nextScalars());
    return this.run(trainKey(call), call, rows, Float32Array.from(scalars.flat()));
  }

  test(): StepValues {
    const { start = 0, count = 1 } = this.input.validation ?? {};
    let row = start;
    let sums: number[] = [];
    for (const call of this.testCalls) {
      const rows = Int32Array.from({ length: call.steps * call.batchSize }, () => row++);
      for (const values of this.run(testKey(call), call, rows)) {
        sums = values.map((value, i) => (sums[i] ?? 0) + value * call.batchSize);
      }
    }
    return sums.map(sum => sum / count);
  }

  push(): void {
    this.steps.state.push(this.session);
  }

  pull(): void {
    this.steps.state.pull(this.session, this.steps.changed);
    this.input.optimizer.save();
  }

  dispose(): void {
    this.session.dispose();
  }

  private run(key: string, call: Call, rows: Int32Array, scalars?: Float32Array): StepValues[] {
    const { binding } = this.backend;
    const program = this.programs.get(key);
    if (!program) throw new RangeError(`Expected one of the planned calls but received ${key}`);
    const fed = binding.createTensor([call.steps, call.batchSize], binding.TF_INT32, rows);
    const feeds = new Map([[program.rows, fed]]);
    if (program.scalars && scalars) {
      const shape = [call.steps, scalars.length / call.steps];
      feeds.set(program.scalars, binding.createTensor(shape, binding.TF_FLOAT, scalars));
    }
    try {
      const columns = this.session.read(feeds, program.outputs);
      return Array.from({ length: call.steps }, (_, step) =>
        columns.map(column => column[step] ?? Number.NaN),
      );
    } finally {
      for (const id of feeds.values()) binding.deleteTensor(id);
    }
  }
}

const trainKey = (call: Call) => `train ${callKey(call)}`;
const testKey = (call: Call) => `test ${callKey(call)}`;

function distinct(calls: readonly Call[]): Call[] {
  return [...new Map(calls.map(call => [callKey(call), call])).values()];
}
