/** The compiled steps of each model, kept for as long as the model and what they were compiled for stay the same. */
import * as tf from '@tensorflow/tfjs';
import { nativeBackend } from '../graph/backend';
import { Column, kindOfSamples } from '../graph/column';
import { reportFallback } from './fallback';
import { OptimizerState } from './optimizer-state';
import { recordedTrainer } from './recorded/trainer';
import { settings } from './settings';
import { holdStates, statefulLayers } from './states';
import { type InnerModel, type Part, type Trainer, trainableWeights } from './trainer';
import { wasmTrainer } from './wasm/wasm-trainer';
import { registerMissingKernels } from './wasm-kernels/register-missing-kernels';

/** The samples for which steps are compiled, and the steps that the caller is about to take. */
export interface StepRequest {
  /** Inputs, targets and weights of the samples; none if the steps only measure. */
  readonly training: readonly tf.Tensor[];
  readonly validation: readonly tf.Tensor[];
  readonly batchSize: number;
  /** Steps after which the model gets its weights, counted from 1 over all epochs. */
  readonly stops?: readonly number[];
  /** The number of steps to come. */
  readonly steps: number;
  /** The number of steps from which on compiling them is worth its time. */
  readonly least: number;
}

/** Compiled steps with the samples of a request. */
export interface CompiledSteps {
  readonly trainer: Trainer;
  readonly training: Part;
  readonly validation?: Part | undefined;
  /** Releases the samples. */
  release(): void;
}

interface Entry {
  /** Steps of tfjs-layers itself, before these were compiled. */
  stockSteps: number;
  hasFailed?: boolean;
  compiled?: Compiled;
}

interface Compiled {
  readonly trainer: Trainer;
  readonly training: Part;
  readonly validation: Part;
  isInUse: boolean;
  isObsolete?: boolean;
}

interface ModelEntries {
  /** The objects that the steps were compiled with: other ones make them obsolete. */
  readonly parts: readonly unknown[];
  /** By the kind of request, in the order of their last use. */
  readonly entries: Map<string, Entry>;
}

/** Functions that give a model the weights of its last step, of the trainings whose models lack them. */
export const overdue = new Set<() => void>();

/** Gives each model the weights of its last step: another training may share them. */
export function settle(): void {
  for (const pull of overdue) pull();
}

const models = new WeakMap<InnerModel, ModelEntries>();

/** The number of kinds of steps that are kept of a model. */
const MOST_KEPT = 8;

/** Backends whose models are compiled to WebAssembly. A GPU computes by itself what it is given. */
const COMPILED_TO_WASM = ['wasm', 'cpu'];

/**
 * Returns compiled steps for a request; undefined if tfjs-layers is to take the steps itself, because there are
 * too few or because they cannot be compiled.
 */
export function compiledSteps(model: InnerModel, request: StepRequest): CompiledSteps | undefined {
  const backend = nativeBackend();
  if (!backend && !COMPILED_TO_WASM.includes(tf.getBackend())) return undefined;
  settle();
  const entry = entryOf(model, request);
  if (entry.hasFailed) return undefined;
  if (!entry.compiled && entry.stockSteps + request.steps < request.least) {
    entry.stockSteps += request.steps;
    return undefined;
  }
  let releaseStates = () => {};
  try {
    if (statefulLayers(model.layers).length > 0) {
      if (request.steps === 1) return undefined;
      releaseStates = holdStates(model.layers);
      const compiled = compile(model, request);
      return use(compiled, request, () => {
        compiled.trainer.dispose();
        releaseStates();
      });
    }
    entry.compiled ??= compile(model, request);
    return use(entry.compiled, request, () => {});
  } catch (error) {
    releaseStates();
    entry.hasFailed = true;
    reportFallback(model, error);
    return undefined;
  }
}

/** Frees the compiled steps of a model. */
export function forgetSteps(model: InnerModel): void {
  for (const entry of models.get(model)?.entries.values() ?? []) discard(entry);
  models.delete(model);
}

function discard({ compiled }: Entry): void {
  if (!compiled) return;
  compiled.isObsolete = true;
  if (!compiled.isInUse) compiled.trainer.dispose();
}

function entryOf(model: InnerModel, request: StepRequest): Entry {
  const { optimizer, lossFunctions, metricsTensors } = model;
  const fields: Record<string, unknown> = { ...optimizer };
  // `setWeights` gives an optimizer other lists of slots.
  const lists = Object.values(fields).filter(Array.isArray);
  const { applyGradients } = optimizer;
  const parts = [
    ...[tf.backend(), settings.parts, optimizer, applyGradients, lossFunctions, metricsTensors],
    ...lists,
  ];
  let known = models.get(model);
  if (known?.parts.length !== parts.length || known.parts.some((part, i) => part !== parts[i])) {
    forgetSteps(model);
    known = { parts, entries: new Map() };
    models.set(model, known);
  }
  const { entries } = known;
  const key = keyOf(model, fields, request);
  const entry = entries.get(key) ?? { stockSteps: 0 };
  entries.delete(key);
  entries.set(key, entry);
  for (const [oldest, other] of entries) {
    if (entries.size <= MOST_KEPT) break;
    discard(other);
    entries.delete(oldest);
  }
  return entry;
}

/** Describes everything beside the model's parts that a compiled step depends on. */
function keyOf(
  model: InnerModel,
  optimizer: Record<string, unknown>,
  request: StepRequest,
): string {
  // Each step reads the learning rate and the number of steps.
  const { learningRate, iterations_, ...options } = optimizer;
  const numbers = Object.values(options).filter(value =>
    ['number', 'boolean'].includes(typeof value),
  );
  const kinds = [request.training, request.validation].map(tensors => [
    tensors[0]?.shape[0],
    ...tensors.map(kindOfSamples),
  ]);
  const trainable = trainableWeights(model).map(({ id, trainable }) => [id, trainable]);
  const layers = request.steps === 1 ? '' : configOf(model);
  return JSON.stringify([kinds, request.batchSize, request.stops, numbers, trainable, layers]);
}

/** Returns the settings of the layers, such as the rate of a Dropout layer; a custom layer may lack them. */
function configOf({ layers }: InnerModel): string {
  try {
    return JSON.stringify(layers.map(layer => layer.getConfig()));
  } catch {
    return '';
  }
}

function compile(
  model: InnerModel,
  { training, validation, batchSize, stops }: StepRequest,
): Compiled {
  const backend = nativeBackend();
  const optimizer = new OptimizerState(model.optimizer);
  const partOf = (tensors: readonly tf.Tensor[]): Part => ({
    columns: tensors.map(tensor => new Column(tensor)),
    count: tensors[0]?.shape[0] ?? 0,
  });
  const parts = { training: partOf(training), validation: partOf(validation) };
  if (training.length > 0) optimizer.prepare(trainableWeights(model));
  const input = { ...parts, model, optimizer, batchSize, stops };
  if (!backend) registerMissingKernels();
  const trainer = backend ? recordedTrainer(backend, input) : wasmTrainer(input);
  return { ...parts, trainer, isInUse: false };
}

function use(compiled: Compiled, request: StepRequest, dispose: () => void): CompiledSteps {
  const { trainer, training, validation } = compiled;
  const columns = [...training.columns, ...validation.columns];
  const tensors = [...request.training, ...request.validation];
  const fill = (given: readonly tf.Tensor[]) => {
    columns.forEach((column, i) => {
      column.tensor = given[i] as tf.Tensor;
    });
    trainer.push();
  };
  compiled.isInUse = true;
  fill(tensors);
  return {
    trainer,
    training,
    validation: validation.count > 0 ? validation : undefined,
    release() {
      compiled.isInUse = false;
      // A single batch is small, and the next one takes its place.
      if (request.steps > 1) {
        const empty = columns.map(column => column.empty());
        fill(empty);
        tf.dispose(empty);
      }
      if (compiled.isObsolete) trainer.dispose();
      dispose();
    },
  };
}
