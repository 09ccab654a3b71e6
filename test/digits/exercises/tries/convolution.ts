/** Right and wrong answers to exercise 10.4. */
import * as tf from '@tensorflow/tfjs';
import { fit } from 'digits';
import mnist from 'mnist-data-loader';
import { mistake, network, right, type Tries, tensorOf } from './tries';

type Solutions = ReadonlyMap<string, unknown>;
const solution = (solutions: Solutions) => solutions.get('10.4') as tf.Sequential;

const { conv2d, maxPooling2d, flatten, dense } = tf.layers;
const picture = { inputShape: [28, 28, 1] };
const relu = { activation: 'relu' } as const;

const small = (...layers: tf.layers.Layer[]) => tf.sequential({ layers });

/** A small convolution that is trained for a moment. */
async function trained({ scale = 255, of = 'training' } = {}): Promise<tf.Sequential> {
  const model = small(
    conv2d({ filters: 4, kernelSize: 3, ...relu, ...picture }),
    maxPooling2d({ poolSize: 4 }),
    flatten(),
    dense({ units: 10, activation: 'softmax' }),
  );
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'sparseCategoricalCrossentropy' });
  const [train, test] = await mnist.loadData();
  const [images, labels] = of === 'test' ? test : train;
  const x = tensorOf(images.slice(0, 1500)).div(scale).reshape([-1, 28, 28, 1]);
  const y = tf.tensor1d(labels.slice(0, 1500).data, 'int32');
  await fit(model, x, y, { verbose: 0, write: () => {} });
  return model;
}

export const convolution: Tries[string] = {
  right: [
    right('pictures without a channel, which a layer adds', solutions =>
      small(
        tf.layers.reshape({ targetShape: [28, 28, 1], inputShape: [28, 28] }),
        solution(solutions),
      ),
    ),
    right('a functional model', solutions => {
      const input = tf.input({ shape: [28, 28, 1] });
      const outputs = solution(solutions).layers.reduce(
        (x, layer) => layer.apply(x) as tf.SymbolicTensor,
        input,
      );
      return tf.model({ inputs: input, outputs });
    }),
    right('with Dropout and normalised, within another model', solutions =>
      small(
        tf.layers.batchNormalization(picture),
        tf.layers.dropout({ rate: 0.3 }),
        solution(solutions),
      ),
    ),
    right('not waited for', solutions => Promise.resolve(solution(solutions))),
  ],
  wrong: [
    mistake('the network of the lesson', /There is no layer conv2d, only Dense, Dense/, solutions =>
      network(solutions),
    ),
    mistake('a convolution along the rows', /There is no layer conv2d, only Conv1D/, () =>
      small(
        tf.layers.conv1d({ filters: 8, kernelSize: 3, inputShape: [28, 28] }),
        flatten(),
        dense({ units: 10 }),
      ),
    ),
    mistake('three channels', /now it is \[28,28,3\]/, () =>
      small(
        conv2d({ filters: 8, kernelSize: 3, inputShape: [28, 28, 3] }),
        flatten(),
        dense({ units: 10 }),
      ),
    ),
    mistake('the channel in front', /now it is \[1,28,28\]/, () =>
      small(
        conv2d({ filters: 8, kernelSize: 1, inputShape: [1, 28, 28] }),
        flatten(),
        dense({ units: 10 }),
      ),
    ),
    mistake('no Flatten', /still small pictures/, () =>
      small(
        conv2d({ filters: 8, kernelSize: 3, ...picture }),
        dense({ units: 10, activation: 'softmax' }),
      ),
    ),
    mistake('eleven outputs', /now there are 11/, () =>
      small(conv2d({ filters: 8, kernelSize: 3, ...picture }), flatten(), dense({ units: 11 })),
    ),
    mistake('not trained', /was not trained/, () =>
      small(conv2d({ filters: 2, kernelSize: 3, ...picture }), flatten(), dense({ units: 10 })),
    ),
    mistake('trained too little', /not yet above 97\.5%/, () => trained()),
    mistake('pixels that were not divided', /have to be divided by 255/, () =>
      trained({ scale: 1 }),
    ),
    mistake('trained on the test pictures', /has seen the answers/, () => trained({ of: 'test' })),
    mistake('what fit returns', /This should be a model/, () => ({
      epoch: [0],
      history: { loss: [0.04] },
    })),
  ],
};
