/** Predicts ages from a CSV file with `tf.data` and `fitDataset`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

type Row = { xs: Record<string, number>; ys: Record<string, number> };

/** Writes shells with three lengths, three weights and their age. */
function writeShells(file: string, count: number): void {
  const lines = Array.from({ length: count }, () => {
    const age = 1 + 20 * Math.random();
    const measures = [0.5, 0.4, 0.1, 0.8, 0.3, 0.2].map(
      size => size * (1 - Math.exp(-age / 6)) * (0.9 + 0.2 * Math.random()),
    );
    return [...measures, age].map(value => value.toFixed(4)).join(',');
  });
  writeFileSync(file, ['length,diameter,height,whole,shucked,viscera,age', ...lines].join('\n'));
}

const shells = (file: string) =>
  tf.data
    .csv(`file://${file}`, { columnConfigs: { age: { isLabel: true } } })
    .map(row => {
      const { xs, ys } = row as unknown as Row;
      return { xs: Object.values(xs), ys: Object.values(ys) };
    })
    .batch(32) as tf.data.Dataset<tf.TensorContainerObject>;

async function main(folder: string): Promise<void> {
  await tf.ready();
  writeShells(join(folder, 'train.csv'), 1200);
  writeShells(join(folder, 'test.csv'), 200);
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape: [6], units: 50, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 20, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError', metrics: ['mae'] });
  const train = shells(join(folder, 'train.csv')).shuffle(10, 'csv');
  const validationData = shells(join(folder, 'test.csv'));
  const { history } = await model.fitDataset(train, { epochs: 4, validationData });
  console.log(JSON.stringify(history));
  const results = (await model.evaluateDataset(validationData, {})) as tf.Scalar[];
  console.log(JSON.stringify({ test: results.map(result => result.dataSync()[0]) }));
}

const folder = mkdtempSync(join(tmpdir(), 'shells-'));
main(folder).finally(() => rmSync(folder, { recursive: true }));
