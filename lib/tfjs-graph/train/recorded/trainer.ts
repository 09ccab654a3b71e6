import { availableParallelism } from 'node:os';
import { at } from '../../array';
import type { NativeBackend } from '../../graph/backend';
import { GraphModule } from '../../graph/module';
import { threadsOfOp } from '../../graph/session';
import { nativeRecorder } from '../../graph/tape/simplify';
import { settings } from '../settings';
import type { Trainer, TrainerInput } from '../trainer';
import { withConvBlocks } from './convolutions';
import { withNativeGradients } from './gradients';
import { withFusedLosses } from './losses';
import { programTrainer } from './program-trainer';
import { recordSteps, type StepRecorder } from './record-step';
import { withRecurrence } from './recurrence';
import { applyRewrites, planShares } from './rewrites';
import { addProgram } from './step-program';

/** Steps of an iteration of the graph's loop. Each iteration costs TensorFlow the same, whatever its steps compute. */
const UNROLLED = [4, 3, 2, 1];
/** Ops of an iteration. With more, epochs take longer, too: of a masked LSTM a quarter. */
const MAX_OPS = 1000;

/**
 * Milliseconds that a call of training is to take: some hundredths of them go to what a call costs,
 * and an interrupt, or the line that shows the progress, waits so long.
 */
const CALL = 30;

/**
 * Takes a stock step of tfjs-layers, forward, loss, metrics, gradients and update, recorded into a
 * graph of TensorFlow, several steps a call. The weights and the data stay in the graph.
 *
 * @throws NotRecordableError if the model does what a graph cannot repeat.
 */
export function recordedTrainer(backend: NativeBackend, input: TrainerInput): Trainer {
  const parts = settings.parts ?? availableParallelism();
  const module = new GraphModule(backend, parts * threadsOfOp());
  for (const [slot, factor] of input.optimizer.scales()) module.scale(slot, factor);
  const recorded = withRecurrence(backend, parts, () =>
    withConvBlocks(backend, parts, () => recordSteps(nativeStepRecorder(backend), input)),
  );
  const shares = planShares(
    recorded.map(({ step }) => step),
    parts,
  );
  const { optimizer, batchSize, stops = [] } = input;
  const perEpoch = Math.ceil(input.training.count / batchSize);
  const programs = recorded.map(each => {
    const fits = (n: number) =>
      n * each.step.tape.ops.length < MAX_OPS &&
      [each.steps, ...stops.map(stop => stop % perEpoch)].every(steps => steps % n === 0);
    const unrolled = (each.trains && UNROLLED.find(fits)) || 1;
    const step = applyRewrites(each.step, { backend, columns: each.columns, shares, optimizer });
    return {
      ...each,
      unrolled,
      run: addProgram(backend, module, { ...each, step }, optimizer, unrolled),
    };
  });
  module.load();
  const trainer = programTrainer(module, programs, input);
  const { unrolled } = at(programs, 0);
  /** Milliseconds, of the fastest call so far. */
  let perStep = Number.POSITIVE_INFINITY;
  return {
    ...trainer,
    /** Whole iterations: a single one before the time of a step is known. */
    stepsAtOnce: () => unrolled * Math.max(1, Math.round(CALL / perStep / unrolled)),
    train(call) {
      const began = performance.now();
      const values = trainer.train(call);
      perStep = Math.min(perStep, (performance.now() - began) / call.steps);
      return values;
    },
    dispose: () => module.dispose(),
  };
}

/** Returns what records steps on TensorFlow. */
export const nativeStepRecorder = (backend: NativeBackend): StepRecorder => ({
  ...nativeRecorder(backend),
  withOwnOps: (model, work) =>
    withFusedLosses(backend, model, () => withNativeGradients(backend, work)),
});
