/** What cells can import. A chunk of its own, so that the worker answers before it has come. */
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import * as mnist from 'mnist-data-loader';
import * as tslab from './tslab';

/** By their names; copied, since a bundler makes a module's names getters, which completion does not call. */
export const modules: Readonly<Record<string, object>> = {
  '@tensorflow/tfjs': { ...tf },
  digits: { ...digits },
  'mnist-data-loader': { ...mnist },
  tslab: { ...tslab },
};
