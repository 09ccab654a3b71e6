/** Right and wrong answers to the exercises of stage 4. */
import * as tf from '@tensorflow/tfjs';
import type { Images } from 'mnist-data-loader';
import { call, mistake, type Tries, tensorOf } from './tries';

export const stage4: Tries = {
  '4.1': {
    right: [],
    wrong: [
      mistake(
        '0 to 1',
        /as in the lesson/,
        call((images: Images) => tensorOf(images).div(255)),
      ),
      mistake(
        'a length of 1',
        /its length is 1/,
        call((images: Images) => tensorOf(images).div(255).sub(1)),
      ),
      mistake(
        'half of 256',
        /Divide by half of 255/,
        call((images: Images) => tensorOf(images).div(128).sub(1)),
      ),
      mistake(
        'laid flat',
        /Scaling keeps the shape/,
        call((images: Images) => tensorOf(images).div(127.5).sub(1).reshape([-1, 784])),
      ),
    ],
  },
  '4.2': {
    right: [],
    wrong: [
      mistake(
        'places counted from 1',
        /Places count from 0/,
        call((label: number, classes: number) =>
          Array.from({ length: classes }, (_, i) => Number(i === label - 1)),
        ),
      ),
      mistake(
        'always ten classes',
        /should have 3 numbers; yours has 10/,
        call((label: number) => Array.from({ length: 10 }, (_, i) => Number(i === label))),
      ),
    ],
  },
  '4.3': {
    right: [],
    wrong: [
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
        'the input freed too',
        /You freed the input/,
        call((x: tf.Tensor) => {
          const y = tf.tidy(() => x.sub(x.mean()).div(x.max()));
          x.dispose();
          return y;
        }),
      ),
    ],
  },
};
