/** Cache of each model's compiled steps, invalidated when the model changes. */
import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import { nativeBackend } from '../graph/backend';
import { Column, kindOfSamples } from '../graph/column';
import { reportFallback } from './fallback';
import { type InnerModel, type Part, trainableWeights } from './model';
import { OptimizerState } from './optimizer-state';
import { recordedTrainer } from './recorded/trainer';
import { settings } from './settings';
import { moveStatesToVariables, statefulLayers } from './states';
import type { Trainer } from './trainer';
import { wasmTrainer } from './wasm/wasm-trainer';
import { registerMissingKernels } from './wasm-kernels/register-missing-kernels';

/** The samples to compile steps for, and the planned number of steps. */
export interface StepRequest {
  /** Inputs, targets and sample weights; empty for evaluation. */
  readonly training: readonly tf.Tensor[];
  readonly validation: readonly tf.Tensor[];
  readonly batchSize: number;
  /** Steps after which to update the model's weights, counted from 1 over all epochs. */
  readonly stops?: readonly number[];
  /** Planned number of steps. */
  readonly steps: number;
  /** Minimal number of steps for which compiling is worthwhile. */
  readonly minSteps: number;
}

/** Compiled steps for one kind of request. */
export class CompiledSteps {
  readonly trainer: Trainer;
  readonly training: Part;
  readonly validation: Part | undefined;
  private readonly releaseStates: () => void;
  private isInUse = true;

  /** Compiles steps with the samples of a request. `isObsolete` makes {@link release} free the steps. */
  constructor(
    model: InnerModel,
    { training, validation, batchSize, stops }: StepRequest,
    private isObsolete: boolean,
  ) {
    const backend = nativeBackend();
    const optimizer = new OptimizerState(model.optimizer);
    const parts = { training: partOf(training), validation: partOf(validation) };
    this.training = parts.training;
    this.validation = parts.validation.count > 0 ? parts.validation : undefined;
    this.releaseStates = moveStatesToVariables(model.layers);
    try {
      if (training.length > 0) optimizer.prepare(trainableWeights(model));
      if (!backend) registerMissingKernels();
      const input = { ...parts, model, optimizer, batchSize, stops };
      this.trainer = backend ? recordedTrainer(backend, input) : wasmTrainer(input);
    } catch (error) {
      this.releaseStates();
      throw error;
    }
  }

  /** Loads the samples of another request. */
  reuse({ training, validation }: StepRequest): this {
    this.isInUse = true;
    this.load([...training, ...validation]);
    return this;
  }

  /** Releases the samples; a single batch, which is small, remains until the next batch if `keepsSamples`. */
  release(keepsSamples = false): void {
    this.isInUse = false;
    if (!keepsSamples) {
      const empty = this.columns.map(column => column.empty());
      this.load(empty);
      tf.dispose(empty);
    }
    if (this.isObsolete) this.trainer.dispose();
    this.releaseStates();
  }

  /** Frees the steps, or makes {@link release} free them. */
  discard(): void {
    this.isObsolete = true;
    if (!this.isInUse) this.trainer.dispose();
  }

  private get columns(): Column[] {
    return [...this.training.columns, ...(this.validation?.columns ?? [])];
  }

  private load(samples: readonly tf.Tensor[]): void {
    for (const [i, column] of this.columns.entries()) column.tensor = at(samples, i);
    this.trainer.push();
  }
}

const partOf = (tensors: readonly tf.Tensor[]): Part => ({
  columns: tensors.map(tensor => new Column(tensor)),
  count: tensors[0]?.shape[0] ?? 0,
});

interface Entry {
  /** Number of stock steps before compilation. */
  stockSteps: number;
  hasFailed?: boolean;
  compiled?: CompiledSteps;
}

interface ModelEntries {
  /** Objects used by the steps. Replacing an object invalidates the steps. */
  readonly parts: readonly unknown[];
  /** Entries by kind of request, least recently used first. */
  readonly entries: Map<string, Entry>;
}

/** Functions that update models with outdated weights to the last step. */
export const pendingPulls = new Set<() => void>();

/** Updates the weights of all models to the last step, because another training may share them. */
export function pullPending(): void {
  for (const pull of pendingPulls) pull();
}

const models = new WeakMap<InnerModel, ModelEntries>();

/** Maximum of entries per model. */
const MAX_ENTRIES = 8;

/** Backends whose models are compiled to WebAssembly. */
const COMPILED_TO_WASM = ['wasm', 'cpu'];

/**
 * Returns compiled steps for a request; undefined to use stock steps, because the steps are too few or cannot be
 * compiled.
 */
export function compiledSteps(model: InnerModel, request: StepRequest): CompiledSteps | undefined {
  if (!nativeBackend() && !COMPILED_TO_WASM.includes(tf.getBackend())) return undefined;
  pullPending();
  const isStateful = statefulLayers(model.layers).length > 0;
  if (isStateful && request.steps === 1) return undefined;
  const entry = entryOf(model, request);
  if (entry.hasFailed) return undefined;
  if (!entry.compiled && entry.stockSteps + request.steps < request.minSteps) {
    entry.stockSteps += request.steps;
    return undefined;
  }
  try {
    if (entry.compiled) return entry.compiled.reuse(request);
    const steps = new CompiledSteps(model, request, isStateful);
    if (!isStateful) entry.compiled = steps;
    return steps;
  } catch (error) {
    entry.hasFailed = true;
    reportFallback(model, error);
    return undefined;
  }
}

/** Frees the compiled steps of a model. */
export function forgetSteps(model: InnerModel): void {
  for (const { compiled } of models.get(model)?.entries.values() ?? []) compiled?.discard();
  models.delete(model);
}

function entryOf(model: InnerModel, request: StepRequest): Entry {
  const { optimizer, lossFunctions, metricsTensors } = model;
  const fields: Record<string, unknown> = { ...optimizer };
  // `setWeights` replaces an optimizer's lists of slots.
  const lists = Object.values(fields).filter(Array.isArray);
  const { applyGradients } = optimizer;
  const parts = [
    ...[tf.backend(), settings.parts, optimizer, applyGradients, lossFunctions, metricsTensors],
    ...lists,
  ];
  let cached = models.get(model);
  if (cached?.parts.length !== parts.length || cached.parts.some((part, i) => part !== parts[i])) {
    forgetSteps(model);
    cached = { parts, entries: new Map() };
    models.set(model, cached);
  }
  const { entries } = cached;
  const key = keyOf(model, fields, request);
  const entry = entries.get(key) ?? { stockSteps: 0 };
  entries.delete(key);
  entries.set(key, entry);
  for (const [oldest, other] of entries) {
    if (entries.size <= MAX_ENTRIES) break;
    other.compiled?.discard();
    entries.delete(oldest);
  }
  return entry;
}

/** Returns a key of all values, in addition to the model's parts, on which compiled steps depend. */
function keyOf(
  model: InnerModel,
  optimizer: Record<string, unknown>,
  request: StepRequest,
): string {
  // Exclude the learning rate and the number of steps, which each step reads.
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

/** Returns the configurations of the layers, such as the rate of Dropout; an empty string if a custom layer fails. */
function configOf({ layers }: InnerModel): string {
  try {
    return JSON.stringify(layers.map(layer => layer.getConfig()));
  } catch {
    return '';
  }
}
