/** Training in Python Keras on TensorFlow, from the same weights and on the same data. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { type Values, writeValues } from '../../../lib/tools/bench/models/data';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { temporaryFolder } from '../../folder';

/** What comes of a job. */
export interface Trained {
  /** The loss of each step. */
  readonly steps: readonly number[];
  /** The means of the epochs, if the job asks for them. */
  readonly history: Readonly<Record<string, number[]>>;
  /** The weights in the end, layer by layer. */
  readonly weights: readonly Float32Array[];
}

/** Trains each job of `keras.slow.ts` in Keras, which is handed the tensors as files. */
export async function inKeras(jobs: readonly object[]): Promise<Trained[]> {
  const { execa } = await import('execa');
  const folder = temporaryFolder();
  let count = 0;
  const described = JSON.stringify(jobs, (_, value: unknown) =>
    isValues(value) ? writeValues(join(folder, `values${count++}`), value) : value,
  );
  writeFileSync(join(folder, 'jobs.json'), described);
  const script = join(__dirname, 'keras_reference.py');
  await execa(pythonEnvironment().program('python'), [script, folder], {
    env: {
      PYTHONPATH: join(projectRoot, 'lib', 'tools', 'bench', 'models'),
      PYTHONDONTWRITEBYTECODE: '1',
      KERAS_BACKEND: 'tensorflow',
      CUDA_VISIBLE_DEVICES: '-1',
      TF_CPP_MIN_LOG_LEVEL: '3',
    },
  });
  const results: readonly (Omit<Trained, 'weights'> & { readonly weights: readonly string[] })[] =
    JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
  return results.map(job => ({
    ...job,
    weights: job.weights.map(name => {
      const bytes = readFileSync(join(folder, name));
      return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    }),
  }));
}

const isValues = (value: unknown): value is Values =>
  ArrayBuffer.isView((value as Partial<Values> | null)?.data);

const valuesOf = (tensor: tf.Tensor): Values => ({
  data: tensor.dataSync() as Values['data'],
  shape: tensor.shape,
});

export const weightsOf = ({ layers }: tf.LayersModel): Values[] =>
  layers.flatMap(layer => layer.getWeights()).map(valuesOf);

export function setWeightsOf({ layers }: tf.LayersModel, weights: readonly Values[]): void {
  const rest = weights.map(({ data, shape }) => tf.tensor(data, [...shape]));
  for (const layer of layers) layer.setWeights(rest.splice(0, layer.weights.length));
}

/** What each Dropout layer multiplies by at every step, as far as it has a seed. */
export const masksOf = ({ layers }: tf.LayersModel, batchSize: number): Values[] =>
  layers.filter(isDropout).map(layer => {
    const shape = [batchSize, ...layer.outputShape.slice(1)] as number[];
    return valuesOf(layer.apply(tf.ones(shape), { training: true }) as tf.Tensor);
  });

export const isDropout = (layer: tf.layers.Layer) => layer.getClassName() === 'Dropout';
