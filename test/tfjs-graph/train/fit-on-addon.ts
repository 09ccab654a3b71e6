/**
 * Trains a small network on pictures held as bytes, by the addon at a path, and prints as JSON whether
 * that has ops of ours and what training gave. Usage: fit-on-addon.ts ADDON
 */
import '../../record-always';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { fit } from '../../../lib/tfjs-graph';
import { hasByteMatMul } from '../../../lib/tfjs-graph/graph/rewrites/byte-mat-mul';
import { bytePictures } from '../../support';
import { native } from './recorded/support';

/** What training gave. */
export interface Trained {
  readonly hasOwnOps: boolean;
  readonly fallback: string | undefined;
  readonly history: Record<string, number[]>;
}

async function main(addon: string): Promise<void> {
  require('@mapbox/node-pre-gyp').find = () => addon;
  await useDevice('cpu');
  const layers = [
    tf.layers.flatten({ inputShape: [8, 8] }),
    tf.layers.dense({
      units: 64,
      activation: 'relu',
      kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
    }),
    tf.layers.dense({
      units: 4,
      activation: 'softmax',
      kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
    }),
  ];
  const model = tf.sequential({ layers });
  model.compile({
    optimizer: tf.train.adam(0.01),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  let fallback: string | undefined;
  const { history } = await fit(
    model,
    bytePictures(5, [400, 8, 8] as const),
    tf.randomUniform([400], 0, 4, 'int32', 5),
    {
      batchSize: 32,
      epochs: 3,
      shuffle: false,
      validationSplit: 0.2,
      onFallback: why => {
        fallback = why.reason;
      },
    },
  );
  const hasOwnOps = hasByteMatMul(native().binding);
  const trained: Trained = { hasOwnOps, fallback, history: history as Trained['history'] };
  console.log(JSON.stringify(trained));
}

main(process.argv[2] ?? '');
