import { availableParallelism } from 'node:os';
import type { NativeBackend } from '../../graph/backend';
import { GraphModule } from '../../graph/module';
import { threadsOfOp } from '../../graph/session';
import { type Call, callsOf, epochOf, meansOver, planCalls } from '../steps';
import type { Part, Steps, StepValues, Trainer, TrainerInput } from '../trainer';
import { type RecordedStep, recordStep } from './record-step';
import { applyRewrites, planShares } from './rewrites';
import { StepProgram } from './step-program';

const VALIDATION_STEPS = 100;

/** Steps that an iteration may take: more of them lengthen the first call for little. */
const UNROLLED = [4, 3, 2, 1];

/**
 * Milliseconds that a call of training is to take: some hundredths of them go to what a call costs,
 * and an interrupt, or the line that shows the progress, waits so long.
 */
const CALL = 30;

/**
 * Takes a stock step of tfjs-layers, forward, loss, metrics, gradients and update, recorded into a
 * graph of TensorFlow, several steps a call. The weights stay in the graph; so do the data on a GPU,
 * and the processor is handed them at each call.
 */
export class RecordedTrainer implements Trainer {
  private readonly module: GraphModule;
  private readonly training: ReadonlyMap<number, StepProgram>;
  private readonly validating: ReadonlyMap<number, StepProgram>;
  /** Milliseconds, of the fastest call so far. */
  private perStep = Number.POSITIVE_INFINITY;

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
    const { optimizer, training, validation, live } = input;
    this.module = new GraphModule(backend, parts * threadsOfOp());
    const { trained, validated } = recordSteps(backend, input);
    const shares = planShares(
      [...trained, ...validated].map(({ recorded }) => recorded),
      parts,
    );
    const passed = (recorded: RecordedStep, { columns }: Part) =>
      applyRewrites(recorded, { backend, columns, optimizer, shares, parts });
    this.training = new Map(
      trained.map(({ recorded, steps, batchSize: size }) => {
        const fits = (n: number) => steps % n === 0 && (steps - taken) % n === 0;
        const unrolled = UNROLLED.find(n => !live && fits(n)) ?? 1;
        const step = passed(recorded, training);
        const { columns } = training;
        const data = { columns, batchSize: size, unrolled, optimizer };
        return [size, new StepProgram(backend, this.module, step, data)];
      }),
    );
    this.validating = new Map(
      validated.map(({ recorded, batchSize: size }) => {
        const part = validation ?? training;
        const data = { columns: part.columns, batchSize: size, unrolled: 1 };
        return [size, new StepProgram(backend, this.module, passed(recorded, part), data)];
      }),
    );
    this.module.load();
  }

  epoch(rows: Int32Array): Iterable<Steps> {
    const { live, optimizer, batchSize, validation } = this.input;
    return epochOf(
      {
        live,
        calls: callsOf(rows.length, batchSize, () => (live ? 1 : this.stepsAtOnce())),
        train: (call, own) => this.train(call, own),
        validate: validation && (() => this.validate()),
        push: () => this.module.push(),
        pull: () => {
          this.module.pull();
          optimizer.save();
        },
      },
      rows,
    );
  }

  /** Measures the validation samples: loss and metrics, as means over them all. */
  validate(): StepValues {
    const { validation, batchSize } = this.input;
    if (!validation) throw new Error('Expected samples for validation');
    return meansOver(validation, batchSize, VALIDATION_STEPS, (call, rows) =>
      programOf(this.validating, call.batchSize).run(call.steps, rows),
    );
  }

  dispose(): void {
    this.module.dispose();
  }

  private train(call: Call, rows: Int32Array): StepValues[] {
    const began = performance.now();
    const values = programOf(this.training, call.batchSize).run(call.steps, rows);
    this.perStep = Math.min(this.perStep, (performance.now() - began) / call.steps);
    return values;
  }

  /**
   * Whole iterations, so that what remains of an epoch is whole, too: a single one as long as nobody
   * knows how long a step takes.
   */
  private stepsAtOnce(): number {
    const { unrolled } = programOf(this.training, this.input.batchSize);
    return unrolled * Math.max(1, Math.round(CALL / this.perStep / unrolled));
  }
}

function recordSteps(
  backend: NativeBackend,
  { model, optimizer, training, validation, batchSize }: TrainerInput,
) {
  try {
    return {
      trained: planCalls(training.count, batchSize, Number.POSITIVE_INFINITY).map(call => ({
        ...call,
        recorded: recordStep(backend, model, training, call.batchSize, optimizer),
      })),
      validated: validation
        ? planCalls(validation.count, batchSize, Number.POSITIVE_INFINITY).map(call => ({
            ...call,
            recorded: recordStep(backend, model, validation, call.batchSize),
          }))
        : [],
    };
  } finally {
    // The steps that were recorded do not count.
    optimizer.save();
  }
}

function programOf(programs: ReadonlyMap<number, StepProgram>, batchSize: number): StepProgram {
  const program = programs.get(batchSize);
  if (!program) throw new RangeError(`Expected a planned batch size but received ${batchSize}`);
  return program;
}
