/** Trains the models by turns: one after the other, each by all rows that it is to be compared in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Language } from '../../project/failure.mjs';
import { thisMachine } from '../../project/machine';
import { type EpochPlan, measureEpochs } from '../epochs';
import { benchPython, setUpPeers } from '../peers-python';
import { provenanceOf } from '../provenance';
import type { Row } from '../rows';
import { dataOf } from './data';
import { writeData } from './files';
import { type BenchModel, models } from './models';
import type { ModelReport, ModelResult } from './report';
import { type ModelProblem, modelRows } from './rows';
import { suspectsOf } from './suspects';
import { modelTargets } from './targets';

export interface ModelsOptions {
  /** Whether to train on few samples, to see that everything works. */
  readonly quick: boolean;
  /** Names models, rows, or both; all of those that are not named are measured. */
  readonly only?: readonly string[];
  readonly language: Language;
  /** Receives a line now and then. */
  readonly say: (line: string) => void;
}

/** Lists all that `--only` may name: models, and rows. */
export const modelNames = (): string[] =>
  [...models, ...modelRows({ python: '', native: true })].map(({ name }) => name);

/** Measures a dozen models, in a quarter of an hour. */
export async function runModels({
  quick,
  only,
  language,
  say,
}: ModelsOptions): Promise<ModelReport> {
  const date = new Date().toISOString();
  // Here it only draws the data, and need not recommend a faster engine.
  tf.enableProdMode();
  const chosen = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] => {
    const named = all.filter(({ name }) => only?.includes(name));
    return named.length > 0 ? named : all;
  };
  const python = benchPython.program('python');
  const rows = chosen(modelRows({ python, native: thisMachine().native }));
  if (rows.some(row => row.python)) await setUpPeers(language);
  const results: ModelResult[] = [];
  for (const model of chosen(models)) {
    const label = (line: string) => say(`${model.name} · ${line}`);
    const samples = quick ? Math.min(model.samples, 2 * model.batchSize) : model.samples;
    results.push(await measureModel(model, samples, rows, quick ? QUICK : WHOLE, label));
  }
  return {
    ...(await provenanceOf({ date, quick })),
    models: results,
    targets: modelTargets(results),
    suspects: quick ? [] : suspectsOf(results),
  };
}

const QUICK: EpochPlan = { turns: 1, epochs: 2, retries: 0 };
const WHOLE: EpochPlan = { turns: 1, epochs: 12, seconds: 20, retries: 1 };

async function measureModel(
  model: BenchModel,
  samples: number,
  rows: readonly Row[],
  plan: EpochPlan,
  say: (line: string) => void,
): Promise<ModelResult> {
  const { name, title, batchSize } = model;
  const folder = mkdtempSync(join(tmpdir(), 'digits-bench-'));
  try {
    const files = writeData(join(folder, name), dataOf(model, samples));
    const problem: ModelProblem = { name, folder, files, batch: batchSize };
    const measured = await measureEpochs(rows, problem, plan, say);
    return { name, title, samples, batchSize, rows: measured };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
