/** A network that reads MNIST, and MNIST's pictures, for the pad's tests. */
import * as tf from '@tensorflow/tfjs';
import { loadData } from 'mnist-data-loader';
import { useDevice } from '../../../lib/digits/device/use';
import { fit } from '../../../lib/digits/training/fit';
import type { MimeBundle, Notebook } from '../../../lib/tools/publish/notebook';
import { beginChance } from '../../seed';
import { compiledModel, printed } from '../../support';

const quiet = { progress: false } as const;

/** The lesson's model after two passes over 30 000 pictures of MNIST, the same each time. */
export async function trainedModel(): Promise<tf.Sequential> {
  await printed(() => useDevice('cpu'));
  const [[images, labels]] = await loadData(quiet);
  const count = 30_000;
  const x = tf.tidy(() => {
    const { data } = images.slice(0, count);
    return tf.tensor3d(data, [count, 28, 28], 'float32').div(255);
  });
  const y = tf.tensor1d(labels.slice(0, count).data, 'int32');
  beginChance('the network of the pad');
  const model = compiledModel();
  await fit(model, x, y, { epochs: 2, batchSize: 64, shuffle: false, verbose: 0 });
  tf.dispose([x, y]);
  return model;
}

/** The first pictures of MNIST's test set, 784 values in [0, 1] each. */
export async function testDigits(count: number): Promise<Float32Array[]> {
  const [, [images]] = await loadData(quiet);
  return Array.from({ length: count }, (_, i) =>
    Float32Array.from(images.slice(i, 1).data, value => value / 255),
  );
}

/** A notebook, as one that was run and saved, of one cell for each display. */
export function padNotebook(...bundles: MimeBundle[]): Notebook {
  const cells = bundles.map((data, i) => ({
    cell_type: 'code' as const,
    id: `pad-${i}`,
    metadata: {},
    source: 'digitPad(model);',
    execution_count: i + 1,
    outputs: [{ output_type: 'display_data' as const, data, metadata: {} }],
  }));
  const kernelspec = { name: 'tslab', display_name: 'TypeScript', language: 'typescript' };
  return { cells, metadata: { kernelspec, title: 'Pad' }, nbformat: 4, nbformat_minor: 5 };
}
