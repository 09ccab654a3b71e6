/** Cache of each model's compiled steps, invalidated when the model changes. */
import * as tf from '@tensorflow/tfjs';
import { nativeBackend } from '../backend';
import { kindOfSamples } from '../bytes/column';
import { CompiledSteps, pullAll, type StepRequest } from './compiled-steps';
import { reportFallback } from './fallback';
import { type InnerModel, trainableWeights } from './model';
import { settings } from './settings';
import { statefulLayers } from './states';

interface Entry {
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

const models = new WeakMap<InnerModel, ModelEntries>();

const MAX_ENTRIES = 8;

/** Backends whose models are compiled to WebAssembly. */
const COMPILED_TO_WASM = ['wasm', 'cpu'];

/**
 * Returns compiled steps for a request; undefined to use stock steps, because the steps are too few or cannot be
 * compiled.
 */
export function stepsFor(model: InnerModel, request: StepRequest): CompiledSteps | undefined {
  if (!nativeBackend() && !COMPILED_TO_WASM.includes(tf.getBackend())) return undefined;
  pullAll();
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
