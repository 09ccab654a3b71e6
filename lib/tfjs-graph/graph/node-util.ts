/**
 * Keeps two functions of `node:util` that the native backend of TensorFlow.js 4.22.0 still calls:
 * Node 22 warns when they are called, and Node 23 has removed the first.
 */
import util from 'node:util';

Object.assign(util, {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
});
