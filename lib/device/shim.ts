/**
 * Restores two functions of `node:util` that Node 23 removed and that the native backend of
 * TensorFlow.js 4.22.0 still calls. Import it before that backend.
 */
import util from 'node:util';

const removed = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
};

for (const [name, value] of Object.entries(removed)) {
  if (!(name in util)) Object.defineProperty(util, name, { value, configurable: true });
}
