/**
 * Polyfills two functions of `node:util` for the native backend of TensorFlow.js 4.22.0. Node 22 deprecates them, and
 * Node 23 removes the first.
 */
import util from 'node:util';

Object.assign(util, {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
});
