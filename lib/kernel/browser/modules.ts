/** What cells can import. A chunk of its own, so that the worker answers before it has come. */
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import * as mnist from 'mnist-data-loader';
import * as tslab from './tslab';

type Module = Readonly<Record<string, unknown>>;

/**
 * Copies a module. A bundler makes its names getters, and those of the modules that it exports, such as
 * `tf.layers`; completion calls no getter.
 */
const plain = (module: Module): Module =>
  Object.fromEntries(
    Object.entries(module).map(([name, value]) => [name, isModule(value) ? { ...value } : value]),
  );

function isModule(value: unknown): value is Module {
  if (typeof value !== 'object' || value === null) return false;
  const properties = Object.values(Object.getOwnPropertyDescriptors(value));
  return properties.length > 0 && properties.every(({ get, set }) => get && !set);
}

export const modules: Readonly<Record<string, Module>> = {
  '@tensorflow/tfjs': plain(tf),
  digits: plain(digits),
  'mnist-data-loader': plain(mnist),
  tslab: plain(tslab),
};
