/** Right and wrong answers to the exercises of stage 4. */
import * as tf from '@tensorflow/tfjs';
import { divide } from 'digits';
import type { Images } from 'mnist-data-loader';
import { call, mistake, right, type Tries, tensorOf } from './tries';

const place = (classes: number, at: (i: number) => number) =>
  Array.from({ length: classes }, (_, i) => at(i));

export const stage4: Tries = {
  '4.1': {
    right: [
      right('0 to 1 first', () => (images: Images) => tensorOf(images).div(255).mul(2).sub(1)),
      right(
        'from the middle',
        () => (images: Images) => tf.tidy(() => tensorOf(images).sub(127.5).div(127.5)),
      ),
      right('bytes, divided', () => (images: Images) => divide(images, 127.5).sub(1)),
      right(
        'from int32',
        () => (images: Images) =>
          tf
            .tensor(images.data, images.shape, 'int32')
            .toFloat()
            .mul(2 / 255)
            .sub(1),
      ),
      right(
        'in JavaScript',
        () =>
          async ({ data, shape }: Images) =>
            tf.tensor3d(
              Float32Array.from(data, pixel => pixel / 127.5 - 1),
              shape,
            ),
      ),
      right('a function that changes its input', () => (images: Images) => {
        const x = tensorOf(images).div(127.5).sub(1);
        images.data.fill(0);
        return x;
      }),
    ],
    wrong: [
      mistake(
        '0 to 1',
        /0…1, as in the lesson/,
        call((images: Images) => tensorOf(images).div(255)),
      ),
      mistake(
        'a length of 1',
        /its length is only 1/,
        call((images: Images) => tensorOf(images).div(255).sub(1)),
      ),
      mistake(
        '0 to 2',
        /it should begin at -1/,
        call((images: Images) => tensorOf(images).div(127.5)),
      ),
      mistake(
        'half of 256',
        /Divide by half of 255/,
        call((images: Images) => tensorOf(images).div(128).sub(1)),
      ),
      mistake(
        'half of 254',
        /half of 255 is 127.5, not 127/,
        call((images: Images) => tensorOf(images).div(127).sub(1)),
      ),
      mistake(
        'not divided',
        /Divide by 255 first/,
        call((images: Images) => tensorOf(images).mul(2).sub(1)),
      ),
      mistake(
        'black for white',
        /Black and white are exchanged/,
        call((images: Images) => tensorOf(images).div(-127.5).add(1)),
      ),
      mistake(
        'rounded',
        /Do not round/,
        call((images: Images) => tensorOf(images).div(127.5).sub(1).round()),
      ),
      mistake(
        'by the least and the greatest of the batch',
        /the smallest and the largest pixel of these very pictures/,
        call((images: Images) => {
          const x = tensorOf(images);
          return x.sub(x.min()).div(x.max().sub(x.min())).mul(2).sub(1);
        }),
      ),
      mistake(
        'by the least and the greatest of each picture',
        /the smallest and the largest pixel of these very pictures/,
        call((images: Images) => {
          const x = tensorOf(images);
          const low = x.min([1, 2], true);
          return x
            .sub(low)
            .div(x.max([1, 2], true).sub(low))
            .mul(2)
            .sub(1);
        }),
      ),
      mistake(
        'standardised',
        /which is called standardising/,
        call((images: Images) => {
          const { mean, variance } = tf.moments(tensorOf(images));
          return tensorOf(images).sub(mean).div(variance.sqrt());
        }),
      ),
      mistake(
        'laid flat',
        /Scaling keeps the shape/,
        call((images: Images) => tensorOf(images).div(127.5).sub(1).reshape([-1, 784])),
      ),
      mistake(
        'always two pictures',
        /The shape should still be|Error/,
        call((images: Images) => tensorOf(images).div(127.5).sub(1).slice(0, 1).tile([2, 1, 1])),
      ),
      mistake(
        'an array',
        /should be a tensor, but it is a JavaScript value/,
        call((images: Images) => Array.from(images.data, pixel => pixel / 127.5 - 1)),
      ),
      mistake(
        'freed',
        /has been freed/,
        call((images: Images) => {
          const x = tensorOf(images).div(127.5).sub(1);
          tf.dispose(x);
          return x;
        }),
      ),
      mistake(
        'a tangent',
        /number \d+ \(counting from 0\) should be .*; yours is /,
        call((images: Images) => tensorOf(images).div(255).tanh()),
      ),
    ],
  },
  '4.2': {
    right: [
      right(
        'a comparison',
        () => (label: number, classes: number) => place(classes, i => (i === label ? 1 : 0)),
      ),
      right('a typed array', () => (label: number, classes: number) => {
        const vector = new Uint8Array(classes);
        vector[label] = 1;
        return vector;
      }),
      right('a buffer', () => async (label: number, classes: number) => {
        const buffer = tf.buffer([classes]);
        buffer.set(1, label);
        return buffer.toTensor();
      }),
      right(
        'truth values of tf',
        () => (label: number, classes: number) => tf.range(0, classes).equal(label),
      ),
      right(
        'negative zeros',
        () => (label: number, classes: number) => place(classes, i => (i === label ? 1 : -0)),
      ),
    ],
    wrong: [
      mistake(
        'tf.oneHot',
        /tf\.oneHot made it/,
        call((label: number, classes: number) => tf.oneHot(label, classes)),
      ),
      mistake(
        'tf.oneHot by another name, as an array',
        /tf\.oneHot made it/,
        call(async (label: number, classes: number) => {
          const make = tf.oneHot;
          return Array.from(await make([label], classes).data());
        }),
      ),
      mistake(
        'holes',
        /undefined is not a number/,
        call((label: number) => {
          const vector: number[] = [];
          vector[label] = 1;
          return vector;
        }),
      ),
      mistake(
        'truth values',
        /(true|false) is not a number/,
        call((label: number, classes: number) =>
          Array.from({ length: classes }, (_, i) => i === label),
        ),
      ),
      mistake('the example', /the result should be/, () => () => [0, 1, 0]),
    ],
  },
  '4.3': {
    right: [
      right('each freed by hand', () => (x: tf.Tensor) => {
        const mean = x.mean();
        const centred = x.sub(mean);
        const max = x.max();
        const y = centred.div(max);
        tf.dispose([mean, centred, max]);
        return y;
      }),
      right(
        'a block with return',
        () => (x: tf.Tensor) =>
          tf.tidy(() => {
            const mean = tf.mean(x);
            return tf.div(tf.sub(x, mean), tf.max(x));
          }),
      ),
      right('two tidies', () => (x: tf.Tensor) => {
        const centred = tf.tidy(() => x.sub(x.mean()));
        const y = tf.tidy(() => centred.div(x.max()));
        centred.dispose();
        return y;
      }),
      right('by a scope', () => (x: tf.Tensor) => {
        tf.engine().startScope();
        const y = x.sub(x.mean()).div(x.max());
        tf.engine().endScope(y);
        return y;
      }),
      right('in JavaScript', () => async (x: tf.Tensor) => {
        const values = Array.from(await x.data());
        const mean = values.reduce((a, b) => a + b) / values.length;
        return tf.tensor(
          values.map(value => (value - mean) / Math.max(...values)),
          x.shape,
        );
      }),
    ],
    wrong: [
      mistake(
        'as it was',
        /leaves 3 tensors behind/,
        call((x: tf.Tensor) => x.sub(x.mean()).div(x.max())),
      ),
      mistake(
        'only one of them freed',
        /leaves 2 tensors behind/,
        call((x: tf.Tensor) => {
          const mean = x.mean();
          const y = x.sub(mean).div(x.max());
          mean.dispose();
          return y;
        }),
      ),
      mistake(
        'half of it in tidy',
        /leaves 1 tensor behind/,
        call((x: tf.Tensor) => {
          const centred = tf.tidy(() => x.sub(x.mean()));
          return tf.tidy(() => centred.div(x.max()));
        }),
      ),
      mistake(
        'the input freed too',
        /You freed x as well/,
        call((x: tf.Tensor) => {
          const y = tf.tidy(() => x.sub(x.mean()).div(x.max()));
          x.dispose();
          return y;
        }),
      ),
      mistake(
        'the result freed too',
        /has been freed/,
        call((x: tf.Tensor) => {
          const y = tf.tidy(() => x.sub(x.mean()).div(x.max()));
          y.dispose();
          return y;
        }),
      ),
      mistake(
        'the numbers of an example',
        /x = \[.*\]: the result should be \[.*\]; yours is \[.*\]\.$/,
        call((x: tf.Tensor) => tf.tidy(() => x.sub(3).div(6))),
      ),
      mistake(
        'the largest after the mean was subtracted',
        /the largest after the mean/,
        call((x: tf.Tensor) =>
          tf.tidy(() => {
            const centred = x.sub(x.mean());
            return centred.div(centred.max());
          }),
        ),
      ),
      mistake(
        'no division',
        /divide by the largest/,
        call((x: tf.Tensor) => tf.tidy(() => x.sub(x.mean()))),
      ),
      mistake(
        'no mean',
        /subtract the mean of x first/,
        call((x: tf.Tensor) => tf.tidy(() => x.div(x.max()))),
      ),
      mistake(
        'exchanged',
        /are exchanged/,
        call((x: tf.Tensor) => tf.tidy(() => x.sub(x.max()).div(x.mean()))),
      ),
      mistake(
        'divided first',
        /you divide first/,
        call((x: tf.Tensor) => tf.tidy(() => x.sub(x.mean().div(x.max())))),
      ),
      mistake(
        'x itself',
        /You return x itself/,
        call((x: tf.Tensor) => x),
      ),
      mistake(
        'read back',
        /should be a tensor, but it is a JavaScript value/,
        call((x: tf.Tensor) => tf.tidy(() => x.sub(x.mean()).div(x.max()).dataSync())),
      ),
      mistake(
        'another shape',
        /The shape of the result should be/,
        call((x: tf.Tensor) => tf.tidy(() => x.sub(x.mean()).div(x.max()).expandDims(0))),
      ),
      mistake('a tensor', /should be a function, but it is tensor/, () => tf.tensor1d([1, 2])),
    ],
  },
};
