import { availableParallelism } from 'node:os';
import { hasOwnOps, type NativeBackend } from '../backend';
import { BlockOps, convolutionCalls } from '../native/layers/convolutions';
import { activationGradients, softmaxGradient } from '../native/layers/gradients';
import { recurrentCall } from '../native/layers/recurrence';
import { GraphModule } from '../native/module';
import { nativeRecorder } from '../native/record';
import { threadsOfOp } from '../native/session';
import { callPatches } from '../trace/layer-calls';
import { withPatches } from '../with-values';
import { fusedLosses } from './losses';
import type { CompilerInput } from './model';
import { type Programs, recordSteps, type StepRecorder } from './record-step';
import { applyRewrites, planShares } from './rewrites';
import { settings } from './settings';
import { addProgram } from './step-program';

/** Candidates for the number of steps per loop iteration. Each iteration has a constant overhead in TensorFlow. */
const UNROLLED = [4, 3, 2, 1];
/** Maximum of ops per iteration. More ops slow down epochs, too: a masked LSTM by a quarter. */
const MAX_OPS = 1000;

/**
 * Records tfjs-layers' own steps (forward pass, loss, metrics, gradients and update) into a TensorFlow graph that runs
 * several steps per call. Weights and data stay in the graph. Throws NotRecordableError if a graph cannot replay the
 * steps.
 */
export function compileNativeSteps(backend: NativeBackend, input: CompilerInput): Programs {
  const parts = settings.parts ?? availableParallelism();
  const module = new GraphModule(backend, parts * threadsOfOp(), input.optimizer.scales());
  const recorded = recordSteps(nativeStepRecorder(backend, parts), input);
  const shares = planShares(
    recorded.map(({ step }) => step),
    parts,
  );
  const { optimizer, batchSize, stops = [] } = input;
  const perEpoch = Math.ceil(input.training.count / batchSize);
  const programs = recorded.map(plan => {
    const fits = (n: number) =>
      n * plan.step.tape.ops.length < MAX_OPS &&
      [plan.steps, ...stops.map(stop => stop % perEpoch)].every(steps => steps % n === 0);
    const unrolled = (plan.trains && UNROLLED.find(fits)) || 1;
    const step = applyRewrites(plan.step, { backend, columns: plan.columns, shares, optimizer });
    return {
      ...plan,
      unrolled,
      run: addProgram(backend, module, { ...plan, step }, optimizer, unrolled),
    };
  });
  module.load();
  return { module, programs };
}

export const nativeStepRecorder = (backend: NativeBackend, parts: number): StepRecorder => ({
  record: nativeRecorder(backend),
  withOwnOps(model, work) {
    const gradients = activationGradients(backend);
    if (!hasOwnOps(backend)) return withPatches(gradients, work);
    const blocks = new BlockOps(backend, parts);
    const calls = { RNN: recurrentCall(backend, parts), ...convolutionCalls(blocks) };
    const losses = fusedLosses(backend, model);
    const patches = [...callPatches(calls), ...gradients, softmaxGradient(backend), losses];
    try {
      return withPatches(patches, work);
    } finally {
      blocks.dispose();
    }
  },
});
