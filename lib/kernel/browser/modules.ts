/** What cells can import. A chunk of its own, so that the worker answers before it has come. */
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import * as mnist from 'mnist-data-loader';
import * as tslab from './tslab';

export const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '@tensorflow/tfjs': tf,
  digits,
  'mnist-data-loader': mnist,
  tslab,
};
