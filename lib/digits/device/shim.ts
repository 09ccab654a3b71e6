/**
 * Keeps two functions of `node:util` that the native backend of TensorFlow.js 4.22.0 still calls:
 * Node 22 warns at their use, and Node 23 removed the first. Import this before that backend.
 */
import util from 'node:util';

Object.assign(util, {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
});
